"""What a run over a whole country leaves, and how it is read."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench import model
from workbench.errors import UsageError
from workbench.portfolio.documents import Trouble
from workbench.portfolio.partition import Receipt
from workbench.portfolio.tables import read_table

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Manifest:
    """A run: its partitions with their receipts, what went wrong, and the tables it wrote in `folder`."""

    folder: Path
    program: str  # hash of the code and words the results hang on
    source: str
    nation_key: str
    partitions: int
    receipts: tuple[Receipt, ...]
    result_hash: str
    is_complete: bool
    seconds: float
    troubles: tuple[Trouble, ...]

    @classmethod
    def open(cls, folder: str | Path) -> Manifest:
        """Open what a run left. Raises `UsageError` when there is no manifest, or it cannot be read."""
        place = Path(folder)
        try:
            said = json.loads((place / "manifest.json").read_text(encoding="utf-8"))
            said["receipts"] = tuple(Receipt(**one) for one in said["receipts"])
            said["troubles"] = tuple(Trouble(**one) for one in said["troubles"])
            return cls(folder=place, **said)
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise UsageError("portfolio.manifest", where=str(folder)) from error

    def plain(self) -> dict[str, Any]:
        """Return it as plain values, without the folder it lies in."""
        return {name: value for name, value in asdict(self).items() if name != "folder"}

    def counts(self) -> dict[str, int]:
        """Return how many documents, provisions, links and problems there are."""
        names = ("documents", "provisions", "links", "problems")
        found = {name: sum(getattr(receipt, name) for receipt in self.receipts) for name in names}
        return {**found, "problems": found["problems"] + len(self.troubles)}

    def seconds_by_stage(self) -> dict[str, float]:
        """Return the seconds that all partitions together spent on each stage."""
        stages: dict[str, float] = {}
        for receipt in self.receipts:
            for stage, seconds in receipt.seconds.items():
                stages[stage] = round(stages.get(stage, 0.0) + seconds, 3)
        return stages

    def problems(self) -> pd.DataFrame:
        """Return PORTFOLIO_PROBLEMS: documents left out, partitions that failed, and why."""
        import pandas as pd

        own: list[dict[str, object]] = [
            {
                "partition": "",
                "source": t.source,
                "territory_id": t.territory,
                "key": t.key,
                "what": t.what,
                "todo": t.todo,
            }
            for t in self.troubles
        ]
        parts = [model.PORTFOLIO_PROBLEMS.frame(own), *self._parts("problems")]
        return pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)

    def documents(self) -> pd.DataFrame:
        """Return PORTFOLIO_DOCUMENTS."""
        return self.table("documents")

    def table(
        self,
        name: str,
        columns: list[str] | None = None,
        partitions: Collection[str] | None = None,
        **wanted: Iterable[str],
    ) -> pd.DataFrame:
        """Return one of the tables of the partitions (documents, provisions, codings, links, covers, facts).

        Of all of them, or of those named. `wanted` keeps rows whose column is one of some values:
        `table("covers", territory_id=["pe-piu"])`. Raises `UsageError` where there is no such table.
        """
        folder = self.folder / name
        if not folder.is_dir():
            raise UsageError("portfolio.table", where=name)
        filters = [(column, "in", list(values)) for column, values in wanted.items()] or None
        chosen = None if partitions is None else [folder / f"{part}.parquet" for part in sorted(partitions)]
        if chosen == [] or any(not values for _, _, values in filters or ()):
            return read_table(next(iter(sorted(folder.glob("*.parquet")))), columns).head(0)
        return read_table(folder if chosen is None else chosen, columns, filters)

    def parts_of(self, territory: str) -> frozenset[str]:
        """Return the partitions that hold documents of a territory."""
        return self._parts_by_territory.get(territory, frozenset())

    @cached_property
    def _parts_by_territory(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for path in sorted((self.folder / "documents").glob("*.parquet")):
            for territory in read_table(path, ["territory_id"])["territory_id"].unique():
                found.setdefault(territory, set()).add(path.stem)
        return {territory: frozenset(parts) for territory, parts in found.items()}

    def national(self, name: str = "provisions") -> pd.DataFrame:
        """Return a table of the national side: provisions, codings or commitments."""
        return read_table(self.folder / "nation" / f"{name}.parquet")

    def estimates(self) -> pd.DataFrame:
        """Return ESTIMATES, a row a territory, those without documents too."""
        return self._gathered("estimates")

    def commitments(self) -> pd.DataFrame:
        """Return a row a national commitment: in how many territories it is likely taken up."""
        return self._gathered("commitments")

    def covers(self) -> pd.DataFrame:
        """Return COVERS of all territories: for each commitment the likest local provision, and how likely."""
        return self._gathered("covers")

    def _gathered(self, name: str) -> pd.DataFrame:
        path = self.folder / "gathered" / f"{name}.parquet"
        if not path.is_file():
            raise UsageError("portfolio.table", where=name)
        return read_table(path)

    def _parts(self, name: str) -> list[pd.DataFrame]:
        folder = self.folder / name
        return [read_table(folder)] if folder.is_dir() and any(folder.glob("*.parquet")) else []
