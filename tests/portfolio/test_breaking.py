"""A disk that is full and a cluster that is lost are said and counted; the rest is right, and the run goes on."""

from __future__ import annotations

import random
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from distributed import Client

from countries import go
from workbench import portfolio
from workbench.errors import WorkbenchError

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bench"))
from _cluster import cluster


@contextmanager
def short_of_room(kind: str, folder: Path) -> Iterator[None]:
    """Make a folder one in which no large file can be written, until the end."""
    if kind == "limit":
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        return
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=140k", "tmpfs", str(folder)]
    try:
        done = subprocess.run(mount, capture_output=True)
    except FileNotFoundError:
        pytest.skip("there is no mount on this system")
    if done.returncode:
        pytest.skip("no file system may be mounted here")
    try:
        yield
        subprocess.run(["mount", "-o", "remount,size=4m", str(folder)], check=True)
    except BaseException:
        subprocess.run(["umount", str(folder)], check=True)
        raise


@pytest.mark.skipif(sys.platform != "linux", reason="needs limits and mounts of Linux")
@pytest.mark.parametrize("kind", ["limit", "disk"])
def test_a_full_disk_is_said_and_counted_and_the_run_goes_on_when_there_is_room(country, kind):
    drawn = random.Random(1)
    noise = " ".join(f"{drawn.getrandbits(64):x}" for _ in range(4_000))  # does not become small when packed
    text = f"# Plan\n\n## Article 1\n\nThe town {noise}\n"
    (country / "towns" / "centro" / "zoning.md").write_text(text, "utf-8")
    whole = go(country, "whole")
    with short_of_room(kind, country / "out"):
        with pytest.raises(WorkbenchError) as told:
            go(country, "out", workers=1 if kind == "limit" else 2)
        assert told.value.key == "portfolio.disk_stopped"
        assert 0 < told.value.values["done"] < told.value.values["total"] == whole.partitions
        assert f"{told.value.values['done']} of {whole.partitions} parts are finished" in str(told.value)
        # Nothing is left half written, and what is there is right.
        assert not list((country / "out").rglob(".*"))
        hashes = {receipt.id: receipt.hashes for receipt in whole.receipts}
        left = [path.stem for path in (country / "out" / "receipts").iterdir()]
        assert len(left) == told.value.values["done"]
        for name in left:
            for table in hashes[name]:
                file = f"{table}/{name}.parquet"
                assert (country / "out" / file).read_bytes() == (country / "whole" / file).read_bytes()
    try:
        rest = go(country, "out")
        assert rest.is_complete
        assert rest.result_hash == whole.result_hash
        assert sum(receipt.is_reused for receipt in rest.receipts) == told.value.values["done"]
    finally:
        if kind == "disk":
            subprocess.run(["umount", str(country / "out")], check=True)


def test_a_cluster_of_two_gives_the_same_and_one_that_is_lost_is_said_and_made_up_for(country):
    for number in range(20):
        folder = country / "towns" / "alto" / str(number)
        folder.mkdir()
        (folder / "plan.md").write_text(
            f"# Plan\n\n## Article 1\n\nThe town opens clinic {number} for migrants.\n", "utf-8"
        )
    whole = go(country, "whole")
    assert whole.partitions > 12
    with cluster(country, 2) as (address, running):
        run = go(country, "spread", cluster=address)
        assert run.is_complete
        assert run.result_hash == whole.result_hash
        # A client that somebody has open already does as well, stays open, and keeps to its own settings.
        with Client(address, set_as_default=False) as client:
            assert go(country, "held", cluster=client).result_hash == whole.result_hash
            assert client.status == "running"
            few = go(country, "few", cluster=client, stop=lambda: bool(list((country / "few" / "receipts").glob("*"))))
        assert not few.is_complete
        assert 0 < len(few.receipts) < few.partitions
        assert go(country, "few").result_hash == whole.result_hash

        def lose_it(progress: portfolio.Progress) -> None:
            if progress.done == 2:
                running[0].kill()

        with pytest.raises(WorkbenchError) as told:
            go(country, "out", cluster=address, report=lose_it)
    assert told.value.key == "portfolio.cluster_lost"
    assert 2 <= told.value.values["done"] < told.value.values["total"] == whole.partitions
    kept = portfolio.Manifest.open(country / "out")
    assert not kept.is_complete
    assert list(kept.problems()["key"]) == ["portfolio.cluster_lost"]
    rest = go(country, "out")
    assert rest.is_complete
    assert rest.problems().empty
    assert rest.result_hash == whole.result_hash
    assert sum(receipt.is_reused for receipt in rest.receipts) >= told.value.values["done"]
    with pytest.raises(WorkbenchError) as told:
        go(country, "lost", cluster=address)
    assert told.value.key == "portfolio.cluster"
