"""A Document comes in, a Segmentation goes out: provisions with citations, and a quality panel."""

from workbench.segmenting.dividing import segment
from workbench.segmenting.subunits import find, subunits

__all__ = ["find", "segment", "subunits"]
