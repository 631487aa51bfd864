"""Codes how binding a provision is, who has to act, and what means it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workbench import lexicon
from workbench.coding.marks import Mark
from workbench.coding.sentences import sentences
from workbench.language import Token

ORIGIN = "clause-1"
_MEANS = ("resource", "unit", "time_frame", "indicator")

# Legal drafting puts duties in the future ("garantizarán", "veilleront"); "podrá" and its like only allow.
_FUTURE = {
    "es": re.compile(r"\b\w{2,}(?:rá|rán)\b"),
    "pt": re.compile(r"\b\w{2,}(?:rá|rão)\b"),
    "fr": re.compile(r"\b\w{3,}(?:era|eront|ira|iront|dra|dront)\b"),
    "it": re.compile(r"\b\w{3,}(?:rà|ranno)\b"),
}
_NO_DUTY = frozenset(
    "podrá podrán poderá poderão pourra pourront potrà potranno detrás atrás iran irán terá terão habrá habrán haverá "
    "aura auront avrà avranno sera saranno haurá opera".split()
)
_MONEY = re.compile(r"(?:€|\$|₱|\b(?:PHP|USD|EUR|TND|MAD)\b)\s?\d|\d\s?(?:€|\beuros?\b|\bd[óo]lares\b|\bpesos\b|\bdinars?\b|\bdollari\b|\bmillion\w*)", re.IGNORECASE)  # fmt: skip
_FIGURE = re.compile(r"\d+(?:[.,]\d+)?\s?%")
_BEFORE_DATE = re.compile(r"\b(?:20[2-9]\d)\b|\b\d+\s+(?:days|months|days|días|meses|jours|mois|giorni|mesi|dias|Tage|Monate)\b", re.IGNORECASE)  # fmt: skip

_ARTICLES = frozenset(
    "the an each every all any el la los las lo cada todos todas le les un une chaque tous toutes il i gli uno una ogni "
    "ciascun ciascuna os as die das jede jeder alle their its sus su demas otras otros respective".split()
)
_AND = frozenset("and or y e o u et ou ed und oder sowie bzw como".split())
_OF = frozenset("of de del du des di dei della delle degli dello do das dos von vom der".split())
_WITH = frozenset("with con avec mit com together juntamente".split())
_THROUGH = frozenset("through via".split())
_BY = frozenset("by por par dal dalla dai dalle dagli durch pela pelo pelos pelas".split())
_TO = frozenset("to a al ai alla alle agli aux au ao aos zu zur den upon on".split())
_IN = frozenset("in en dans nel nella nei nelle em no na nos nas im within throughout bajo entre among tra fra".split())
# "los órganos competentes de las comunidades autónomas": the organ acts for its authority.
_ORGANS = ("organ", "autorid", "autorit", "authorit", "servic", "serviz", "administra", "gobierno", "consej", "conseil", "consigl", "council", "gouvern", "behord", "instituc", "istituz", "uffic", "oficin", "department", "dependenc", "structur", "executive", "depart")  # fmt: skip
_FAR = 14  # words between who acts and the verb


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    end: int
    words: Sequence[Token]
    first: int  # place of its first word among the provision's words
    hits: Sequence[lexicon.Hit]
    verbs: Sequence[tuple[int, str, int, int]]  # place of the verb, modality, span


def clause_marks(text: str, words: Sequence[Token], hits: Sequence[lexicon.Hit], language: str) -> list[Mark]:
    """Return the modality, the addressees and the means of a provision.

    Modality: `duty`, `promise`, `aspiration`, each found at all, the confidence being its share of the verbs.
    Addressee: .9 who acts, .8 who is to act with another, .5 named beside a duty, .3 merely mentioned;
    "public authorities" speak for the local level with .4.
    """
    parts = [_sentence(place, text, words, hits, language) for place in sentences(text)]
    return [*_modality(parts), *_addressees(parts), *_means(text, hits)]


def _sentence(
    place: tuple[int, int], text: str, words: Sequence[Token], hits: Sequence[lexicon.Hit], language: str
) -> _Sentence:
    start, end = place
    inside = [index for index, word in enumerate(words) if start <= word.start < end]
    first = inside[0] if inside else 0
    here = [hit for hit in hits if start <= hit.start < end]
    verbs = [(hit.first, hit.term.code, hit.start, hit.end) for hit in here if hit.term.facet == "modality"]
    taken = {index for hit in here if hit.term.facet == "modality" for index in range(hit.first, hit.last + 1)}
    pattern = _FUTURE.get(language)
    for match in pattern.finditer(text, start, end) if pattern else ():
        if match.group().lower() in _NO_DUTY:
            continue
        at = next((index for index in inside if words[index].start == match.start()), None)
        if at is not None and at not in taken:
            verbs.append((at, "duty", match.start(), match.end()))
    return _Sentence(start, end, words, first, here, sorted(verbs))


def _modality(parts: Sequence[_Sentence]) -> list[Mark]:
    verbs = [verb for part in parts for verb in part.verbs]
    found = []
    for code in ("duty", "promise", "aspiration"):
        mine = [verb for verb in verbs if verb[1] == code]
        if mine:
            share = len(mine) / len(verbs)
            # What the provision says first is its main statement; the rest is how and when.
            lead = 0.25 if verbs[0][1] == code else 0.0
            found.append(Mark("modality", code, round(0.3 + 0.45 * share + lead, 3), (mine[0][2], mine[0][3]), ORIGIN))
    return sorted(found, key=lambda mark: -mark.confidence)


def _addressees(parts: Sequence[_Sentence]) -> list[Mark]:
    found = []
    for part in parts:
        for hit in part.hits:
            if hit.term.facet != "addressee":
                continue
            role = _role(hit, part)
            if hit.term.code == "any":
                if role >= 0.8:
                    found.append(Mark("addressee", "local", 0.4, (hit.start, hit.end), ORIGIN))
            else:
                found.append(Mark("addressee", hit.term.code, role, (hit.start, hit.end), ORIGIN))
    return found


def _role(hit: lexicon.Hit, part: _Sentence) -> float:
    """Return how surely an authority has to act in a sentence."""
    if not part.verbs:
        return 0.3
    before = _head(hit, part)
    verb_after = next((verb for verb in part.verbs if 0 < verb[0] - hit.last <= _FAR), None)
    verb_before = next((verb for verb in reversed(part.verbs) if 0 < hit.first - verb[0] <= _FAR), None)
    if before == "of_organ":
        before = "" if verb_after or not verb_before else "by"
    if before == "" and verb_after:
        return 0.9
    if before == "to" and verb_before and hit.first - verb_before[0] <= 6 and verb_before[1] == "duty":
        # "corresponde a los municipios", not "prestará apoyo a los municipios".
        return 0.9 if _assigns(part.words[verb_before[0]].word) else 0.5
    if before == "by" and (verb_before or verb_after):
        return 0.9
    if before in ("with", "through") and (verb_before or verb_after):
        return 0.8
    return 0.5


def _assigns(verb: str) -> bool:
    return verb.startswith(
        ("correspond", "compet", "incumb", "spett", "cabe", "obliegt", "appartient", "incomb", "est", "il")
    )


def _head(hit: lexicon.Hit, part: _Sentence) -> str:
    """Return which kind of word governs an authority: '' when it stands as a subject."""
    words = part.words
    place = hit.first - 1
    own = hit.term.words[0]
    if len(hit.term.words) > 1 and own not in _ARTICLES and (kind := _kind(own, hit.first, part)):
        return kind  # terms that hold their preposition: "ai comuni", "par les communes"
    authorities = {
        index for other in part.hits if other.term.facet == "addressee" for index in range(other.first, other.last + 1)
    }
    while place >= part.first:
        word = words[place].word
        if word not in _ARTICLES and (kind := _kind(word, place, part)):
            return kind
        if word not in _ARTICLES and word not in _AND and place not in authorities:
            return ""
        place -= 1
    return ""


def _kind(word: str, place: int, part: _Sentence) -> str:
    if word in _WITH:
        return "with"
    if word in _THROUGH:
        return "through"
    if word in _BY:
        return "by"
    if word in _OF:
        near = [part.words[index].word for index in range(max(part.first, place - 3), place)]
        return "of_organ" if any(other.startswith(_ORGANS) for other in near) else "of"
    if word in _TO:
        return "to"
    return "in" if word in _IN else ""


def _means(text: str, hits: Sequence[lexicon.Hit]) -> list[Mark]:
    found = [
        Mark(hit.term.facet, hit.term.code, 0.7, (hit.start, hit.end), ORIGIN)
        for hit in hits
        if hit.term.facet in _MEANS
    ]
    for facet, code, pattern, confidence in (
        ("resource", "budget", _MONEY, 0.9),
        ("indicator", "named", _FIGURE, 0.8),
        ("time_frame", "named", _BEFORE_DATE, 0.8),
    ):
        match = pattern.search(text)
        if match:
            found.append(Mark(facet, code, confidence, match.span(), ORIGIN))
    return found
