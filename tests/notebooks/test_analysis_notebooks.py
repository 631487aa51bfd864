"""Every notebook for analysts and trainers runs from top to bottom on the sample project."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import workbench as wb

NOTEBOOKS = sorted(Path(wb.shipped("notebooks/analysis")).glob("*.ipynb"))
FOR_TRAINERS = sorted(Path(wb.shipped("notebooks/training")).glob("*.ipynb"))


def test_the_steps_are_there_in_order():
    numbers = [path.stem[:2] for path in NOTEBOOKS]
    assert numbers[:6] == ["01", "02", "03", "04", "05", "06"]
    assert numbers == sorted(set(numbers))


def test_a_trainer_has_a_notebook_for_running_for_making_and_for_reading():
    assert [path.stem for path in FOR_TRAINERS] == [
        "01_running_a_workshop",
        "02_making_an_exercise",
        "03_reading_the_results",
    ]


@pytest.mark.parametrize("path", [*NOTEBOOKS, *FOR_TRAINERS], ids=lambda path: path.stem)
def test_a_notebook_runs_from_top_to_bottom(path, tmp_path, monkeypatch, with_sample):
    monkeypatch.setenv("WORKBENCH_HOME", str(with_sample(tmp_path)))
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": tmp_path}}).execute()
    assert all(cell.execution_count for cell in notebook.cells if cell.cell_type == "code")
