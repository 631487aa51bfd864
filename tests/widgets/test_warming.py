"""A kernel heated before anybody came has what the first answer needs, whatever is wrong with the project."""

from __future__ import annotations

import os
import subprocess
import sys

MADE = (
    "import sys; from widgets import StartApp; StartApp(); print('sqlalchemy' in sys.modules, 'altair' in sys.modules)"
)


def made(**variables: str) -> str:
    """Make the first page in a fresh Python; return whether the store and the charts are loaded."""
    done = subprocess.run(
        [sys.executable, "-c", MADE], env={**os.environ, **variables}, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_a_heated_kernel_has_the_store_loaded_and_no_kernel_loads_charts_before_they_are_asked_for(
    tmp_path, with_sample
):
    home = str(with_sample(tmp_path))
    assert made(WORKBENCH_HOME=home, VOILA_PREHEAT="False") == "False False"
    assert made(WORKBENCH_HOME=home, VOILA_PREHEAT="True", WORKBENCH_PROJECT="sample") == "True False"


def test_a_project_that_cannot_be_opened_does_not_keep_a_heated_page_from_appearing(tmp_path):
    (tmp_path / "broken.pcw").write_bytes(b"no project")
    broken = str(tmp_path / "broken.pcw")
    assert made(WORKBENCH_HOME=str(tmp_path), VOILA_PREHEAT="True", WORKBENCH_PROJECT=broken) == "True False"
