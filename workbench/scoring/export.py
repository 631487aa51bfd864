"""A scorecard as plain data with its texts in one language."""

from __future__ import annotations

from dataclasses import asdict

from workbench import messages
from workbench.asking import questionnaire_words
from workbench.model import IndicatorScore, Scorecard
from workbench.scoring.scheme import INDICATORS


def scorecard_json(card: Scorecard, language: str = "en") -> dict[str, object]:
    """Return a scorecard as JSON-safe data: missing is None, never NaN; reasons and names are sentences."""

    def say(key: str) -> str:
        return messages.text(key, language) if key else ""

    def plain(row: IndicatorScore) -> dict[str, object]:
        return {
            **asdict(row),
            **_words(row.id, language),
            "reason": say(row.reason),
            "provisions": list(row.provisions),
        }

    dimensions = [
        {**asdict(row), "name": say(f"dimension.{row.id}"), "definition": say(f"dimension.{row.id}.definition")}
        for row in card.dimensions
    ]
    indicators = [plain(row) for row in card.indicators]
    practice = getattr(card, "practice", None)
    return {
        "territory": card.territory_id,
        "scheme": card.scheme,
        "index": card.index,
        "interval": list(card.interval) if card.interval else None,
        "coverage": card.coverage,
        "agreement": card.agreement,
        "agreement_interval": list(card.agreement_interval) if card.agreement_interval else None,
        "raters": card.raters,
        "unclear": getattr(card, "unclear", 0),
        "status": card.status,
        "reason": say(card.reason),
        "reason_key": card.reason,
        "arithmetic": card.arithmetic,
        "floor": card.floor,
        "draws": card.draws,
        "seed": card.seed,
        "dimensions": dimensions,
        "indicators": indicators,
        "others": [plain(row) for row in getattr(card, "others", ()) if row.score is not None],
        "sides": [{**asdict(row), "name": say(f"side.{row.id}")} for row in getattr(card, "sides", ())],
        "practice": None if practice is None else asdict(practice),
        "gaps": [{**asdict(row), "name": say(f"gap.{row.id}")} for row in getattr(card, "gaps", ())],
        "flags": [say(f"score.flag.{flag}") for flag in getattr(card, "flags", ())],
    }


def _words(name: str, language: str) -> dict[str, str]:
    """Return what an indicator is called, says and is worked out by; an item is called by its question."""
    if name in INDICATORS:
        words = {
            what: messages.text(f"indicator.{name}.{what}", language) for what in ("name", "definition", "formula")
        }
        return {**words, "unit": messages.text("indicator.unit", language)}
    item = questionnaire_words(language).items[name]
    return {
        "name": str(item["question"]),
        "definition": str(item["explanation"]),
        "formula": messages.text("indicator.item.formula", language),
        "unit": messages.text("indicator.item.unit", language),
    }
