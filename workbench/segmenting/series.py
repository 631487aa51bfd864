"""Which openings are provisions of this document: the numbering as a whole decides."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from workbench.segmenting.lines import Line
from workbench.segmenting.markers import Opening
from workbench.segmenting.numbers import CODED
from workbench.segmenting.provisions import has_verb

DENSE_RUN = 5  # openings in a row with nothing between them that make a list of contents
DENSE_LINES = 1  # lines from one to the next in such a list: its title at most
SPARSE = 0.4  # share of its range below which a run does not count like a law
AGAIN = 3  # numbers in a row, from 1, that make a second text of its own (a regulation that the first approves)
SCATTERED = 0.5  # share of its range that a run of references fills less of
JUMP = 12  # numbers skipped at once that make the rest of a numbering doubtful
LATEST_START = 5  # a numbering that begins above this is a list of references


@dataclass(frozen=True, slots=True)
class Candidate:
    """An opening with its line, and the parts that began since the one before."""

    place: int  # index of the line
    opening: Opening
    after_part: bool  # a part began since the candidate before
    after_restart: bool  # that part was an annex, a schedule or the like
    is_quoted: bool

    @property
    def key(self) -> tuple[int, ...]:
        return self.opening.number.key


@dataclass(frozen=True, slots=True)
class Choice:
    """What became of the candidates of one numbering."""

    taken: tuple[Candidate, ...]
    quoted: tuple[Candidate, ...]
    contents: tuple[Candidate, ...]
    set_aside: tuple[Candidate, ...]
    scopes: tuple[tuple[int, ...], ...]  # places of the taken ones, a tuple for each run of numbers


def choose(candidates: list[Candidate], lines: list[Line]) -> Choice:
    """Return which candidates of one numbering are provisions.

    Lists of contents and quotations go out first. Then, between two restarts, the longest rising
    run of numbers stays; what falls out of it comes back when it fills a gap (mixed columns) or
    was marked as a heading by the file itself.
    """
    contents = _contents(candidates, lines)
    left = [one for one in candidates if one.place not in contents]
    left = _drop_plain(left)
    own = [one for one in left if not one.is_quoted]
    taken: list[Candidate] = []
    scopes: list[tuple[int, ...]] = []
    for scope in _scopes(own):
        rising = _without_jump(_rising(scope))
        if _is_sparse(rising) and len(counted := _counted(scope)) > 1:
            rising = counted  # an amending law of few articles, among the many it quotes
        inside = {one.place for one in rising}
        keys = {one.key for one in rising}
        for one in scope:
            fills = (
                one.key not in keys
                and rising
                and rising[0].key < one.key < rising[-1].key
                and one.opening.strength != "weak"
            )
            if one.place not in inside and (fills or one.opening.strength == "heading"):
                inside.add(one.place)
                keys.add(one.key)
        kept = [one for one in scope if one.place in inside]
        taken.extend(kept)
        if kept:
            scopes.append(tuple(one.place for one in kept))
    taken = _rescue(taken, [one for one in left if one.is_quoted and not one.opening.is_quoted])
    places = {one.place for one in taken}
    return Choice(
        taken=tuple(taken),
        quoted=tuple(one for one in left if one.is_quoted and one.place not in places),
        contents=tuple(one for one in candidates if one.place in contents),
        set_aside=tuple(
            one for one in candidates if one.place not in places and one.place not in contents and not one.is_quoted
        ),
        scopes=tuple(scopes),
    )


def is_numbering(choice: Choice) -> bool:
    """Tell whether what was taken counts like a law (1, 2, 3 …) and not like a list of references."""
    first = [one.key[0] for one in choice.taken]
    if not first:
        return False
    distinct = set(first)
    if any(one.opening.strength == "heading" for one in choice.taken):
        return len(choice.taken) >= 2 or min(distinct) == 1
    if min(distinct) >= CODED:  # "L. 121-3": books of a code, each with numbers far apart
        return len(choice.taken) >= 3
    if min(distinct) > LATEST_START:
        return False
    weak = sum(one.opening.strength == "weak" for one in choice.taken)
    if weak > len(choice.taken) / 2 and (len(choice.taken) < 3 or min(distinct) > 1):
        return False
    return len(distinct) >= SPARSE * (max(distinct) - min(distinct) + 1)


def _contents(candidates: list[Candidate], lines: list[Line]) -> set[int]:
    found = {one.place for one in candidates if lines[one.place].is_contents}
    last = {one.key: one for one in candidates}
    run: list[Candidate] = []

    def close() -> None:
        again = [one for one in run if last[one.key].place > run[-1].place]
        same = sum(_title(one) == _title(last[one.key]) for one in again)
        if sum(has_verb(one.opening.rest) for one in run) > len(run) / 4:
            return  # articles of one sentence each, not their titles
        if (len(run) >= DENSE_RUN and len(again) >= 0.6 * len(run)) or (3 <= len(run) == len(again) == same):
            found.update(one.place for one in again)

    for one in candidates:
        if run and (one.key <= run[-1].key or _has_body(lines[run[-1].place + 1 : one.place])):
            close()
            run = []
        run.append(one)
    close()
    return found


def _title(one: Candidate) -> str:
    return " ".join(one.opening.rest.lower().split())[:20]


def _has_body(between: list[Line]) -> bool:
    """Tell whether the lines between two openings hold text of the law, more than a title."""
    return len(between) > DENSE_LINES or any(line.text.rstrip().endswith((".", ";", ":")) for line in between)


def _drop_plain(candidates: list[Candidate]) -> list[Candidate]:
    """Leave out plain lines where the file itself marks nearly all articles as headings."""
    marked = sum(one.opening.strength == "heading" for one in candidates)
    if marked >= 3 and marked >= 0.8 * len(candidates):
        return [one for one in candidates if one.opening.strength == "heading"]
    return candidates


def _scopes(candidates: list[Candidate]) -> list[list[Candidate]]:
    """Divide candidates where the numbers begin again under a new part."""
    scopes: list[list[Candidate]] = []
    highest: tuple[int, ...] = ()
    after_part = after_restart = False
    for index, one in enumerate(candidates):
        after_part = after_part or one.after_part
        after_restart = after_restart or one.after_restart
        begins = one.key[-1] == 1 or (scopes and scopes[-1] and one.key <= scopes[-1][0].key)
        if (
            not scopes
            or (after_restart and one.key <= highest)
            or (after_part and begins and one.key <= highest)
            or (len(scopes[-1]) >= AGAIN and one.key <= highest and _begins_again(candidates, index))
        ):
            scopes.append([])
            highest = ()
        scopes[-1].append(one)
        highest = max(highest, one.key)
        after_part = after_restart = False
    return scopes


def _begins_again(candidates: list[Candidate], index: int) -> bool:
    """Tell whether a count from 1 begins here, marked like articles, and is no list that stops at once."""
    following = candidates[index : index + AGAIN]
    return (
        len(following) == AGAIN
        and [one.key for one in following] == [(number,) for number in range(1, AGAIN + 1)]
        and all(one.opening.strength != "weak" for one in following)
    )


def _rising(scope: list[Candidate]) -> list[Candidate]:
    """Return the longest strictly rising run of numbers, the earliest of equal ones (patience sorting)."""
    tails: list[tuple[int, ...]] = []
    ends: list[int] = []
    before: list[int] = []
    for index, one in enumerate(scope):
        slot = bisect_left(tails, one.key)
        before.append(ends[slot - 1] if slot else -1)
        if slot == len(tails):
            tails.append(one.key)
            ends.append(index)
        elif one.key < tails[slot]:
            tails[slot] = one.key
            ends[slot] = index
    chain: list[Candidate] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        chain.append(scope[at])
        at = before[at]
    return chain[::-1]


def _without_jump(rising: list[Candidate]) -> list[Candidate]:
    """Cut off numbers far above the others: articles of another law, cited or quoted at line starts."""
    end = _dense_start(rising)
    for index in range(len(rising) - 1, 0, -1):
        if rising[index].opening.strength == "heading" or rising[index].key[0] >= CODED:
            break
        if end - index > max(2, index // 10):
            break
        if rising[index].key[0] - rising[index - 1].key[0] > JUMP:
            end = index
    return rising[:end]


def _is_sparse(rising: list[Candidate]) -> bool:
    numbers = {one.key[0] for one in rising}
    return bool(numbers) and max(numbers) < CODED and len(numbers) < SPARSE * (max(numbers) - min(numbers) + 1)


def _counted(scope: list[Candidate]) -> list[Candidate]:
    """Return the longest run 1, 2, 3 … in order, nothing skipped, the earliest of equal ones."""
    length: dict[int, int] = {}
    before: dict[int, int] = {}
    last: dict[int, int] = {}  # number → candidate that ends the longest run there
    for index, one in enumerate(scope):
        number = one.key[0]
        if len(one.key) > 1 or one.opening.strength == "weak" or (number != 1 and number - 1 not in last):
            continue
        length[index] = 1 if number == 1 else length[last[number - 1]] + 1
        before[index] = -1 if number == 1 else last[number - 1]
        last.setdefault(number, index)
    at = max(length, key=lambda index: (length[index], -index), default=-1)
    run: list[Candidate] = []
    while at >= 0:
        run.append(scope[at])
        at = before[at]
    return run[::-1]


def _dense_start(rising: list[Candidate]) -> int:
    """Return where a close count from 1 ends and a few scattered numbers far above it begin; else the length."""
    for index in range(3, len(rising)):
        low, high = rising[index - 1].key[0], rising[index].key[0]
        if low > index + 2 or rising[0].key[0] != 1:
            break  # no close count any more
        if high - low <= JUMP or high >= CODED:
            continue
        tail = {one.key[0] for one in rising[index:]}
        is_scattered = len(tail) < SCATTERED * (max(tail) - min(tail) + 1) or len(tail) < 3
        if is_scattered:
            if any(one.opening.strength == "heading" for one in rising[index:]):
                break
            return index
    return len(rising)


def _rescue(taken: list[Candidate], quoted: list[Candidate]) -> list[Candidate]:
    """Take back openings inside a quotation that continue our own count exactly.

    In a scan with mixed columns a quotation of the one column swallows headings of the other.
    """
    have = {one.key for one in taken}
    found: list[Candidate] = []
    waiting = {one.place for one in quoted}
    for one in sorted([*taken, *quoted], key=lambda other: other.place):
        if one.place in waiting:
            if not found or one.key in have or one.key != (found[-1].key[0] + 1,):
                continue
            have.add(one.key)
        found.append(one)
    return found
