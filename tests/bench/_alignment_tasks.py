"""The tasks of the alignment benchmark, given to the aligner as texts and languages and nothing else."""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd

BENCH = Path(__file__).resolve().parents[3] / "shared" / "bench"
LANGUAGES = ("en", "es", "fr", "it")


def scorer() -> ModuleType:
    """Load score.py of the benchmark."""
    place = importlib.util.spec_from_file_location("score", BENCH / "score.py")
    assert place is not None
    assert place.loader is not None
    module = importlib.util.module_from_spec(place)
    place.loader.exec_module(module)
    return module


def spoken(task: str) -> tuple[str, str]:
    """Return the languages of a task's queries and documents."""
    parts = task.split("_")
    if parts[0] == "xling":
        return parts[1], parts[2]
    return ("en", parts[2]) if task.startswith("ria_map") else ("en", "en")


def opaque(texts: Sequence[str]) -> list[str]:
    """Return an id for each text that says nothing but the text itself: no code, no country, no place in a file."""
    times: dict[str, int] = {}
    found = []
    for text in texts:
        name = hashlib.sha256(text.encode()).hexdigest()[:16]
        times[name] = times.get(name, 0) + 1
        found.append(f"{name}-{times[name]}")
    return found


def side(texts: Sequence[str], language: str) -> tuple[pd.DataFrame, list[str]]:
    """Return texts as the aligner takes them, in the order of their opaque ids, and these ids in the order given."""
    ids = opaque(texts)
    frame = pd.DataFrame({"id": ids, "text": list(texts), "heading": "", "language": language})
    frame = frame.sort_values("id").reset_index(drop=True)
    assert list(frame.columns) == ["id", "text", "heading", "language"]
    assert all(
        name.partition("-")[0] == opaque([text])[0].partition("-")[0] for name, text in zip(ids, texts, strict=True)
    )
    return frame, ids


def memory_without(task: Mapping[str, Any], country: str, language: str) -> Any:
    """Return what experts confirmed in all countries but one."""
    from workbench.aligning import Memory

    documents = dict(zip(task["docs"], side(list(task["docs"].values()), language)[1], strict=True))
    found = Memory()
    for name, text in task["queries"].items():
        if task["group"][name] == country:
            continue
        for target in task["gold"][name]:
            found.confirm(text, documents[target], language="en")
    own = {text for name, text in task["queries"].items() if task["group"][name] == country}
    others = {text for name, text in task["queries"].items() if task["group"][name] != country}
    assert {one.local_text for one in found.precedents()} <= others, "a judgement of the country itself came in"
    assert own
    return found


def links_of(
    name: str, task: Mapping[str, Any], *, top: int, encoder: Any = "lexical", precedents: bool = False
) -> pd.DataFrame:
    """Return LINKS of a task with its own names for queries and documents, and the query's country.

    `encoder="country"` is the way of the portfolio: weights of the documents alone, no letters, no pairs.
    """
    from workbench.aligning import CountryIndex, align

    here, there = spoken(name)
    documents, document_ids = side(list(task["docs"].values()), there)
    back = dict(zip(document_ids, task["docs"], strict=True))
    countries = sorted(set(task["group"].values())) if precedents else [None]
    parts = []
    for country in countries:
        asked = [query for query in task["queries"] if country is None or task["group"][query] == country]
        queries, query_ids = side([task["queries"][query] for query in asked], here)
        memory = memory_without(task, country, there) if country else None
        if encoder == "country":
            links = as_frame(CountryIndex(documents).matches(queries, top=top))
        else:
            links = align(queries, documents, top=top, encoder=encoder, memory=memory)
        known = dict(zip(query_ids, asked, strict=True))
        parts.append(links.assign(query=links["local_id"].map(known.get), document=links["national_id"].map(back.get)))
    return pd.concat(parts, ignore_index=True)


def as_frame(found: Any) -> pd.DataFrame:
    """Return links that came as arrays as a table."""
    return pd.DataFrame(
        {
            "local_id": np.array(found.local_ids, dtype=object)[found.row],
            "national_id": np.array(found.national_ids, dtype=object)[found.column],
            "score": found.score,
        }
    )


def figures(score: ModuleType, name: str, task: Mapping[str, Any], links: pd.DataFrame) -> dict[str, float]:
    """Return the benchmark's figures of the links of a task."""
    if task["kind"] == "clf":
        rows = {query: number for number, query in enumerate(task["queries"])}
        columns = {document: number for number, document in enumerate(task["docs"])}
        scores = np.zeros((len(rows), len(columns)))
        scores[links["query"].map(rows.get), links["document"].map(columns.get)] = links["score"]
        return score.score_clf(task, score._clf_scores(task, scores))
    order: dict[str, list[str]] = {query: [] for query in task["queries"]}
    for query, document in zip(links["query"], links["document"], strict=True):
        order[query].append(document)
    return score.score_order(task, order)


def depth(task: Mapping[str, Any]) -> int:
    """Return how many links a query needs for the task's figures."""
    return len(task["docs"]) if task["kind"] == "clf" else min(100, len(task["docs"]))
