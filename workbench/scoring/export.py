"""A scorecard as plain data with its texts in one language."""

from __future__ import annotations

from dataclasses import asdict

from workbench import messages
from workbench.model import Scorecard


def scorecard_json(card: Scorecard, language: str = "en") -> dict[str, object]:
    """Return a scorecard as JSON-safe data: missing is None, never NaN; reasons and names are sentences."""

    def say(key: str) -> str:
        return messages.text(key, language) if key else ""

    dimensions = [
        {**asdict(row), "name": say(f"dimension.{row.id}"), "definition": say(f"dimension.{row.id}.definition")}
        for row in card.dimensions
    ]
    indicators = [
        {
            **asdict(row),
            "name": say(f"indicator.{row.id}.name"),
            "definition": say(f"indicator.{row.id}.definition"),
            "formula": say(f"indicator.{row.id}.formula"),
            "unit": say("indicator.unit"),
            "reason": say(row.reason),
            "provisions": list(row.provisions),
        }
        for row in card.indicators
    ]
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
    }
