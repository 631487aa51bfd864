"""What can go wrong, said so that a person can act on it.

WorkbenchError
├── ReadError       a file cannot be read (empty, encrypted, damaged, no text, too large, unknown kind)
├── TableError      a table handed to a stage lacks a column or holds a value outside its range
├── StoreError      a project cannot be opened, created or changed
│   ├── ForeignProject   the file is not a project of this program
│   ├── NewerProject     the project was written by a newer version of this program
│   └── StaleWrite       somebody saved a newer version in the meantime
├── EncoderError    a model folder or package is missing, or not what it should be
├── ScoreError      a score cannot be worked out as asked
├── PublishError    a report or a site cannot be made
└── UsageError      a name or option that does not exist, with the nearest valid ones

Texts live in the catalogues under `error.<key>.what` and `error.<key>.todo`, so that the
interface says them in the reader's language and the log in English.
"""

from __future__ import annotations

from workbench import messages


class WorkbenchError(Exception):
    """An error that says what was wrong, where, and what to do.

    `key` names the texts in the catalogues, `where` the file, table row or option concerned,
    `values` what is filled into the texts, which may name `where` too.
    """

    def __init__(self, key: str, *, where: str = "", **values: object) -> None:
        self.key = key
        self.where = where
        self.values = values
        super().__init__(key)

    def what(self, language: str = "en") -> str:
        """Say what was wrong."""
        return messages.text(f"error.{self.key}.what", language, **{"where": self.where, **self.values})

    def todo(self, language: str = "en") -> str:
        """Say what to do about it."""
        return messages.text(f"error.{self.key}.todo", language, **{"where": self.where, **self.values})

    def sentence(self, language: str = "en") -> str:
        """Say all of it in one line: where, what was wrong, what to do."""
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.what(language)} {self.todo(language)}"

    def __str__(self) -> str:
        return self.sentence()

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross process borders (uploads are parsed in a process of their own).
        return (_rebuild, (type(self), self.key, self.where, self.values))


def _rebuild(kind: type[WorkbenchError], key: str, where: str, values: dict[str, object]) -> WorkbenchError:
    return kind(key, where=where, **values)


class ReadError(WorkbenchError):
    """A file cannot be read."""


class TableError(WorkbenchError):
    """A table handed to a stage is not of the declared form."""


class StoreError(WorkbenchError):
    """A project cannot be opened, created or changed."""


class ForeignProject(StoreError):
    """The file is not a project of this program."""


class NewerProject(StoreError):
    """The project was written by a newer version of this program."""


class StaleWrite(StoreError):
    """Somebody saved a newer version in the meantime; both values are in `values`."""


class EncoderError(WorkbenchError):
    """A model that turns texts into vectors cannot be used."""


class ScoreError(WorkbenchError):
    """A score cannot be worked out as asked."""


class PublishError(WorkbenchError):
    """A report or a site cannot be made."""


class UsageError(WorkbenchError):
    """A name or option that does not exist."""
