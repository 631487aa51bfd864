"""The tree of an index: indicators below groups below one index, of any depth, read from a dict or a tidy table."""

from __future__ import annotations

import difflib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from workbench.errors import ScoreError

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Indicator:
    """How an indicator stands in a nested dict: more is better (`direction` 1) or worse (-1), and its weight."""

    direction: int = 1
    weight: float = 1.0
    denominator: str | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """One indicator or group; `weight` counts among the children of the same parent."""

    code: str
    parent: str | None
    level: int  # 1 = indicators, then up to the index
    direction: int = 1
    weight: float = 1.0
    denominator: str | None = None


@dataclass(frozen=True)
class Structure:
    """A checked tree; `nodes` go from the index down, the indicators last, in the order given."""

    nodes: tuple[Node, ...]

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Every code, the index first."""
        return tuple(node.code for node in self.nodes)

    @cached_property
    def position(self) -> dict[str, int]:
        """Where a code stands in `codes`."""
        return {code: place for place, code in enumerate(self.codes)}

    @cached_property
    def below(self) -> dict[str, tuple[str, ...]]:
        """The children of each group."""
        found: dict[str, list[str]] = {}
        for node in self.nodes:
            if node.parent is not None:
                found.setdefault(node.parent, []).append(node.code)
        return {parent: tuple(children) for parent, children in found.items()}

    @cached_property
    def indicators(self) -> tuple[str, ...]:
        """The codes that are read from the data."""
        return tuple(node.code for node in self.nodes if node.code not in self.below)

    @property
    def root(self) -> str:
        """The code of the index itself."""
        return self.nodes[0].code

    def node(self, code: str) -> Node:
        """Return a node by its code. Raises `ScoreError` with the nearest codes."""
        if code not in self.position:
            raise unknown(code, self.codes)
        return self.nodes[self.position[code]]

    def place_of_group(self, code: str) -> int:
        """Return where a group stands in `codes`. Raises `ScoreError` for an indicator or an unknown code."""
        if code not in self.below:
            raise unknown(code, list(self.below))
        return self.position[code]

    def at(self, level: int) -> tuple[str, ...]:
        """Return the codes of one level."""
        return tuple(node.code for node in self.nodes if node.level == level)

    def ancestors(self, code: str) -> tuple[str, ...]:
        """Return the groups above a node, the nearest first."""
        found = []
        parent = self.node(code).parent
        while parent is not None:
            found.append(parent)
            parent = self.node(parent).parent
        return tuple(found)

    def leaves(self, code: str) -> tuple[str, ...]:
        """Return the indicators below a node (an indicator is its own)."""
        children = self.below.get(code)
        return (code,) if children is None else tuple(leaf for child in children for leaf in self.leaves(child))

    def frame(self) -> pd.DataFrame:
        """Return code, parent, level, direction, weight, one row a node."""
        import pandas as pd

        rows = [(node.code, node.parent, node.level, node.direction, node.weight) for node in self.nodes]
        return pd.DataFrame(rows, columns=["code", "parent", "level", "direction", "weight"])


def unknown(code: object, known: Sequence[str], where: str = "") -> ScoreError:
    """Return the error for a code that nobody knows, with the nearest ones."""
    near = difflib.get_close_matches(str(code), known, n=3) or list(known[:5])
    return ScoreError("composite.unknown", where=where or str(code), code=code, near=", ".join(near))


def read_structure(given: Structure | Mapping[str, Any] | pd.DataFrame) -> Structure:
    """Return the tree that a nested dict or a tidy table describes.

    A dict maps the index to its groups and so on down; a group holds a dict or a list of codes, an indicator in a dict
    has an `Indicator`, a direction (1, -1) or None: `{"Index": {"Health": {"doctors": 1, "deaths": -1},
    "Schools": ["teachers", "books"]}}`. A table has the columns code and parent (missing for the index), and may have
    direction (1, -1), weight, level (1 = indicators) and denominator (a column of the data). Without levels, a group
    stands one above its highest child. Raises `ScoreError` for a circle, a code given twice, a parent that is not
    there, no index or several, an empty group, a direction other than 1 and -1, levels that do not rise.
    """
    if isinstance(given, Structure):
        return given
    rows = _from_dict(given) if isinstance(given, Mapping) else _from_table(given)
    seen: set[str] = set()
    for row in rows:
        if row.code in seen:
            raise ScoreError("composite.twice", where=row.code, code=row.code)
        seen.add(row.code)
    for row in rows:
        if row.parent is not None and row.parent not in seen:
            raise ScoreError("composite.parent", where=row.code, parent=row.parent)
    _check_circle({row.code: row.parent for row in rows})
    roots = [row.code for row in rows if row.parent is None]
    if len(roots) != 1:
        raise ScoreError("composite.roots", where=", ".join(roots), count=len(roots))
    return _ordered(rows)


def _check_circle(parents: Mapping[str, str | None]) -> None:
    for start in parents:
        path = [start]
        while (above := parents[path[-1]]) is not None:
            if above in path:
                circle = [*path[path.index(above) :], above]
                raise ScoreError("composite.circle", where=above, path=" → ".join(circle))
            path.append(above)


def _ordered(rows: list[Node]) -> Structure:
    children: dict[str, list[Node]] = {}
    for row in rows:
        if row.parent is not None:
            children.setdefault(row.parent, []).append(row)
    if len(rows) == 1:
        raise ScoreError("composite.empty", where=rows[0].code)

    def level(row: Node) -> int:
        lowest = 1 + max((level(child) for child in children.get(row.code, [])), default=0)
        if row.level and row.level < lowest:
            raise ScoreError("composite.level", where=row.code, level=row.level, least=lowest)
        return row.level or lowest

    for row in rows:
        if row.direction not in ((1,) if row.code in children else (1, -1)):
            raise ScoreError("composite.direction", where=row.code, value=row.direction)
        if not (math.isfinite(row.weight) and row.weight >= 0):
            raise ScoreError("composite.weight", where=row.code, value=row.weight)
    placed = [replace(row, level=level(row)) for row in rows]
    return Structure(tuple(sorted(placed, key=lambda row: (row.code not in children, -row.level))))


def _from_dict(given: Mapping[str, Any]) -> list[Node]:
    rows: list[Node] = []

    def add(code: str, inside: Any, parent: str | None) -> None:
        if isinstance(inside, Mapping):
            if not inside:
                raise ScoreError("composite.empty", where=code)
            rows.append(Node(code, parent, 0))
            for child, deeper in inside.items():
                add(str(child), deeper, code)
        elif isinstance(inside, Sequence) and not isinstance(inside, str):
            add(code, {str(child): None for child in _once(inside)}, parent)
        else:
            direction: Any = 1 if inside is None else inside
            leaf = inside if isinstance(inside, Indicator) else Indicator(direction)
            rows.append(Node(code, parent, 0, leaf.direction, float(leaf.weight), leaf.denominator))

    for code, inside in given.items():
        add(str(code), inside, None)
    return rows


def _once(codes: Sequence[Any]) -> Sequence[Any]:
    for code in codes:
        if codes.count(code) > 1:
            raise ScoreError("composite.twice", where=str(code), code=code)
    return codes


def _from_table(given: pd.DataFrame) -> list[Node]:
    from workbench.errors import TableError

    for column in ("code", "parent"):
        if column not in given.columns:
            raise TableError("table.column", where="structure", column=column, have=", ".join(map(str, given.columns)))
    rows = []
    for entry in given.to_dict("records"):
        has: dict[str, Any] = {name: value for name, value in entry.items() if not _is_gap(value)}
        if "code" not in has:
            raise ScoreError("composite.nameless", where="structure", parent=has.get("parent", "-"))
        code = str(has["code"])
        number: dict[str, Any] = {}
        for name, standard in (("level", 0), ("direction", 1), ("weight", 1.0)):
            value = has.get(name, standard)
            is_number = not isinstance(value, (str, bool)) and (name == "weight" or math.isfinite(value))
            if not is_number or (name != "weight" and value != int(value)):
                raise ScoreError("composite.number", where=f"{code} · {name}", value=value)
            number[name] = float(value) if name == "weight" else int(value)
        parent = str(has["parent"]) if "parent" in has else None
        rows.append(Node(code, parent, denominator=has.get("denominator"), **number))
    return rows


def _is_gap(value: Any) -> bool:
    import pandas as pd

    return value is None or value is pd.NA or value == "" or (isinstance(value, float) and math.isnan(value))
