"""A ranking says no more than its intervals allow; a map draws what a file holds, or tiles."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from workbench import model
from workbench.errors import ReadError, UsageError
from workbench.portfolio import Ranking, shapes


def estimates(*rows: dict) -> pd.DataFrame:
    whole = dict.fromkeys(model.ESTIMATES.columns)
    defaults = {"level": "local", "documents": 1, "provisions": 1, "measures": 1}
    made = [{**whole, **defaults, "name": row["territory_id"].title(), **row} for row in rows]
    return model.ESTIMATES.frame(made).assign(region=[row.get("region") for row in rows])


THREE = estimates(
    {"territory_id": "a", "A": 0.8, "A_low": 0.7, "A_high": 0.9, "E1": 0.5},
    {"territory_id": "b", "A": 0.6, "A_low": 0.4, "A_high": 0.75, "E1": 0.5},
    {"territory_id": "c", "A": 0.2, "A_low": 0.1, "A_high": 0.3, "E1": 0.5},
    {"territory_id": "d", "provisions": 0},
)


def test_a_score_is_the_weighted_mean_of_what_is_known_and_missing_where_too_little_is():
    found = Ranking.of(THREE).ranks({"A": 3, "E1": 1}).set_index("territory_id")
    assert found.loc["a", "score"] == pytest.approx(100 * (3 * 0.8 + 0.5) / 4)
    assert found.loc["a", "low"] == pytest.approx(100 * (3 * 0.7 + 0.5) / 4)
    assert found.loc["d", ["score", "rank", "rank_low"]].isna().all()
    # F1 is unknown everywhere: half of the weight is enough, less is not.
    assert Ranking.of(THREE).ranks({"A": 1, "F1": 1})["score"].notna().sum() == 3
    assert Ranking.of(THREE).ranks({"A": 1, "F1": 1.01})["score"].notna().sum() == 0


def test_ranks_span_what_the_intervals_allow_and_equal_scores_are_ties():
    found = Ranking.of(THREE).ranks({"A": 1}).set_index("territory_id")
    assert found[["rank", "rank_low", "rank_high"]].loc[["a", "b", "c"]].to_numpy().tolist() == [
        [1, 1, 2], [2, 1, 2], [3, 3, 3],
    ]  # fmt: skip
    tied = Ranking.of(THREE).ranks({"E1": 1})
    assert tied["rank"].dropna().tolist() == [1, 1, 1]
    assert tied["rank_high"].dropna().tolist() == [3, 3, 3]


@pytest.mark.parametrize("weights", [{"Z": 1}, {"A": -1}, {"A": 0.0}, {"A": float("nan")}])
def test_weights_that_make_no_sense_are_refused(weights):
    with pytest.raises(UsageError):
        Ranking.of(THREE).ranks(weights)


def square(name: str, x: float, y: float) -> dict:
    ring = [[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1], [x, y]]
    return {"type": "Feature", "id": name, "properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def test_geojson_becomes_paths_of_the_right_proportions_and_says_which_territories_it_lacks(tmp_path):
    path = tmp_path / "map.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [square("a", 0, 0), square("b", 1, 0)]}))
    drawn = shapes(THREE, path)
    assert (drawn["kind"], drawn["width"], drawn["without"]) == ("shapes", 1000, ["c", "d"])
    assert drawn["height"] == pytest.approx(500, abs=2)  # two squares side by side at the equator
    assert [name for name, _ in drawn["places"]] == ["a", "b"]
    assert drawn["places"][1][1].startswith("M500,500L1000,500")


def test_topojson_is_the_same_map(tmp_path):
    topology = {
        "type": "Topology",
        "transform": {"scale": [0.5, 0.5], "translate": [0, 0]},
        "objects": {"towns": {"type": "GeometryCollection", "geometries": [
            {"type": "Polygon", "properties": {"code": "a"}, "arcs": [[0, 1]]},
            {"type": "Polygon", "properties": {"name": "B"}, "arcs": [[-1, 2]]},
        ]}},
        "arcs": [[[2, 0], [0, 2]], [[2, 2], [-2, 0], [0, -2], [2, 0]], [[2, 0], [2, 0], [0, 2], [-2, 0]]],
    }  # fmt: skip
    path = tmp_path / "map.json"
    path.write_text(json.dumps(topology))
    drawn = dict(shapes(THREE, path)["places"])
    assert set(drawn) == {"a", "b"}
    assert drawn["a"].count("L") == 4
    assert "0,0" in drawn["a"].replace("M", "L").split("L")
    assert "1000,500" in drawn["b"].replace("M", "L").replace("Z", "").split("L")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"type": "FeatureCollection"}',
        '{"type": "FeatureCollection", "features": []}',
        '{"type": "Topology", "arcs": [], "objects": {"x": {"geometries": [{"type": "Polygon", "arcs": [[7]]}]}}}',
    ],
)
def test_what_is_no_map_is_refused(tmp_path, text):
    path = tmp_path / "map.json"
    path.write_text(text)
    with pytest.raises(ReadError):
        shapes(THREE, path)
    with pytest.raises(ReadError):
        shapes(THREE, tmp_path / "none.json")


def test_without_a_map_every_territory_is_a_tile_in_the_block_of_its_region():
    many = estimates(*({"territory_id": f"t{n}", "region": f"r{n % 7}"} for n in range(700)))
    drawn = shapes(many)
    assert drawn["kind"] == "tiles"
    assert len(drawn["places"]) == len({path for _, path in drawn["places"]}) == 700
    assert [text for _, _, text in drawn["labels"]] == [f"r{n}" for n in range(7)]
    assert 0.5 < drawn["width"] / drawn["height"] < 2.5
    assert np.isfinite(drawn["width"])
