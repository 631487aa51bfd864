"""Exercises as participants see them."""

from widgets.training.training import TrainingView as TrainingView
