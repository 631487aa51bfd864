"""A Document comes in, a Segmentation goes out: provisions with citations, and a quality panel."""

from workbench.segmenting.dividing import segment

__all__ = ["segment"]
