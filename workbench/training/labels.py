"""The codes that an exercise may take from the catalogues of the method, and their words."""

from __future__ import annotations

from functools import lru_cache

from workbench import messages, model

_FIXED = {
    "sector": model.SECTORS,
    "relation": model.RELATION_TYPES,
    "resource": ("budget", "staff"),
    "unit": ("named",),
    "time_frame": ("named",),
    "indicator": ("named",),
    "modality": model.MODALITIES,
    "addressee": model.LEVELS,
    "group": model.GROUPS,
    "condition": model.CONDITIONS,
}
_KEYS = {"relation": "relation.type.{code}", "addressee": "level.{code}"}
_NAMED = "facet.{facet}"


@lru_cache(maxsize=1)
def _frameworks() -> dict[str, dict[str, str]]:
    from workbench.coding import frameworks

    frame = frameworks(include_unverified=True)
    return {
        str(row["code"]): {language: str(row[f"text_{language}"]) for language in messages.LANGUAGES}
        for row in frame.to_dict("records")
    }


def is_catalogued(code: str) -> bool:
    """Tell whether a code such as `sector:health` or `gcm:16` is one of the method's."""
    facet, colon, rest = code.partition(":")
    if not colon:
        return False
    return rest in _FIXED[facet] if facet in _FIXED else facet in model.FRAMEWORKS and code in _frameworks()


def facets() -> tuple[str, ...]:
    """Return what may stand before the colon of a catalogued code."""
    return (*_FIXED, *model.FRAMEWORKS)


def label(code: str, language: str) -> str:
    """Return the words of a catalogued code."""
    facet, _, rest = code.partition(":")
    if facet not in _FIXED:
        return f"{facet.upper()} {rest} · {_frameworks()[code][language]}"
    if _FIXED[facet] == ("named",):
        return messages.text(_NAMED.format(facet=facet), language)
    return messages.text(_KEYS.get(facet, f"{facet}.{{code}}").format(code=rest), language)
