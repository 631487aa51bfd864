"""A finished run of any number of territories, written directly: what the page of a whole country is measured on."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pandas as pd

from workbench import model
from workbench.portfolio import Manifest, keep_map
from workbench.portfolio.gathering import by_commitment, estimate
from workbench.portfolio.tables import write_bytes, write_table


def write_run(folder: Path, territories: int, commitments: int = 60, seed: int = 5) -> Path:
    """Write estimates of made-up territories with a map of squares; return the file of the map."""
    rng = np.random.default_rng(seed)
    ids = [f"t{number:05d}" for number in range(territories)]
    places = pd.DataFrame(
        {
            "id": ids, "name": [f"Town {number}" for number in range(territories)], "level": "local", "parent": None,
            "code": None, "population": rng.integers(800, 2_000_000, territories), "type": "municipality",
            "region": [f"Region {number % 27 + 1}" for number in range(territories)],
        }
    )  # fmt: skip
    asked = model.COMMITMENTS.frame(
        [
            {"id": f"c{n}", "provision_id": f"n{n}", "modality": "duty", "calls_for_local": "yes", "importance": 2,
             "sector": model.SECTORS[n % 12], "origin": "rule-1"}
            for n in range(commitments)
        ]
    )  # fmt: skip
    row, column = np.nonzero(rng.random((territories, commitments)) < 0.3)
    likely = rng.beta(1, 2, len(row))
    covers = pd.DataFrame(
        {
            "territory_id": [ids[n] for n in row], "commitment_id": [f"c{n}" for n in column],
            "local_id": [f"l{n}" for n in range(len(row))], "score": likely, "probability": likely,
        }
    )  # fmt: skip
    with_text = rng.random(territories) < 0.95
    facts = pd.DataFrame(
        [(ids[n], "provisions", "", 20) for n in range(territories) if with_text[n]]
        + [(ids[n], "duties", "", 10) for n in range(territories) if with_text[n]]
        + [(ids[n], "duties_unit", "", int(rng.integers(0, 11))) for n in range(territories) if with_text[n]],
        columns=list(model.FACTS.columns),
    )
    estimates = estimate(places, covers, facts, asked, {"sdg:10.7"})
    gathered = folder / "gathered"
    write_table(estimates, gathered / "estimates.parquet")
    write_table(covers, gathered / "covers.parquet", model.COVERS)
    write_table(by_commitment(asked, covers, set(np.array(ids)[with_text])), gathered / "commitments.parquet")
    text = "Municipalities shall help migrants (illustrative text)."
    national = [{"id": f"n{n}", "label": f"Article {n}", "heading": f"Matter {n}", "text": text, "language": "en"}
                for n in range(commitments)]  # fmt: skip
    write_table(pd.DataFrame(national), folder / "nation" / "provisions.parquet")
    names = ["id", "document_id", "label", "heading", "text", "language", "pages"]
    local = [(f"l{n}", "d", "Article 1", "Help", f"The town {n} helps.", "en", [1]) for n in range(len(row))]
    write_table(pd.DataFrame(local, columns=names), folder / "provisions" / "all.parquet")
    document = {"id": "d", "territory_id": "t00000", "title": "Plan (illustrative)", "date": "", "language": "en",
                "source": "plan.md", "provisions": 1}  # fmt: skip
    write_table(model.PORTFOLIO_DOCUMENTS.frame([document]), folder / "documents" / "all.parquet")
    side = math.ceil(math.sqrt(territories))
    features = []
    for number, name in enumerate(ids):
        x, y = number % side / 10, number // side / 10
        ring = [[x, y], [x + 0.1, y], [x + 0.1, y + 0.1], [x, y + 0.1], [x, y]]
        shape = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "id": name, "properties": {}, "geometry": shape})
    write_bytes(
        json.dumps({"type": "FeatureCollection", "features": features}).encode(), folder / "territories.geojson"
    )
    run = Manifest(folder, "", "made up", "", 0, (), "", True, 0.0, ())
    write_bytes(json.dumps(run.plain()).encode(), folder / "manifest.json")
    return keep_map(folder)
