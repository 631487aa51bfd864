"""What is analysed: a function from many settings at once to many outputs, with the steps that it has."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from workbench.errors import ScoreError

Settings = Mapping[str, np.ndarray]


@dataclass(frozen=True, slots=True)
class Model:
    """An index as a function of its factors.

    `run` gets a dict of factor name → values, one a run (of a weight vector: runs × weights), and returns an array
    (runs) or (runs × outputs), or a DataFrame whose columns are the outputs. It must not change what it gets.
    `steps` are the steps that the index has, e.g. ("normalise", "weights", "aggregate"); a factor of another step is
    refused; None = not said. `outputs` names the outputs, () = the DataFrame's columns, or 'y' of one, else numbers.
    """

    run: Callable[[dict[str, np.ndarray]], Any]
    steps: tuple[str, ...] | None = None
    outputs: tuple[str, ...] = ()


def each(function: Callable[..., Any]) -> Callable[[dict[str, np.ndarray]], np.ndarray]:
    """Make a function of one setting (its factors as named arguments) one of many, run by run."""

    def run(settings: dict[str, np.ndarray]) -> np.ndarray:
        count = len(next(iter(settings.values())))
        return np.array([function(**{name: drawn[n] for name, drawn in settings.items()}) for n in range(count)])

    return run


class Runner:
    """Runs a model, and sees to it that every block of runs has the same outputs.

    `names` is empty until the first block has run.
    """

    def __init__(
        self,
        model: Model | Callable[[dict[str, np.ndarray]], Any],
        *,
        total: int,
        progress: Callable[[int, int], None] | None,
        cancel: Callable[[], bool] | None,
    ) -> None:
        self.model = model if isinstance(model, Model) else Model(model)
        self.names: tuple[str, ...] = self.model.outputs
        self._total, self._done = total, 0
        self._progress, self._cancel = progress, cancel

    def run(self, settings: Settings) -> np.ndarray:
        """Return the outputs of some settings as floats (runs × outputs); what is not finite is NaN.

        Raises `ScoreError` when the model returns another number of runs or outputs, and when `cancel` says so.
        """
        if self._cancel is not None and self._cancel():
            raise ScoreError("sensitivity.cancelled", done=self._done, total=self._total)
        found = self.model.run(dict(settings))
        count = len(next(iter(settings.values())))
        columns = getattr(found, "columns", None)
        values = np.asarray(found, dtype=float)
        values = values[:, None] if values.ndim == 1 else values
        if values.ndim != 2 or len(values) != count:
            raise ScoreError("sensitivity.runs", found=str(values.shape), n=count)
        self.names = self.names or _named(columns, values.shape[1])
        if values.shape[1] != len(self.names):
            raise ScoreError("sensitivity.outputs", found=values.shape[1], n=len(self.names))
        self._done += count
        if self._progress is not None:
            self._progress(self._done, self._total)
        return np.where(np.isfinite(values), values, np.nan)


def _named(columns: Sequence[object] | None, count: int) -> tuple[str, ...]:
    if columns is not None:
        return tuple(map(str, columns))
    return ("y",) if count == 1 else tuple(map(str, range(count)))
