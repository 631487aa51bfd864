"""Corridors, dialogue between levels and the system of measures, as pictures with tables."""

from widgets.corridor.corridor import CorridorView

__all__ = ["CorridorView"]
