"""A folder of documents of a whole country comes in, partitions of results and estimates go out."""

from workbench.portfolio.manifest import Manifest
from workbench.portfolio.running import Progress, run

__all__ = ["Manifest", "Progress", "run"]
