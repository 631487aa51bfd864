"""A small country of our own: a national plan and the plans of six towns, all illustrative."""

from __future__ import annotations

from pathlib import Path

import pytest

NATION = """# National migration plan (illustrative text)

## Article 1. Reception
Municipalities shall open reception centres for migrants and refugees by 2027.

## Article 2. Health
Local governments shall provide health services for migrants in every municipality.

## Article 3. Language
Municipalities shall offer language courses to migrants and their families.

## Article 4. Border
The national border agency shall control the entry of foreigners.
"""
TOWN = """---
title: Plan of {name} (illustrative text)
date: {date}
---

# Plan of {name} (illustrative text)

## Article 1. Centre
The town shall open a reception centre for migrants and refugees with a budget of 40,000 and two staff.

## Article 2. {extra}
The town {extra} office shall help migrants with {extra} in the district of {name}.
"""
TOWNS = {"alto": "2019-03-01", "bajo": "2021-05-01", "centro": "2020-01-15", "dorado": "2018-07-01", "este": ""}
EXTRAS = ("housing", "schooling", "health services", "housing", "music")


@pytest.fixture
def country(tmp_path) -> Path:
    """A folder with `national/`, `towns/` (a folder a territory) and `territories.csv`; the town Feria has no text."""
    (tmp_path / "national").mkdir()
    (tmp_path / "national" / "plan.md").write_text(NATION, "utf-8")
    rows = ["id,name,level,parent,population,region"]
    for number, (name, date) in enumerate(TOWNS.items()):
        folder = tmp_path / "towns" / name
        folder.mkdir(parents=True)
        text = TOWN.format(name=name.title(), date=date, extra=EXTRAS[number])
        (folder / "plan.md").write_text(text, "utf-8")
        rows.append(f"{name},{name.title()},local,,{1000 * (number + 1)},{'north' if number < 3 else 'south'}")
    rows.append("feria,Feria,local,,,south")
    (tmp_path / "territories.csv").write_text("\n".join(rows), "utf-8")
    return tmp_path
