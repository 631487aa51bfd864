"""The data package: tables that fit their schema, and a crate that names what they were made of."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile

import pytest

import workbench as wb
from report_projects import DAY, make_project


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("package")
    with make_project(folder, 40) as project:
        path = wb.report(project, folder / "p.zip", at=DAY)
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def read(resource, files):
    return list(csv.reader(io.StringIO(files[resource["path"]].decode("utf-8"), newline="")))


def test_every_table_has_the_columns_and_kinds_that_its_schema_says(files):
    resources = json.loads(files["datapackage.json"])["resources"]
    assert {row["name"] for row in resources} >= {"dimensions", "indicators", "evidence", "documents", "provisions"}
    reads = {
        "integer": int,
        "number": float,
        "boolean": lambda cell: {"true": True, "false": False}[cell],
        "string": str,
    }
    for resource in resources:
        head, *rows = read(resource, files)
        fields = resource["schema"]["fields"]
        assert head == [field["name"] for field in fields]
        for row in rows:
            for cell, field in zip(row, fields, strict=True):
                assert cell == "" or reads[field["type"]](cell) is not None
        for key in resource["schema"].get("primaryKey", []):
            values = [row[head.index(key)] for row in rows]
            assert len(values) == len(set(values)), resource["name"]


def test_csv_and_json_hold_the_same_and_no_formula_is_alive(files):
    for resource in json.loads(files["datapackage.json"])["resources"]:
        head, *rows = read(resource, files)
        plain = json.loads(files[resource["path"].replace(".csv", ".json")])
        assert len(plain) == len(rows)
        assert all(list(row) == head for row in plain)
        cells = [cell for row in rows for cell in row]
        assert [cell for cell in cells if cell.startswith(("=", "@", "+"))] == []


def test_hashes_and_sizes_are_those_of_the_files(files):
    for resource in json.loads(files["datapackage.json"])["resources"]:
        content = files[resource["path"]]
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["bytes"] == len(content)
    graph = {row["@id"]: row for row in json.loads(files["ro-crate-metadata.json"])["@graph"]}
    parts = [part["@id"] for part in graph["./"]["hasPart"]]
    assert set(parts) == files.keys() - {"ro-crate-metadata.json"}
    assert all(graph[part]["sha256"] == hashlib.sha256(files[part]).hexdigest() for part in parts)


def test_the_crate_names_method_scheme_version_and_the_documents_by_their_hash(files):
    graph = {row["@id"]: row for row in json.loads(files["ro-crate-metadata.json"])["@graph"]}
    assert graph["ro-crate-metadata.json"]["conformsTo"]["@id"] == "https://w3id.org/ro/crate/1.1"
    action = graph["#scoring"]
    assert all(one["@id"] in graph for one in action["instrument"] + action["object"])
    assert graph["#workbench"]["version"] == wb.__version__
    score, scheme = json.loads(files["score.json"]), json.loads(files["scheme.json"])
    assert graph["#settings"]["name"] == score["scheme"] == scheme["name"]
    assert [
        row["identifier"][:7] for row in graph.values() if row["@type"] == "CreativeWork" and "identifier" in row
    ] == ["sha256:"] * 2
