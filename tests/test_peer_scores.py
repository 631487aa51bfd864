"""Territories are compared within their peer group only, and no rank is surer than its intervals."""

from __future__ import annotations

import pandas as pd

import workbench as wb
from workbench.api.peering import ranked


def table(*rows):
    names = ["territory_id", "index", "low", "high"]
    frame = pd.DataFrame(list(rows), columns=names)
    return frame.assign(name=frame["territory_id"].str.upper(), coverage=1.0, status="published")


def test_a_rank_spans_what_the_intervals_allow_and_equal_scores_share_it():
    found = ranked(
        table(("a", 60, 50, 70), ("b", 80, 75, 85), ("c", 60, 58, 62), ("d", 10, 5, 15), ("e", None, None, None))
    )
    assert found["territory_id"].tolist() == ["b", "a", "c", "d", "e"]
    assert found["rank"].tolist()[:4] == [1, 2, 2, 4]
    assert found["rank_low"].tolist()[:4] == [1, 2, 2, 4]
    assert found["rank_high"].tolist()[:4] == [1, 3, 3, 4]
    assert found.loc[4, ["index", "rank", "rank_low"]].isna().all()  # withheld: last, and no rank


def test_overlapping_intervals_leave_every_rank_open():
    found = ranked(table(("a", 60, 40, 80), ("b", 50, 30, 70)))
    assert found[["rank_low", "rank_high"]].to_numpy().tolist() == [[1, 2], [1, 2]]


def test_the_sample_compares_pichincha_with_its_peers_alone(with_sample, tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_HOME", str(with_sample(tmp_path)))
    with wb.open_project("sample") as project:
        groups = wb.peers(project).set_index("territory_id")["group"]
        found = wb.peer_scores(project, "ec-p", draws=200)
        together = set(groups[groups == groups["ec-p"]].index) | {"ec-p"}
        assert set(found["territory_id"]) == together
        own = found.set_index("territory_id").loc["ec-p"]
        card = wb.score(project, "ec-p", draws=200)
        assert own["index"] == card.index
        assert (own["low"], own["high"]) == card.interval
