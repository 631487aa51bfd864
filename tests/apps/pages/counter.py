"""A page's widget in small: Python keeps the count, the browser shows it and clicks."""

from __future__ import annotations

import os

import anywidget
import traitlets

_ESM = """
function render({ model, el }) {
  const button = document.createElement("button");
  button.className = "counter";
  const query = document.createElement("output");
  query.className = "project";
  query.textContent = model.get("project");
  const show = () => { button.textContent = String(model.get("doubled")); };
  button.addEventListener("click", () => { model.set("clicks", model.get("clicks") + 1); model.save_changes(); });
  model.on("change:doubled", show);
  show();
  el.append(button, query);
}
export default { render };
"""


class Counter(anywidget.AnyWidget):
    """Counts clicks; Python doubles them, so that a changed page proves the way there and back."""

    _esm = _ESM
    clicks = traitlets.Int(0).tag(sync=True)
    doubled = traitlets.Int(0).tag(sync=True)
    project = traitlets.Unicode("").tag(sync=True)

    def __init__(self) -> None:
        super().__init__(project=os.environ.get("WORKBENCH_PROJECT", ""))

    @traitlets.observe("clicks")
    def _double(self, change: dict) -> None:
        self.doubled = 2 * change["new"]
