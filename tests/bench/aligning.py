"""Measures aligning: quality on the development benchmark, what each part brings, calibration, speed.

    python tests/bench/aligning.py [--quick]
    python tests/bench/aligning.py --fit      prints the constants of workbench/aligning/probability.py

The quality figures come from ../shared/bench (score.py there); methods are given texts and languages only,
never gold labels, country names or file order. The last line is JSON.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[2]
BENCH = ROOT.parent / "shared" / "bench"
LANGUAGES = ("en", "es", "fr", "it")
TARGETS = {
    "ria_map_en_mrr": 0.38,
    "xling_r1": 0.40,
    "plan_cov30": 0.45,
    "sdg_auc": 0.92,
    "calibration_error": 0.05,  # at most; the others at least
    "pairs_per_second": 3e6,
}


def scorer() -> ModuleType:
    """Load score.py of the benchmark."""
    place = importlib.util.spec_from_file_location("score", BENCH / "score.py")
    assert place is not None
    assert place.loader is not None
    module = importlib.util.module_from_spec(place)
    place.loader.exec_module(module)
    return module


def side(texts: Sequence[str], language: str) -> pd.DataFrame:
    """Return texts as the aligner takes them, with ids that say nothing."""
    ids = [f"{number:06d}" for number in range(len(texts))]
    return pd.DataFrame({"id": ids, "text": list(texts), "heading": "", "language": language})


def similarity(queries: Sequence[str], documents: Sequence[str], languages: tuple[str, str], depth: int) -> np.ndarray:
    """Return the aligner's scores as a matrix, 0 beyond `depth`."""
    from workbench.aligning import align

    links = align(side(queries, languages[0]), side(documents, languages[1]), top=depth)
    found = np.zeros((len(queries), len(documents)))
    found[links["local_id"].astype(int), links["national_id"].astype(int)] = links["score"]
    return found


def spoken(task: str) -> tuple[str, str]:
    """Return the languages of a task's queries and documents."""
    parts = task.split("_")
    if parts[0] == "xling":
        return parts[1], parts[2]
    return ("en", parts[2]) if task.startswith("ria_map") else ("en", "en")


def quality(score: ModuleType, names: Sequence[str]) -> dict[str, dict[str, float]]:
    """Return the benchmark's figures of each task."""
    every, found = score.tasks(str(BENCH)), {}
    for name in names:
        task = every[name]
        keys = np.array(list(task["docs"]))
        depth = len(keys) if task["kind"] == "clf" else min(100, len(keys))
        scores = similarity(list(task["queries"].values()), list(task["docs"].values()), spoken(name), depth)
        if task["kind"] == "clf":
            found[name] = score.score_clf(task, score._clf_scores(task, scores))
        else:
            order = np.argsort(-scores, axis=1, kind="stable")[:, :depth]
            found[name] = score.score_order(task, {q: list(keys[order[i]]) for i, q in enumerate(task["queries"])})
    return found


def ablation(score: ModuleType) -> None:
    """Print what is lost when one part of the score is left out."""
    from workbench.aligning import nearest

    for label, task, shares in (("one language", "ria_map_en", "SAME"), ("two languages", "ria_map_es", "ACROSS")):
        whole: Mapping[str, float] = getattr(nearest, shares)
        print(f"\n{label}: {task}, MRR with all parts {quality(score, [task])[task]['MRR']:.3f}")
        for part in whole:
            kept = {kind: share for kind, share in whole.items() if kind != part}
            setattr(nearest, shares, kept)
            without = quality(score, [task])[task]["MRR"]
            setattr(nearest, shares, {part: 1.0})
            alone = quality(score, [task])[task]["MRR"]
            print(f"  without {part:9} {without:.3f}   alone {alone:.3f}")
        setattr(nearest, shares, whole)


def suggestions(score: ModuleType, names: Sequence[str]) -> pd.DataFrame:
    """Return the ten best links of every provision with score, probability, country, and whether an expert gave it."""
    from workbench.aligning import align

    every, parts = score.tasks(str(BENCH)), []
    for name in names:
        task = every[name]
        queries, documents = list(task["queries"]), list(task["docs"])
        here, there = spoken(name)
        links = align(side(list(task["queries"].values()), here), side(list(task["docs"].values()), there), top=10)
        asked = [queries[number] for number in links["local_id"].astype(int)]
        given = [documents[number] for number in links["national_id"].astype(int)]
        links["hit"] = [document in task["gold"][query] for query, document in zip(asked, given, strict=True)]
        links["country"] = [task["group"][query] for query in asked]
        parts.append(links)
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
    """Return the expected calibration error over bins of equal size."""
    order = np.argsort(probability, kind="stable")
    parts = np.array_split(order, bins)
    return float(sum(len(part) / len(order) * abs(probability[part].mean() - hit[part].mean()) for part in parts))


def fit(score: ModuleType) -> dict[str, float]:
    """Print the constants of the probability map, and its error on countries that were not used to fit it."""
    found = {}
    for label, names in (("SAME", ["ria_map_en"]), ("ACROSS", [f"ria_map_{name}" for name in LANGUAGES[1:]])):
        links = suggestions(score, names)
        scores, hits = links["score"].to_numpy(float), links["hit"].to_numpy(float)
        a, b = logistic(scores, hits)
        held = np.zeros(len(links))
        for country in sorted(links["country"].unique()):
            out = (links["country"] == country).to_numpy()
            inner, slope = logistic(scores[~out], hits[~out])
            held[out] = 1 / (1 + np.exp(-(inner + slope * scores[out])))
        of = links["country"].to_numpy()
        worst = max(calibration_error(held[of == country], hits[of == country]) for country in np.unique(of))
        print(f"{label} = ({a:.3f}, {b:.3f})   {len(links)} links, {hits.mean():.3f} confirmed")
        print(f"  error on left-out countries {calibration_error(held, hits):.3f}, worst country {worst:.3f}")
        found[label] = round(calibration_error(held, hits), 4)
    return found


def speed(n_local: int, n_national: int) -> tuple[float, float]:
    """Return seconds to align made-up Spanish provisions, whole and with 200 local ones only."""
    from workbench import lexicon
    from workbench.aligning import align

    draw = np.random.default_rng(7)
    vocabulary = np.array(sorted({term.words[0] for term in lexicon.terms()["es"]}))
    share = 1 / np.arange(1, len(vocabulary) + 1)

    def made(count: int) -> pd.DataFrame:
        return side([" ".join(draw.choice(vocabulary, 60, p=share / share.sum())) for _ in range(count)], "es")

    ours, theirs = made(n_local), made(n_national)
    align(ours.head(5), theirs.head(5))  # loads what is loaded once
    return timed(lambda: align(ours, theirs)), timed(lambda: align(ours.head(200), theirs))


def timed(work: Callable[[], Any]) -> float:
    """Return the seconds that some work takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def main(arguments: Sequence[str]) -> None:
    """Measure, print the tables and end with one line of JSON."""
    if not BENCH.is_dir():
        missed = ["no benchmark beside the repository"]
        print(json.dumps({"bench": "aligning", "figures": {}, "targets": TARGETS, "missed": missed}))
        return
    score, quick = scorer(), "--quick" in arguments
    if "--fit" in arguments:
        fit(score)
        return
    every = list(score.tasks(str(BENCH)))
    names = [f"ria_map_{name}" for name in LANGUAGES]
    names += [name for name in every if name.startswith("xling_") and (not quick or "_en" in name)]
    names += ["sdg_clf"] + [name for name in every if name.startswith("plan_search_") and not quick]
    results = quality(score, names)
    shown = ("R@1", "hit@5", "MRR", "cov@30", "MAP@100", "AUC_macro")
    for name, found in results.items():
        print(f"{name:24} " + "  ".join(f"{key} {found[key]:.3f}" for key in shown if key in found))
    if not quick:
        ablation(score)
    print()
    errors = fit(score)
    ours, theirs = (2_000, 1_000) if quick else (10_000, 5_000)
    whole, small = speed(ours, theirs)
    per_second = round(ours * theirs / whole)
    print(f"\n{ours} × {theirs}: {whole:.1f} s ({per_second:,} pairs/s); 200 × {theirs}: {small:.2f} s")
    figures = summary(results) | {
        "calibration_error": max(errors.values()),
        "pairs_per_second": per_second,
        "seconds": round(whole, 2),
        "seconds_200": round(small, 2),
    }
    print(json.dumps({"bench": "aligning", "figures": figures, "targets": TARGETS, "missed": missing(figures)}))


def summary(results: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """Return one figure a kind of task."""
    figures = {f"{name}_mrr": found["MRR"] for name, found in results.items() if name.startswith("ria_map")}
    crossing = [found["R@1"] for name, found in results.items() if name.startswith("xling") and name != "xling_en_en"]
    figures |= {"xling_r1": round(float(np.mean(crossing)), 4), "sdg_auc": results["sdg_clf"]["AUC_macro"]}
    plans = [found["cov@30"] for name, found in results.items() if name.startswith("plan_")]
    return figures | ({"plan_cov30": round(float(np.mean(plans)), 4)} if plans else {})


def missing(figures: Mapping[str, float]) -> list[str]:
    """Return the targets that were measured and not reached."""
    at_most = ("calibration_error",)
    known = {name: goal for name, goal in TARGETS.items() if name in figures}
    return [name for name, goal in known.items() if (figures[name] > goal if name in at_most else figures[name] < goal)]


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main(sys.argv[1:])
