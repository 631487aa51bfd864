"""The first page's content in Streamlit, for `apps.py` to measure beside ours; Streamlit is no part of the product.

    python -m venv /tmp/streamlit && /tmp/streamlit/bin/pip install streamlit
    STREAMLIT=/tmp/streamlit/bin/python python tests/bench/apps.py

As a script of Streamlit's (it has the library's packages, not ours): territories of the sample project with their
counts, a choice of language, and a counter, read from the JSON file that `content` has written.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

READY = ".wb-place h3, [data-testid=stProgress]"
CLICK = '[data-testid="stBaseButton-secondary"]'
CHANGE = '[data-testid="stMetricValue"]'


def page() -> None:
    """The page: run by `streamlit run`."""
    import streamlit as st  # type: ignore[import-not-found]

    places = json.loads(Path(os.environ["WORKBENCH_CONTENT"]).read_text("utf-8"))
    st.title("Policy Coherence Workbench")
    st.selectbox("Language", ["English", "Español", "Français", "Italiano"])
    st.text_input("Your name")
    if "count" not in st.session_state:
        st.session_state.count = 0
    if st.button("Count"):
        st.session_state.count += 1
    st.metric("Clicks", st.session_state.count)
    for place in places:
        with st.container(border=True):
            st.subheader(place["name"])
            st.caption(f"against {place['national']}")
            st.write(f"{place['documents']} documents, {place['provisions']} provisions")
            if place["commitments"]:
                st.progress(place["judged"] / place["commitments"], f"{place['judged']} of {place['commitments']}")


def content(path: Path, project: str) -> Path:
    """Write what our first page shows of a project, so that Streamlit need not work it out."""
    from widgets import StartApp

    app = StartApp()
    app.hear_arrive({"search": f"?project={project}"}, [])
    path.write_text(json.dumps(app.view.territories), "utf-8")
    return path


def program() -> str | None:
    """Return the Python that has Streamlit, named by STREAMLIT, or None."""
    python = os.environ.get("STREAMLIT", sys.executable)
    found = subprocess.run([python, "-c", "import streamlit"], capture_output=True, check=False)
    return python if found.returncode == 0 else None


@contextmanager
def running(python: str, port: int, file: Path) -> Iterator[str]:
    """Serve the page with Streamlit; yield its address."""
    settings = {
        "server.port": port, "server.address": "127.0.0.1", "server.headless": "true", "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
    }  # fmt: skip
    command = [python, "-m", "streamlit", "run", __file__, *(f"--{name}={value}" for name, value in settings.items())]
    environment: dict[str, Any] = {**os.environ, "WORKBENCH_CONTENT": str(file)}
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait(20)


if __name__ == "__main__":
    page()
