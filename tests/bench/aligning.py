"""Measures aligning: quality on the development benchmark, what each part brings, calibration, speed, memory.

    python tests/bench/aligning.py [--quick]
    python tests/bench/aligning.py --ablation   what is lost without each part
    python tests/bench/aligning.py --fit        prints the curves of workbench/aligning/probability.py

The quality figures come from ../shared/bench (score.py there). Methods are given texts and languages under
opaque ids in the order of these ids, never gold labels, country names or file order; precedents are those of
other countries (tests/bench/_alignment_tasks.py asserts it). The last line is JSON.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

import _alignment_speed  # noqa: E402
import _alignment_tasks as tasks  # noqa: E402

MAPS = [f"ria_map_{language}" for language in tasks.LANGUAGES]
TARGETS = {
    "lexical_mrr": 0.38,
    "lexical_precedents_mrr": 0.52,
    "lexical_plan_cov30": 0.45,
    "xling_r1": 0.40,
    "sdg_auc": 0.92,
    "minilm_precedents_mrr": 0.62,
    "minilm_precedents_hit5": 0.80,
    "minilm_plan_cov30": 0.52,
    "minilm_precedents_mrr_es": 0.48,
    "minilm_precedents_mrr_fr": 0.48,
    "minilm_precedents_mrr_it": 0.48,
    "calibration_error": 0.05,
    "times_sklearn_words": 10,
    "times_sklearn_words_letters": 10,
    "memory_share": 0.1,
    "new_document_ms": 50,
    "index_seconds": 6,
}
AT_MOST = {"calibration_error", "memory_share", "new_document_ms", "index_seconds"}  # the others at least
SHOWN = ("R@1", "hit@5", "MRR", "cov@30", "cov@30_all", "AUC_macro")


class Remembering:
    """An encoder that encodes a text once: the runs share their vectors."""

    def __init__(self, inner: Any) -> None:
        self.inner, self.known = inner, {}
        self.name, self.fingerprint = inner.name, inner.fingerprint

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return the inner encoder's vectors."""
        fresh = [text for text in dict.fromkeys(texts) if text not in self.known]
        if fresh:
            self.known |= dict(zip(fresh, self.inner.encode(fresh), strict=True))
        return np.stack([self.known[text] for text in texts])


def installed(name: str) -> Any:
    """Return an encoder, or None where it is not installed."""
    from workbench.aligning import encoder
    from workbench.errors import EncoderError

    try:
        return Remembering(encoder(name))
    except EncoderError as error:
        print(f"{name}: {error}")
        return None


def measure(names: Sequence[str], *, encoder: Any = "lexical", precedents: bool = False) -> dict[str, dict[str, float]]:
    """Print and return the benchmark's figures of some tasks."""
    score = tasks.scorer()
    every, found = score.tasks(str(tasks.BENCH)), {}
    label = (encoder if isinstance(encoder, str) else encoder.name) + ("+precedents" if precedents else "")
    for name in names:
        task = every[name]
        links = tasks.links_of(name, task, top=tasks.depth(task), encoder=encoder, precedents=precedents)
        found[name] = tasks.figures(score, name, task, links)
        shown = "  ".join(f"{key} {found[name][key]:.3f}" for key in SHOWN if key in found[name])
        print(f"{label:22} {name:22} {shown}", flush=True)
    return found


def quality(names: Sequence[str], encoder: Any, *, quick: bool) -> dict[str, float]:
    """Return the figures of the issue's tables."""
    crossing = [name for name in names if name.startswith("xling_") and name != "xling_en_en"]
    plans = [] if quick else [name for name in names if name.startswith("plan_search_")]
    bare = measure([*MAPS, *crossing, "sdg_clf", *plans])
    known = measure(MAPS, precedents=True)
    country = measure([*MAPS, *plans], encoder="country")
    found = {
        "country_mrr": country["ria_map_en"]["MRR"],
        "lexical_mrr": bare["ria_map_en"]["MRR"],
        "lexical_precedents_mrr": known["ria_map_en"]["MRR"],
        "xling_r1": mean(bare[name]["R@1"] for name in crossing),
        "sdg_auc": bare["sdg_clf"]["AUC_macro"],
    }
    if plans:
        found["lexical_plan_cov30"] = mean(bare[name]["cov@30"] for name in plans)
    if encoder is not None:
        bare = measure([*MAPS, *plans], encoder=encoder)
        known = measure(MAPS, encoder=encoder, precedents=True)
        found |= {
            f"{encoder.name}_mrr": bare["ria_map_en"]["MRR"],
            f"{encoder.name}_precedents_mrr": known["ria_map_en"]["MRR"],
            f"{encoder.name}_precedents_hit5": known["ria_map_en"]["hit@5"],
            **{f"{encoder.name}_precedents_mrr_{name[-2:]}": known[name]["MRR"] for name in MAPS[1:]},
        }
        if plans:
            found[f"{encoder.name}_plan_cov30"] = mean(bare[name]["cov@30"] for name in plans)
    return found


def mean(values: Any) -> float:
    """Return the mean of some figures to four digits."""
    return round(float(np.mean(list(values))), 4)


@contextmanager
def shares(change: Mapping[str, Mapping[str, float]]) -> Iterator[None]:
    """Put other shares in the place of the framework task's for a while."""
    from workbench.aligning import ranking

    held = ranking.SHARES["framework"]
    ranking.SHARES["framework"] = ranking.Shares(change.get("same", held.same), change.get("across", held.across))
    try:
        yield
    finally:
        ranking.SHARES["framework"] = held


def ablation() -> None:
    """Print what each part of the score brings: without it, and alone."""
    from workbench.aligning import ranking

    held = ranking.SHARES["framework"]
    for kind, name in (("same", "ria_map_en"), ("across", "ria_map_es")):
        whole = getattr(held, kind)
        print(f"\n{name}: all parts")
        measure([name])
        for part in whole:
            for label, kept in (
                ("without", {key: share for key, share in whole.items() if key != part}),
                ("alone", {part: 1.0}),
            ):
                print(f"  {label} {part}: ", end="")
                with shares({kind: kept}):
                    measure([name])


def suggestions(names: Sequence[str], encoder: Any, *, precedents: bool) -> pd.DataFrame:
    """Return the ten best links with the query's country and whether an expert gave the link."""
    score = tasks.scorer()
    every, parts = score.tasks(str(tasks.BENCH)), []
    for name in names:
        task = every[name]
        links = tasks.links_of(name, task, top=10, encoder=encoder, precedents=precedents)
        hit = [
            document in task["gold"][query] for query, document in zip(links["query"], links["document"], strict=True)
        ]
        parts.append(links.assign(hit=hit, country=links["query"].map(task["group"].get)))
    return pd.concat(parts, ignore_index=True)


def logistic(score: np.ndarray, hit: np.ndarray) -> tuple[float, float]:
    """Return intercept and slope of the likeliest logistic curve (Newton's method)."""
    design = np.column_stack([np.ones(len(score)), score])
    found = np.zeros(2)
    for _ in range(30):
        chance = 1 / (1 + np.exp(-design @ found))
        weight = chance * (1 - chance)
        found += np.linalg.solve(design.T @ (design * weight[:, None]), design.T @ (hit - chance))
    return float(found[0]), float(found[1])


def calibration_error(probability: np.ndarray, hit: np.ndarray, bins: int = 10) -> float:
    """Return the expected calibration error over bins of equal size (Naeini, Cooper and Hauskrecht 2015)."""
    order = np.argsort(probability, kind="stable")
    parts = np.array_split(order, bins)
    return float(sum(len(part) / len(order) * abs(probability[part].mean() - hit[part].mean()) for part in parts))


def calibration(encoder: Any) -> float:
    """Print the curve of each way of scoring, and its error on each country when fitted to the others; the worst."""
    ways = [("lexical", "lexical", False), ("lexical+memory", "lexical", True), ("country", "country", False)]
    if encoder is not None:
        ways += [("dense", encoder, False), ("dense+memory", encoder, True)]
    worst = 0.0
    print("\ncalibration                     intercept   slope   confirmed   error on countries not fitted to (each)")
    for label, how, precedents in ways:
        for side, names in (("one language", MAPS[:1]), ("two languages", MAPS[1:])):
            links = suggestions(names, how, precedents=precedents)
            scores, hits, of = links["score"].to_numpy(float), links["hit"].to_numpy(float), links["country"].to_numpy()
            a, b = logistic(scores, hits)
            held = np.zeros(len(links))
            for country in np.unique(of):
                inner, slope = logistic(scores[of != country], hits[of != country])
                held[of == country] = 1 / (1 + np.exp(-(inner + slope * scores[of == country])))
            each = {country: calibration_error(held[of == country], hits[of == country]) for country in np.unique(of)}
            whole = calibration_error(held, hits)
            shown = ", ".join(f"{country} {error:.3f}" for country, error in each.items())
            print(f"{label:16} {side:14} {a:10.3f} {b:7.3f} {hits.mean():11.3f}   {whole:.3f} ({shown})", flush=True)
            worst = max(worst, whole)
    return round(worst, 4)


def main(arguments: Sequence[str]) -> None:
    """Measure, print the tables and end with one line of JSON."""
    if not tasks.BENCH.is_dir():
        missed = ["no benchmark beside the repository"]
        print(json.dumps({"bench": "aligning", "figures": {}, "targets": TARGETS, "missed": missed}))
        return
    quick = "--quick" in arguments
    if "--ablation" in arguments:
        ablation()
        return
    encoder = None if quick else installed("minilm")
    if "--fit" in arguments:
        calibration(encoder)
        return
    names = [name for name in tasks.scorer().tasks(str(tasks.BENCH)) if not quick or "_en" in name or name == "sdg_clf"]
    figures = quality(names, encoder, quick=quick)
    if not quick:
        ablation()
    figures["calibration_error"] = calibration(encoder)
    sizes = (20_000, 2_000, 2_000) if quick else (100_000, 5_000, 10_000)
    figures |= _alignment_speed.speed(*sizes)
    print(json.dumps({"bench": "aligning", "figures": figures, "targets": TARGETS, "missed": missing(figures)}))


def missing(figures: Mapping[str, float]) -> list[str]:
    """Return the targets that were measured and not reached."""
    known = {name: goal for name, goal in TARGETS.items() if name in figures}
    return [name for name, goal in known.items() if (figures[name] > goal if name in AT_MOST else figures[name] < goal)]


if __name__ == "__main__":
    main(sys.argv[1:])
