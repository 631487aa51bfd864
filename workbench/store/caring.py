"""The part of a project's door for settings and care: what the app remembers, checks, copies, exports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from workbench import messages
from workbench.store import opening, portable, settings
from workbench.store.checking import problems
from workbench.store.engine import Database


class Caring:
    """Methods of `Project`."""

    _database: Database

    def setting(self, key: str, default: Any = None) -> Any:
        """Return what was kept under a key (app state such as language or last step), else the default."""
        with self._database.reading() as connection:
            return settings.get(connection, key, default)

    def settings(self) -> dict[str, Any]:
        """Return all that was kept with `set_setting`, by key."""
        with self._database.reading() as connection:
            return settings.every(connection)

    def set_setting(self, key: str, value: object) -> None:
        """Keep a value under a key. Raises `UsageError` for a value that JSON cannot say."""
        with self._database.writing() as connection:
            settings.put(connection, key, value)

    def check(self, language: str = "en") -> list[str]:
        """Return a sentence for everything that is wrong inside the project; an empty list = all is well."""
        return [messages.text(key, language, **values) for key, values in self._problems()]

    def _problems(self) -> Iterator[tuple[str, dict[str, Any]]]:
        with self._database.reading() as connection:
            yield from problems(connection)

    def backup(self, target: str | Path) -> Path:
        """Copy the project to a new file while others go on working, open the copy, and return its path.

        Raises `StoreError` when the target is there already or the copy is not whole.
        """
        return opening.back_up(self._database, Path(target))

    def export(self, target: str | Path) -> Path:
        """Write the whole project as one ZIP of CSV tables with a JSON schema; see `workbench.store.portable`.

        Raises `StoreError` when the target is there already or cannot be written.
        """
        return portable.export(self._database, Path(target))
