"""The two matrices of a territory: by sector, and local × national provisions."""

from widgets.matrix.matrix import MatrixView

__all__ = ["MatrixView"]
