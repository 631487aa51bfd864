"""A country is worked off once, the same by every driver, and goes on after anything that breaks."""

from __future__ import annotations

import gzip
import json
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress

import fsspec
import pandas as pd
import psutil
import pytest
from fsspec.implementations.memory import MemoryFileSystem

from countries import SMALL, go
from workbench import portfolio
from workbench.errors import TableError, UsageError
from workbench.portfolio.territories import read_territories


def test_every_document_becomes_provisions_codings_links_and_an_estimate(country):
    run = go(country, "out")
    assert run.is_complete
    assert run.counts()["documents"] == 5
    assert run.counts()["provisions"] == 10
    assert run.problems().empty
    estimates = run.estimates().set_index("territory_id")
    assert list(estimates.index) == [*("alto", "bajo", "centro", "dorado", "este"), "feria"]
    assert estimates.loc["feria", "provisions"] == 0
    assert pd.isna(estimates.loc["feria", "A"])  # nothing to measure is missing, never 0
    assert 0 <= estimates.loc["alto", "A_low"] < estimates.loc["alto", "A"] < estimates.loc["alto", "A_high"] <= 1
    # Two of the three articles that ask towns for something are met in Centro, one in Alto.
    assert estimates.loc["centro", "A"] > estimates.loc["alto", "A"]
    assert set(run.documents()["date"]) == {"2019-03-01", "2021-05-01", "2020-01-15", "2018-07-01", ""}


def test_an_estimate_is_the_weighted_mean_of_the_probabilities_of_the_likest_provisions(country):
    run = go(country, "out")
    asked = run.national("commitments").query("calls_for_local == 'yes'")
    covers = run.covers().query("territory_id == 'alto'").set_index("commitment_id")["probability"]
    weights = dict(zip(asked["id"], asked["importance"], strict=True))
    by_hand = sum(weights[name] * covers.get(name, 0.0) for name in weights) / sum(weights.values())
    spread = sum((weights[n] * 1.6448536) ** 2 * covers.get(n, 0.0) * (1 - covers.get(n, 0.0)) for n in weights) ** 0.5
    alto = run.estimates().set_index("territory_id").loc["alto"]
    assert alto["A"] == pytest.approx(by_hand)
    assert alto["A_high"] == pytest.approx(min(1, by_hand + spread / sum(weights.values())))
    commitments = run.commitments().set_index("commitment_id")
    every = run.covers().groupby("commitment_id")["probability"].sum()
    assert commitments.loc[asked["id"].iloc[0], "expected"] == pytest.approx(every[asked["id"].iloc[0]], abs=1e-4)
    assert set(commitments["territories"]) == {5}


def test_processes_and_one_process_give_the_same_bytes(country):
    alone, many = go(country, "alone"), go(country, "many", workers=2)
    assert alone.result_hash == many.result_hash
    assert [one.hashes for one in alone.receipts] == [one.hashes for one in many.receipts]


def test_what_is_done_is_not_done_again_and_a_changed_document_costs_its_partition_only(country):
    first = go(country, "out")
    again = go(country, "out")
    assert all(receipt.is_reused for receipt in again.receipts)
    assert again.result_hash == first.result_hash
    plan = country / "towns" / "bajo" / "plan.md"
    plan.write_text(plan.read_text("utf-8") + "\n## Article 3. Language\nThe town offers language courses.\n", "utf-8")
    third = go(country, "out")
    fresh = [receipt for receipt in third.receipts if not receipt.is_reused]
    assert len(fresh) == 1
    assert third.estimates().set_index("territory_id").loc["bajo", "provisions"] == 3
    # Options are part of the key: another number of links is another result.
    assert not any(receipt.is_reused for receipt in go(country, "out", top=3).receipts)


def test_a_document_that_goes_away_leaves_no_ghost(country):
    go(country, "out")
    (country / "towns" / "este" / "plan.md").unlink()
    run = go(country, "out")
    assert "este" not in set(run.documents()["territory_id"])
    assert run.counts()["documents"] == 4


def test_bad_documents_are_told_and_the_rest_is_right(country):
    good = go(country, "good").estimates()
    towns = country / "towns"
    (towns / "alto" / "empty.txt").write_bytes(b"")
    (towns / "alto" / "broken.pdf").write_bytes(b"%PDF-1.7 nothing else")
    (towns / "nowhere").mkdir()
    (towns / "nowhere" / "plan.md").write_text("# Plan\n\nA plan of nobody.", "utf-8")
    (towns / "loose.md").write_text("# Plan\n\nA plan that says not whose it is.", "utf-8")
    lines = ["not json", json.dumps({"id": "x", "territory": "alto"}), json.dumps({"text": "T", "id": "y"})]
    (towns / "lines.jsonl").write_text("\n".join(lines), "utf-8")
    with (country / "territories.csv").open("a", encoding="utf-8") as table:
        table.write("\nalto,Alto again,local,,,")
    run = go(country, "out")
    problems = run.problems()
    keys = sorted(problems["key"])
    assert keys.count("portfolio.line") == 2
    assert keys.count("portfolio.no_territory") == 2
    assert keys.count("portfolio.unknown_territory") == 1
    assert keys.count("portfolio.twice") == 1
    assert sum(key.startswith("read.") for key in keys) == 2
    assert all(problems["todo"].str.len() > 10)
    pd.testing.assert_frame_equal(run.estimates(), good)


def test_a_partition_that_cannot_be_read_is_told_and_tried_again(country):
    rows = pd.DataFrame(
        {"id": ["p1"], "document_id": ["d"], "territory": ["alto"], "text": ["Centre."], "language": "en"}
    )
    path = country / "towns" / "rows.parquet"
    rows.to_parquet(path, index=False)
    good = go(country, "good")
    assert "d" in set(good.documents()["id"])
    whole = path.read_bytes()
    path.write_bytes(whole[:4] + bytes(60) + whole[64:])
    run = go(country, "out")
    assert not run.is_complete
    assert "portfolio.partition" in set(run.problems()["key"])
    assert run.counts()["documents"] == 5
    path.write_bytes(whole)
    mended = go(country, "out")
    assert mended.is_complete
    assert mended.result_hash == good.result_hash


def test_a_run_that_is_stopped_keeps_what_is_done(country):
    done: list[int] = []
    stopped = go(country, "out", report=lambda progress: done.append(progress.done), stop=lambda: len(done) >= 2)
    assert not stopped.is_complete
    assert len(stopped.receipts) == 2
    rest = go(country, "out")
    assert rest.is_complete
    assert sum(receipt.is_reused for receipt in rest.receipts) == 2


def test_workers_that_are_killed_change_no_result(country):
    whole = go(country, "whole")
    killed: list[int] = []

    def kill_one() -> None:
        own = psutil.Process()
        receipts = country / "out" / "receipts"
        while not killed:
            with suppress(psutil.Error):  # one that has just ended
                workers = [child for child in own.children() if "spawn_main" in " ".join(child.cmdline())]
                if workers and list(receipts.glob("*.json")):
                    workers[0].send_signal(signal.SIGKILL)
                    killed.append(workers[0].pid)
            time.sleep(0.01)

    hunter = threading.Thread(target=kill_one, daemon=True)
    hunter.start()
    run = go(country, "out", workers=2)
    hunter.join(1)
    assert run.is_complete
    assert run.result_hash == whole.result_hash


def test_a_run_that_is_killed_goes_on_where_it_was(country):
    whole = go(country, "whole")
    code = (
        "import sys; from workbench import portfolio; "
        "portfolio.run(sys.argv[1] + '/towns', sys.argv[1] + '/national', sys.argv[1] + '/out', language='en', "
        f"workers=1, partition_bytes={SMALL}, territories=sys.argv[1] + '/territories.csv')"
    )
    child = subprocess.Popen([sys.executable, "-c", code, str(country)])
    receipts = country / "out" / "receipts"
    while not list(receipts.glob("*.json")) and child.poll() is None:
        time.sleep(0.005)
    child.kill()
    child.wait()
    kept = len(list(receipts.glob("*.json")))
    run = go(country, "out")
    assert sum(receipt.is_reused for receipt in run.receipts) >= kept - 1 >= 0
    assert run.result_hash == whole.result_hash


def _cut_short(towns):
    lines = [json.dumps({"id": str(n), "territory": "alto", "text": f"The town helps {n * 7919}."}) for n in range(900)]
    packed = gzip.compress("\n".join(lines).encode())
    (towns / "bad.jsonl.gz").write_bytes(packed[: len(packed) // 2])


SPOILING = {
    "a packed file that ends too early": _cut_short,
    "a packed file that is none": lambda towns: (towns / "bad.jsonl.gz").write_bytes(b"not packed"),
    "a table that is none": lambda towns: (towns / "bad.parquet").write_bytes(b"no table at all"),
    "an empty table": lambda towns: (towns / "bad.parquet").write_bytes(b""),
    "a link to nothing": lambda towns: (towns / "alto" / "bad.md").symlink_to("nowhere.md"),
    "a link to itself": lambda towns: (towns / "bad.md").symlink_to("bad.md"),
    "a link to the whole": lambda towns: (towns / "alto" / "bad").symlink_to(towns),
}


@pytest.mark.parametrize("spoil", SPOILING.values(), ids=SPOILING.keys())
def test_a_file_that_cannot_be_looked_through_is_said_and_the_rest_is_right(country, spoil):
    whole = go(country, "whole")
    spoil(country / "towns")
    run = go(country, "out")
    assert list(run.problems()["key"]) == ["portfolio.unread"]
    assert run.problems()["source"].iloc[0].split("/")[-1].startswith("bad")
    assert run.counts()["problems"] == 1
    assert run.result_hash == whole.result_hash


@pytest.fixture
def bucket(country):
    """A file system at an address, with the towns in it; after `lose()` it answers as one whose server is gone."""
    memory = fsspec.filesystem("memory")
    for path in (country / "towns").rglob("*.md"):
        memory.pipe_file(f"/all/{path.relative_to(country / 'towns')}", path.read_bytes())
    before = MemoryFileSystem.cat_file

    class Gone(Exception):
        pass

    def cat_file(self, path, *more, **options):
        if "dorado" in path:
            raise Gone("no answer")
        return before(self, path, *more, **options)

    def lose() -> None:
        MemoryFileSystem.cat_file = cat_file

    yield lose
    MemoryFileSystem.cat_file = before
    memory.rm("/all", recursive=True)


def test_a_bucket_gives_the_same_and_one_that_fails_on_the_way_is_said_and_loses_nothing(country, bucket):
    options = {"language": "en", "workers": 1, "territories": country / "territories.csv", "partition_bytes": SMALL}
    run = portfolio.run("memory://all", country / "national", country / "out", **options)
    assert run.result_hash == go(country, "whole").result_hash
    bucket()
    with pytest.raises(UsageError, match="no answer") as told:
        portfolio.run("memory://all", country / "national", country / "out", **options)
    assert told.value.key == "portfolio.address"
    kept = portfolio.Manifest.open(country / "out")
    assert kept.result_hash == run.result_hash
    assert len(list((country / "out" / "receipts").iterdir())) == run.partitions
    for address in ("nosuch://all", "memory://nowhere"):
        with pytest.raises(UsageError):
            portfolio.run(address, country / "national", country / "out", **options)


def test_places_with_nothing_to_read_are_refused_and_what_was_found_before_stays(country):
    whole = go(country, "out")
    for folder in (country / "towns").iterdir():
        folder.rename(country / f"away-{folder.name}")
    with pytest.raises(UsageError) as told:
        go(country, "out")
    assert told.value.key == "portfolio.empty"
    assert portfolio.Manifest.open(country / "out").result_hash == whole.result_hash
    assert (country / "out" / "receipts").is_dir()
    (country / "towns" / "one.parquet").write_bytes(b"none")
    with pytest.raises(UsageError, match=r"one\.parquet"):
        go(country, "out")
    (country / "away-alto").rename(country / "towns" / "alto")
    (country / "national" / "plan.md").write_text("", "utf-8")
    with pytest.raises(UsageError) as told:
        go(country, "other")
    assert told.value.key == "portfolio.no_nation"


def test_numbers_that_a_table_of_territories_lacks_are_missing(country):
    table = pd.DataFrame({"id": ["alto", "bajo"], "population": pd.array([None, 5], dtype="Int64")})
    run = portfolio.run(
        country / "towns", country / "national", country / "out", territories=table, language="en", workers=1
    )
    assert run.estimates()["population"].isna().tolist() == [True, False]


SAVED = {
    "semicolons and Windows-1252": ("id;name;population\n01;Íllora;12.000\n02;Ñuñoa;1 200\n", "cp1252"),
    "tabs and UTF-16": ("id\tname\tpopulation\n01\tÍllora\t12000\n02\tÑuñoa\t1200\n", "utf-16"),
    "commas and UTF-8 with its mark": ("ID,Name,Population\n01,Íllora,12000.0\n02,Ñuñoa,1200\n", "utf-8-sig"),
}


@pytest.mark.parametrize(("text", "encoding"), SAVED.values(), ids=SAVED.keys())
def test_a_table_of_territories_is_read_as_spreadsheets_of_any_country_save_it(tmp_path, text, encoding):
    (tmp_path / "t.csv").write_bytes(text.encode(encoding))
    found, troubles = read_territories(tmp_path / "t.csv")
    assert found is not None
    assert found[["id", "name", "population"]].to_numpy().tolist() == [["01", "Íllora", 12000], ["02", "Ñuñoa", 1200]]
    assert troubles == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id,level\na,municipality\n", "Row 2, column “level”.*Allowed: national, regional, local"),
        ("id,population\na,1200.5\n", "Row 2, column “population”"),
        ("id,name,name\na,b,c\n", "“name” stands in the table twice"),
        ("", "cannot be read"),
    ],
)
def test_what_is_wrong_with_a_table_of_territories_is_said_with_its_row(tmp_path, text, said):
    (tmp_path / "t.csv").write_text(text, "utf-8")
    with pytest.raises(TableError, match=said):
        read_territories(tmp_path / "t.csv")


def test_copies_and_ids_given_twice_count_once_and_are_told(country):
    whole = go(country, "whole")
    plan = country / "towns" / "alto" / "plan.md"
    (country / "towns" / "alto" / "plan (1).md").write_bytes(plan.read_bytes())
    told = [{"id": "one", "territory": "alto", "text": f"The town helps {who}."} for who in ("all", "some")]
    lines = [json.dumps(one) for one in told]
    (country / "towns" / "more.jsonl").write_text("\n".join([*lines, lines[0]]), "utf-8")
    run = go(country, "out")
    assert run.counts()["documents"] == whole.counts()["documents"] + 1
    told = run.problems().set_index("source")["key"].to_dict()
    assert told == {
        "alto/plan.md": "portfolio.same", "more.jsonl#2": "portfolio.id_twice", "more.jsonl#3": "portfolio.same",
    }  # fmt: skip


def test_zeros_before_a_code_that_a_spreadsheet_took_away_are_made_up_for(country):
    for name, code in (("alto", "01001"), ("bajo", "01002")):
        (country / "towns" / name).rename(country / "towns" / code)
    table = pd.DataFrame({"id": ["1001", "1002", "9"], "name": ["Alto", "Bajo", "Other"]})
    run = portfolio.run(
        country / "towns", country / "national", country / "out", territories=table, language="en", workers=1
    )
    assert run.estimates().set_index("name")["documents"].to_dict() == {"Alto": 1, "Bajo": 1, "Other": 0}


def test_results_are_not_written_among_the_documents(country):
    for place in ("towns", "towns/alto/out", "national"):
        with pytest.raises(UsageError) as told:
            go(country, place)
        assert told.value.key == "portfolio.inside"
    assert not (country / "towns" / "nation").exists()


def test_means_are_asked_of_duties_on_migration_alone(country):
    plan = country / "towns" / "este" / "plan.md"
    plan.write_text("# Town fair\n\n## Article 1\nThe fair office shall open the cattle market each year.\n", "utf-8")
    estimates = go(country, "out").estimates().set_index("territory_id")
    assert estimates.loc["este", "provisions"] == 1
    assert pd.isna(estimates.loc["este", "C2"])
    assert estimates.loc["alto", "C2"] > 0


def test_wrong_use_is_refused_with_what_to_do(country):
    for options, kind in (({"workers": 0}, UsageError), ({"territories": country / "none.csv"}, UsageError)):
        with pytest.raises(kind):
            portfolio.run(country / "towns", country / "national", country / "out", **options)
    with pytest.raises(UsageError):
        portfolio.run(country / "nothing", country / "national", country / "out")
    table = pd.DataFrame({"id": ["a"], "level": ["village"]})
    with pytest.raises(TableError, match="level"):
        portfolio.run(country / "towns", country / "national", country / "out", territories=table)
    with pytest.raises(TableError, match="text"):
        portfolio.run(country / "towns", pd.DataFrame({"id": ["n1"]}), country / "out")
    with pytest.raises(UsageError):
        portfolio.Manifest.open(country)
