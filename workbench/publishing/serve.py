"""Serves the guided apps with Voilà, and opens JupyterLab for analysts."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import webbrowser
from collections.abc import Callable
from pathlib import Path

from workbench import messages, resources
from workbench.errors import UsageError

PORT = 8866
# Long enough for a reload or a short loss of the network, short enough that closed pages do not fill the memory.
LONELY_SECONDS = 40


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def serve(
    project_url: str = "",
    *,
    port: int = PORT,
    language: str = "en",
    open_browser: bool = True,
    host: str = "127.0.0.1",
    preheat: bool = True,
    folder: Path | None = None,
    lonely_seconds: int = LONELY_SECONDS,
    people: int = 0,
    portfolio: Path | None = None,
    country_map: Path | None = None,
    tell: Callable[[str], None] = _tell,
) -> None:
    """Serve the guided apps until interrupted.

    `project_url` is what the pages open (a path, name or database URL; `""` leaves the choice to
    them) and reaches them as `WORKBENCH_PROJECT`, the language as `WORKBENCH_LANGUAGE`. A taken port
    is passed over for the next free one. `folder` holds the notebooks, one a page, by default the
    shipped apps. With `preheat` a kernel for each page stands ready (about 100 MB each). The kernel of
    a page that nobody has had open for `lonely_seconds` ends. No more than `people` pages are open at a
    time (0: as many as the machine's memory bears); who comes then is asked to wait. Anyone who
    reaches `host` may use the pages: any other address than this machine's own needs a gateway before
    it that decides who comes in.

    `portfolio` is the folder of a finished run over a whole country, `country_map` the file with its shapes.

    Raises `UsageError` for a language or folder that does not exist, or when no port is free.
    """
    if language not in messages.LANGUAGES:
        raise UsageError("serving.language", where=language, known=", ".join(messages.LANGUAGES))
    pages = folder or resources.shipped("notebooks/apps")
    if not any(pages.glob("*.ipynb")):
        raise UsageError("serving.folder", where=str(pages))

    from workbench.publishing.serve_app import AppServer, settings

    # The kernels inherit these; this process does nothing else than serve.
    os.environ["WORKBENCH_PROJECT"] = project_url
    os.environ["WORKBENCH_LANGUAGE"] = language
    if portfolio is not None:
        os.environ["WORKBENCH_PORTFOLIO"] = str(portfolio.resolve())

    def ready(address: str) -> None:
        if portfolio is not None:  # the page that was asked for
            address = f"{address.rstrip('/')}/portfolio"
        tell(messages.text("serving.ready", language, address=address))
        if open_browser:
            webbrowser.open(address)

    config = settings(pages, host=host, port=port, preheat=preheat, lonely_seconds=lonely_seconds, people=people)
    server = AppServer(config=config, language=language, country_map=country_map)
    server.initialize([])
    server.serve(ready)


def lab(folder: Path, *, open_browser: bool = True) -> int:
    """Open JupyterLab on the analysis notebooks, copied into `folder`; return its exit code."""
    lay_out(folder)
    command = [
        sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder.resolve()}",
        "--ServerApp.kernel_spec_manager_class=workbench.publishing.serve_kernels.OwnPython",
        # Nothing asks outside by itself: no news, no check for updates, no list of extensions.
        "--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",
        *([] if open_browser else ["--no-browser"]),
        *(["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
    ]  # fmt: skip
    return subprocess.call(command)


def lay_out(folder: Path) -> list[Path]:
    """Copy the notebooks that `folder` does not have yet: those for analysts, and for trainers below `training`.

    Return all that lie in the folder itself. Those already there stay as the user changed them.
    """
    for shipped, place in (("analysis", folder), ("training", folder / "training")):
        place.mkdir(parents=True, exist_ok=True)
        for notebook in sorted(resources.shipped(f"notebooks/{shipped}").glob("*.ipynb")):
            if not (place / notebook.name).exists():
                shutil.copyfile(notebook, place / notebook.name)
    return sorted(folder.glob("*.ipynb"))
