"""A6, target fit: whether what is taken up contradicts whom, by when or how many (METHOD section 5)."""

from __future__ import annotations

from workbench.model import IndicatorScore
from workbench.scoring.evidence import Evidence, Judged
from workbench.scoring.substantive import known, missing, share_judged
from workbench.scoring.timing import Periods, taken_up

# Two axes on which people can be told apart; groups on neither (victims, workers, …) exclude nobody.
_STATUS = frozenset({"migrants", "emigrants", "diaspora", "returnees", "refugees", "displaced", "undocumented"})
_PERSON = frozenset({"children", "youth", "women", "families", "older"})
# On each axis, groups that may hold the same people. "Migrants" may be any of their axis.
_MAY_BE_SAME = frozenset(
    frozenset(pair)
    for pair in (
        *(("migrants", other) for other in _STATUS - {"migrants"}),
        ("emigrants", "diaspora"), ("emigrants", "returnees"), ("refugees", "displaced"),
        ("families", "children"), ("families", "women"), ("families", "youth"), ("families", "older"),
        ("children", "youth"),
    )
)  # fmt: skip
Verdict = bool | None  # contradicts, does not, or cannot be told


def target_fit(evidence: Evidence, minimum: int) -> IndicatorScore:
    """A6 = share of the commitments taken up where neither group, nor deadline, nor quantity contradicts.

    The local side is all provisions that carry the commitment, taken together. It contradicts where
    - group: both sides name groups of one axis (status: migrants, emigrants, diaspora, returnees, refugees, displaced,
      undocumented; person: children, youth, women, families, older), and no local one may hold the people of a
      national one ("migrants" may be any of the first axis; families hold children, youth, women and older people);
    - deadline: both sides name an end of their own, and the earliest local one is later than the latest national one;
    - quantity: the national side says how many each authority owes, the local side counts the same thing, and its
      highest number is lower. A national total binds no single territory, so it contradicts nothing.
    What one side does not say is no contradiction. A commitment with nothing to compare leaves the denominator; if the
    national side did name a group, deadline or number owed, it counts against coverage. METHOD section 5, A6.
    """
    judged = share_judged(evidence.asked)
    if len(evidence.answered) < minimum:
        return missing("A6", "few", coverage=judged)
    taken = taken_up(evidence)
    if not taken:
        return missing("A6", "none_taken_up", coverage=judged)
    periods, groups, quantities = Periods(evidence), evidence.coded("group"), evidence.coded("quantity")
    fits: list[tuple[Judged, bool]] = []
    unknown = 0
    for row in taken:
        nation = groups.get(row.provision_id, set())
        town = set().union(*(groups.get(name, set()) for name in row.carried_by))
        due = _ends(periods, (row.provision_id,))
        owed = _owed(quantities.get(row.provision_id, set()))
        counted = _counted(set().union(*(quantities.get(name, set()) for name in row.carried_by)))
        verdicts = [
            _against(nation, town, _STATUS), _against(nation, town, _PERSON),
            _late(due, _ends(periods, row.carried_by)), _fewer(owed, counted),
        ]  # fmt: skip
        told = [verdict for verdict in verdicts if verdict is not None]
        if told:
            fits.append((row, not any(told)))
        elif nation & (_STATUS | _PERSON) or due or owed:
            unknown += 1
    if not fits:
        return missing("A6", "no_targets")
    met = [row for row, fit in fits if fit]
    behind = [name for row in met or [row for row, _ in fits] for name in (row.provision_id, *row.carried_by)]
    coverage = judged * len(fits) / (len(fits) + unknown)
    return known("A6", len(met) / len(fits), behind, count=len(fits), coverage=coverage)


def _against(nation: set[str], town: set[str], axis: frozenset[str]) -> Verdict:
    ours, theirs = nation & axis, town & axis
    if not ours or not theirs:
        return None
    return not any(one == other or frozenset((one, other)) in _MAY_BE_SAME for one in ours for other in theirs)


def _ends(periods: Periods, provisions: tuple[str, ...]) -> list[float]:
    """Return the last years that provisions name themselves: deadlines, and ends of periods."""
    return [end for name in provisions for _, end in periods.own(name) if end != float("inf")]


def _late(due: list[float], local: list[float]) -> Verdict:
    return min(local) > max(due) if due and local else None


def _owed(codes: set[str]) -> dict[str, int]:
    """Return what each authority owes, the lowest number of each thing."""
    found: dict[str, int] = {}
    for code in codes:
        thing, number, *each = code.split(":")
        if each:
            found[thing] = min(found.get(thing, int(number)), int(number))
    return found


def _counted(codes: set[str]) -> dict[str, int]:
    """Return what the local side counts, the highest number of each thing."""
    found: dict[str, int] = {}
    for code in codes:
        thing, number, *_ = code.split(":")
        found[thing] = max(found.get(thing, 0), int(number))
    return found


def _fewer(owed: dict[str, int], counted: dict[str, int]) -> Verdict:
    both = owed.keys() & counted.keys()
    return any(counted[thing] < owed[thing] for thing in both) if both else None
