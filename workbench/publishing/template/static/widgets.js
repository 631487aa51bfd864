// Draws a guided page: boxes and the parts within them. Pages of other widgets get Voilà's scripts, which know them all
// and take far longer to load.

import { connect } from "./kernel.js";
import { makeModels } from "./models.js";

const VIEW = "application/vnd.jupyter.widget-view+json";
const REFERENCE = "IPY_MODEL_";
const config = JSON.parse(document.getElementById("jupyter-config-data").textContent);

/** Let the layout of a widget, set in Python, hold for its element. */
function layOut(models, state, element) {
  const layout = models.get((state.layout ?? "").slice(REFERENCE.length));
  if (!layout) return;
  const set = () => {
    for (const [name, value] of Object.entries(layout.state)) {
      if (!name.startsWith("_")) element.style.setProperty(name.replaceAll("_", "-"), value ?? "");
    }
  };
  layout.model.on("change", set);
  set();
}

async function draw(models, id, place) {
  const { model, state } = models.get(id);
  const element = document.createElement("div");
  place.append(element);
  layOut(models, state, element);
  if (state.children) {
    await Promise.all(state.children.map((child) => draw(models, child.slice(REFERENCE.length), element)));
    return;
  }
  element.className = "wb-part";
  if (state._css) {
    const style = document.createElement("style");
    style.textContent = state._css;
    document.head.append(style);
  }
  const address = URL.createObjectURL(new Blob([state._esm], { type: "text/javascript" }));
  const { default: part } = await import(address);
  URL.revokeObjectURL(address);
  await part.render({ model, el: element, signal: new AbortController().signal });
}

/** The outputs of the page's cells: [element, widget's id]. */
const outputs = () => [...document.querySelectorAll('script[type="application/vnd.voila.cell-output+json"]')].map((script) => [script.parentElement, JSON.parse(script.textContent).data[VIEW].model_id]);

let all = null;
const send = connect(config.kernelId, { heard: (message) => all.heard(message), opened: () => all.ask() });
all = makeModels(send, (models) => outputs().forEach(([element, id]) => draw(models, id, element)));
