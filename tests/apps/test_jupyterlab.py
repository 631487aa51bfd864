"""The widgets in a real JupyterLab: a notebook runs there; what is chosen goes from Python to the page and back."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

import workbench as wb
from serving import answering, free_port

pytestmark = pytest.mark.browser
SECONDS = 60_000
NOTEBOOK = "09_widgets.ipynb"
TOKEN = "told-to-the-test"
LAB = """
import sys
from pathlib import Path
from workbench.publishing.serve import lab
lab(Path(sys.argv[1]), open_browser=False)
"""
RUN = """async () => {
  const { context, sessionContext } = jupyterapp.shell.currentWidget;
  await Promise.all([context.ready, sessionContext.ready]);
  await sessionContext.session.kernel.info;
  jupyterapp.commands.execute("notebook:run-all-cells");
}"""
TOLD = "print('told', matrix.value['local'], compare.selection['with'])"


@pytest.fixture
def jupyterlab(home, tmp_path) -> Iterator[str]:
    """Address of a JupyterLab, started as `workbench lab` does, on the analysis notebooks in a folder of their own."""
    notebook = json.loads(Path(wb.shipped("notebooks/analysis") / NOTEBOOK).read_text("utf-8"))
    own = {"cell_type": "code", "id": "told", "metadata": {}, "outputs": [], "execution_count": None, "source": TOLD}
    notebook["cells"].append(own)
    folder = tmp_path / "notebooks"
    folder.mkdir()
    (folder / NOTEBOOK).write_text(json.dumps(notebook), "utf-8")
    places = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTERLAB_SETTINGS_DIR",
              "JUPYTERLAB_WORKSPACES_DIR")  # fmt: skip
    variables = {name: str(tmp_path / name.lower()) for name in places}
    variables |= {"JUPYTER_PORT": str(free_port()), "JUPYTER_TOKEN": TOKEN, "WORKBENCH_HOME": str(home)}
    config = tmp_path / "jupyter_config_dir"
    config.mkdir()
    (config / "jupyter_lab_config.json").write_text('{"LabApp": {"expose_app_in_browser": true}}', "utf-8")
    # Else cells that are out of sight leave the page, and how high the others are decides which these are.
    tracker = tmp_path / "jupyterlab_settings_dir" / "@jupyterlab" / "notebook-extension"
    tracker.mkdir(parents=True)
    (tracker / "tracker.jupyterlab-settings").write_text(json.dumps({"windowingMode": "none"}), "utf-8")
    command = [sys.executable, "-c", LAB, str(folder)]
    with (tmp_path / "log").open("w") as log:
        server = subprocess.Popen(command, env={**os.environ, **variables}, stderr=log, start_new_session=True)
        try:
            yield answering(f"http://127.0.0.1:{variables['JUPYTER_PORT']}")
        finally:
            end(server)


def end(server: subprocess.Popen[bytes]) -> None:
    """End JupyterLab with the process that started it."""
    if hasattr(os, "killpg"):
        os.killpg(server.pid, signal.SIGTERM)
    else:
        server.terminate()
    server.wait(timeout=30)


def test_a_notebook_runs_there_and_what_is_chosen_goes_from_python_to_the_page_and_back(page, jupyterlab):
    place = "ph-naga-city"
    with wb.open_project("sample") as project:
        pairs = wb.matrix(project, place)
        numbers = project.provisions(territory_id=wb.counterpart(project, place)).set_index("id")["number"]
    judged = pairs[pairs["state"] == "judged"]
    page.goto(f"{jupyterlab}/lab/tree/{NOTEBOOK}?token={TOKEN}")
    expect(page.locator(".jp-Notebook")).to_be_visible(timeout=SECONDS)
    page.evaluate(RUN)

    # From Python to the page: the notebook's last words chose the second judged pair.
    one = judged.iloc[1]
    grid, compare = page.locator(".wb-lattice"), page.locator(".wb-compare[data-ready='true']")
    chosen, said = compare.locator(".wb-chosen .wb-number"), page.locator(".jp-OutputArea-output", has_text="told")
    expect(said).to_have_text(f"told {one['local_id']} {one['local_id']}", timeout=SECONDS)
    expect(chosen).to_have_text(numbers[one["national_id"]])
    expect(grid.locator("[aria-selected=true]")).to_have_text(f"+{one['relation']}")
    expect(compare.locator(".wb-match.wb-current")).to_have_count(1)

    # From the page to Python, and from there to the other widget: the cell clicked is the pair compared.
    other = grid.locator(".wb-judged:not([aria-selected=true])").first
    label = other.get_attribute("aria-label") or ""
    other.click()
    expect(grid.locator("[aria-selected=true]")).to_have_attribute("aria-label", label)
    expect(chosen).not_to_have_text(numbers[one["national_id"]])
    assert chosen.inner_text() in set(numbers[judged["national_id"]])

    # Nothing but this machine was asked, by the widgets or by JupyterLab.
    page.watched.assert_only_this_machine_was_asked()
