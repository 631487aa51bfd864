"""Writes a small exercise of any kind into a folder; tests read it, or break it first."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("en", "es", "fr", "it")
KINDS = ("find", "code", "match", "judge", "choose")
_RATERS = ("P1", "P2", "P3")
_TEXTS = [
    {"id": "n1", "side": "national", "document": "act", "number": "Art. 4"},
    {"id": "n2", "side": "national", "document": "act", "number": "Art. 5"},
    {"id": "l1", "side": "local", "document": "plan", "number": "3.2"},
]
WORDS = """# A small exercise ({language})
## goal
See what belongs together.
## intro
Two levels wrote about welcome.

- Read both sides.
- Then answer.
## document act
Act on welcome (illustrative text)
## document plan
Plan of the town (illustrative text)
## text n1
### Welcome
Every municipality shall open a welcome desk.
It shall be open to all.
## text n2
### Data
The ministry publishes figures each year.
## text l1
### Desk
The town opens a desk with two staff. It serves everybody.
"""


def _fields(kind: str) -> list[dict[str, Any]]:
    reason = {"id": "reason", "kind": "words"}
    strength = {"id": "strength", "kind": "scale"}
    asked = {
        "find": [{"id": "promises", "kind": "several", "options": ["n1", "n2", "l1"]}],
        "code": [
            {"id": "sector", "kind": "choose", "options": ["sector:governance", "sector:health", "sector:data"]},
            {"id": "means", "kind": "several", "options": ["resource:budget", "resource:staff", "none"], "most": 2},
            {"id": "framework", "kind": "choose", "options": ["gcm:3", "gcm:16", "none"]},
        ],
        "match": [{"id": "counterpart", "kind": "choose", "options": ["n1", "n2", "none"]}, reason],
        "judge": [
            {"id": "relation", "kind": "choose", "options": ["relation:implements", "relation:limits"]},
            strength,
            reason,
        ],
        "choose": [{"id": "step", "kind": "choose", "options": ["money", "law", "staff"], "measure": "ordinal"}],
    }
    return asked[kind]


_SAID: dict[str, list[dict[str, Any]]] = {
    "find": [{"promises": ["l1", "n1"]}, {"promises": ["l1", "n1"]}, {"promises": ["n1"]}],
    "code": [
        {"sector": "sector:governance", "means": ["resource:staff"], "framework": "gcm:16"},
        {"sector": "sector:governance", "means": ["resource:staff"], "framework": "gcm:16"},
        {"sector": "sector:health", "means": ["resource:budget", "resource:staff"], "framework": "none"},
    ],
    "match": [{"counterpart": "n1"}, {"counterpart": "n1"}, {"counterpart": "n2"}],
    "judge": [
        {"relation": "relation:implements", "strength": 3},
        {"relation": "relation:implements", "strength": 2},
        {"relation": "relation:implements", "strength": 2},
    ],
    "choose": [{"step": "money"}, {"step": "money"}, {"step": "staff"}],
}
_ANSWER = {kind: said[1] if kind == "judge" else said[0] for kind, said in _SAID.items()}
MISTAKE = {
    "find": ("promises", "n2"), "code": ("sector", "sector:health"), "match": ("counterpart", "n2"),
    "judge": ("strength", -2), "choose": ("step", "staff"),
}  # fmt: skip


def structure(kind: str = "match", items: int = 1) -> dict[str, Any]:
    """Return what exercise.yaml holds."""
    field, value = MISTAKE[kind]
    found: dict[str, Any] = {
        "format": "exercise-1", "id": f"small-{kind}", "version": "1", "kind": kind, "level": 1, "minutes": 5,
        "case": "selvania", "illustrative": True, "texts": [] if kind == "choose" else [dict(row) for row in _TEXTS],
        "items": [
            {
                "id": f"i{number + 1}",
                "texts": [] if kind in ("choose", "find") else ["l1", "n1"] if kind != "match" else ["l1"],
                "fields": _fields(kind),
                "panel": {
                    "raters": {rater: dict(said) for rater, said in zip(_RATERS, _SAID[kind], strict=True)},
                    "answer": dict(_ANSWER[kind]),
                },
                "decides": {"text": "l1"},
                "hints": 2,
                "mistakes": [{"field": field, "value": value}],
            }
            for number in range(items)
        ],
    }  # fmt: skip
    if kind == "choose":
        found["figures"] = [
            {"id": "A", "label": "A", "score": 42.0, "low": 35.0, "high": 51.0},
            {"id": "C", "label": "C", "score": 12.5, "low": 8.0, "high": 20.0},
            {"id": "own", "label": "own", "score": 70, "low": 60, "high": 75},
        ]
        for item in found["items"]:
            del item["decides"]
    return found


def words(language: str, kind: str = "match", items: int = 1) -> str:
    """Return the words of one language."""
    said = WORDS.format(language=language)
    if kind == "choose":
        said = said[: said.index("## document")]
        said += "## figure own\nA figure of its own\n"
        said += "".join(f"## option step {code}\nMore {code}\n" for code in ("money", "law", "staff"))
    field, value = MISTAKE[kind]
    for number in range(1, items + 1):
        said += f"## item i{number}\nWhat do you say ({number})?\n## hint i{number} 1\nFirst hint.\n"
        said += f"## hint i{number} 2\nSecond hint.\n## reason i{number}\nThe panel kept to the words SECRET.\n"
        if kind != "choose":
            said += f"## decides i{number}\nThe town opens a desk\nwith two staff.\n"
        said += f"## mistake i{number} {field} {value}\nSECRET often read in haste.\n"
        said += f"## implies i{number} {field} {value}\nSECRET nobody would be served.\n"
    return said + "## notes\nSECRET for the trainer.\n"


def write(place: Path, kind: str = "match", items: int = 1) -> Path:
    """Write an exercise of a kind below a place and return its folder."""
    folder = place / f"01-small-{kind}"
    folder.mkdir(parents=True)
    keep(folder, structure(kind, items))
    for language in LANGUAGES:
        (folder / f"{language}.md").write_text(words(language, kind, items), "utf-8")
    return folder


def keep(folder: Path, found: Any) -> None:
    """Write exercise.yaml; what is shared inside is written out."""
    found = json.loads(json.dumps(found))
    (folder / "exercise.yaml").write_text(yaml.safe_dump(found, sort_keys=False, allow_unicode=True), "utf-8")
