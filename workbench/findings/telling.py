"""Findings in the words of a language: what was found, and what could be done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench import messages
from workbench.asking import questionnaire_words


def finding_words(finding: Any, language: str = "en") -> dict[str, str]:
    """Return title, do, kind and severity of a finding: a row of FINDINGS in any form (`itertuples`, `iloc`, dict).

    The title is made of `values`; labels and headings are the documents' own words and go in as they are. A finding
    that is found no longer (without values) is named by its kind alone.
    """
    row = finding._asdict() if hasattr(finding, "_asdict") else dict(finding)
    kind, values = str(row["kind"]), dict(row["values"])
    return {
        "title": _title(kind, values, language),
        "do": messages.text(f"finding.do.{kind}", language),
        "kind": messages.text(f"finding.kind.{kind}", language),
        "severity": messages.text(f"finding.severity.{row['severity']}", language),
    }


def _title(kind: str, values: Mapping[str, Any], language: str) -> str:
    if not values:
        return messages.text(f"finding.kind.{kind}", language)
    words = {name: str(value) for name, value in values.items()}
    words |= {name: _name(name, words[name], language) for name in ("sector", "group") if name in words}
    key = f"finding.{kind}"
    if kind == "conflict" and values["from_above"]:
        key = f"{key}.above"
    elif kind == "right_not_covered":
        words["right"] = _name("sector", str(values["right"]), language)
        key = {"narrower": f"{key}.narrower", "asked": f"{key}.asked"}.get(str(values["state"]), key)
    elif kind == "mandate_without_means" and values.get("item"):
        key = f"{key}.asked"
    elif kind in ("missing_mechanism", "one_way_mechanism"):
        key = f"finding.link.{values['function']}"
    elif kind == "framework_one_level":
        key = f"{key}.{values['side']}"
        family, _, number = words["code"].partition(":")
        words["item"] = messages.text(f"framework.short.{family}", language, item=number)
    elif kind == "perception_gap":
        words |= {side: messages.number(float(values[side]), language, 1) for side in ("local", "national")}
        words["question"] = str(questionnaire_words(language).items[words["item"]]["question"])
    return " ".join(messages.text(key, language, **words).split())


def _name(what: str, code: str, language: str) -> str:
    key = f"{what}.{code}"
    return messages.text(key, language) if messages.has(key) else code
