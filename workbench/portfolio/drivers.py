"""Three thin ways to work partitions off: one after another, in processes, on a Dask cluster. Receipts come back."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from workbench.errors import UsageError, WorkbenchError
from workbench.portfolio.partition import Receipt, Task, failed, work

Stop = Callable[[], bool]
_BREAKS = 3  # times that a partition may end the process it runs in before it counts as unreadable
_AHEAD = 4  # tasks a Dask worker is given at a time: a cancelled run has few on their way
_CONNECT = "10s"  # that a scheduler may take to answer
_WAIT = 0.5  # seconds between two looks at whether to stop


def serial(tasks: Sequence[Task], stop: Stop) -> Iterator[Receipt]:
    """Work the tasks off in this process."""
    for task in tasks:
        if stop():
            return
        yield work(task)


def processes(tasks: Sequence[Task], stop: Stop, workers: int) -> Iterator[Receipt]:
    """Work the tasks off in a pool of processes; one that is killed is replaced, its task tried again."""
    from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    waiting = list(tasks)
    breaks = dict.fromkeys((task.division.id for task in tasks), 0)
    width = workers
    while waiting and not stop():
        again: list[Task] = []
        with ProcessPoolExecutor(width, mp_context=get_context("spawn"), initializer=alone) as pool:
            # Few at a time: a broken pool takes all that were handed to it along.
            queue = iter(waiting)
            running: dict[Any, Task] = {}
            try:
                while True:
                    while len(running) < width + 1 and not stop() and (task := next(queue, None)) is not None:
                        running[pool.submit(work, task)] = task
                    if not running:
                        break
                    for future in wait(running, timeout=_WAIT, return_when=FIRST_COMPLETED).done:
                        receipt = future.result()
                        running.pop(future)
                        yield receipt
            except BrokenProcessPool:
                for future, task in running.items():
                    if future.done() and future.exception() is None:
                        yield future.result()
                    else:
                        breaks[task.division.id] += 1
                        again.append(task)
            finally:
                pool.shutdown(wait=True, cancel_futures=True)
            waiting = again + list(queue) if not stop() else []
        if again:
            # What broke a pool twice runs alone, so that it is known which of several did it.
            suspects = [task for task in again if breaks[task.division.id] >= _BREAKS]
            for task in suspects:
                yield failed(task, WorkbenchError("portfolio.killed"))
            waiting = [task for task in waiting if task not in suspects]
            width = 1 if any(breaks[task.division.id] > 1 for task in again) else workers
        else:
            width = workers


def cluster(tasks: Sequence[Task], stop: Stop, client: Any) -> Iterator[Receipt]:
    """Work the tasks off on a Dask cluster: the address of its scheduler, or a `dask.distributed.Client`.

    Its workers need this program in the same version, and the folders of the run under the same paths.
    Raises `WorkbenchError`: `portfolio.cluster` when it cannot be reached, `portfolio.cluster_lost` on the way.
    """
    try:
        from dask import config
        from distributed import Client
        from distributed.comm.core import CommClosedError
    except ImportError as error:
        raise UsageError("portfolio.extra", where="distributed") from error
    where = client if isinstance(client, str) else str(getattr(client.scheduler, "address", client))
    if isinstance(client, str) and "://" not in client:
        raise WorkbenchError("portfolio.cluster", where=where, reason="tcp://…:8786")
    own, done = None, 0
    lost = (OSError, TimeoutError, CommClosedError)
    with config.set({"distributed.comm.timeouts.connect": _CONNECT}):
        try:
            if isinstance(client, str):
                client = own = Client(client, timeout=_CONNECT, set_as_default=False)
            width = max(1, sum(client.ncores().values())) * _AHEAD
        except lost as error:
            raise WorkbenchError("portfolio.cluster", where=where, reason=_reason(error)) from error
        try:
            for receipt in _handed_out(tasks, stop, client, width):
                done += 1
                yield receipt
        except lost as error:
            told = {"reason": _reason(error), "done": done, "total": len(tasks)}
            raise WorkbenchError("portfolio.cluster_lost", where=where, **told) from error
        finally:
            if own is not None:
                own.close(timeout=_CONNECT)


def _handed_out(tasks: Sequence[Task], stop: Stop, client: Any, width: int) -> Iterator[Receipt]:
    """Give `width` tasks to the cluster at a time, yield what comes back."""
    from distributed import as_completed

    queue = iter(tasks)
    running = as_completed(loop=client.loop)
    on_way: dict[str, Task] = {}

    def hand_out() -> bool:
        task = None if stop() else next(queue, None)
        if task is None:
            return False
        future = client.submit(work, task, key=f"partition-{task.division.id}-{task.key}", pure=False, retries=2)
        on_way[future.key] = task
        running.add(future)
        return True

    while len(on_way) < width and hand_out():
        pass
    while on_way:
        future = next(running)
        task = on_way.pop(future.key)
        yield _result(future, task)
        future.release()
        hand_out()


def _reason(error: BaseException) -> str:
    return (str(error) or type(error).__name__)[:200]


def _result(future: Any, task: Task) -> Receipt:
    from distributed.scheduler import KilledWorker

    if future.status == "cancelled":
        raise TimeoutError
    try:
        return future.result()
    except KilledWorker:
        return failed(task, WorkbenchError("portfolio.killed"))


def alone() -> None:
    """Keep the libraries of a worker to one thread: the workers are the threads."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "ARROW_NUM_THREADS"):
        os.environ[name] = "1"
