"""A folder of documents of a whole country comes in, partitions of results and estimates go out."""

from workbench.portfolio.correcting import (
    Correction,
    Estimate,
    corrected,
    corrected_estimates,
    keep_corrected,
    kept_answers,
    kept_correction,
)
from workbench.portfolio.manifest import Manifest
from workbench.portfolio.mapping import keep_map, shapes
from workbench.portfolio.ranking import EQUAL, PARTS, Ranking
from workbench.portfolio.running import Progress, run
from workbench.portfolio.sampling import Plan, sample
from workbench.portfolio.spreading import clusters

__all__ = [
    "EQUAL",
    "PARTS",
    "Correction",
    "Estimate",
    "Manifest",
    "Plan",
    "Progress",
    "Ranking",
    "clusters",
    "corrected",
    "corrected_estimates",
    "keep_corrected",
    "keep_map",
    "kept_answers",
    "kept_correction",
    "run",
    "sample",
    "shapes",
]
