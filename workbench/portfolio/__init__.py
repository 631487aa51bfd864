"""A folder of documents of a whole country comes in, partitions of results and estimates go out."""

from workbench.portfolio.manifest import Manifest
from workbench.portfolio.mapping import keep_map, shapes
from workbench.portfolio.ranking import EQUAL, PARTS, Ranking
from workbench.portfolio.running import Progress, run
from workbench.portfolio.sampling import Estimate, Plan, corrected, sample
from workbench.portfolio.spreading import clusters

__all__ = [
    "EQUAL",
    "PARTS",
    "Estimate",
    "Manifest",
    "Plan",
    "Progress",
    "Ranking",
    "clusters",
    "corrected",
    "keep_map",
    "run",
    "sample",
    "shapes",
]
