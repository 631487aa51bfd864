// The state of widgets, kept the same here and in the kernel (messages of the Jupyter widgets protocol, version 2.1).

/** Tell whether two values of a state are the same; buffers are the same only where they are one. */
function same(one, other) {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (ArrayBuffer.isView(one) || ArrayBuffer.isView(other) || Array.isArray(one) !== Array.isArray(other)) return false;
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => name in other && same(one[name], other[name]));
}

/** Put buffers where their paths say. */
function fill(state, paths, buffers) {
  (paths ?? []).forEach((path, place) => {
    const last = path[path.length - 1];
    path.slice(0, -1).reduce((inner, name) => inner[name], state)[last] = buffers[place];
  });
  return state;
}

/**
 * A widget's model: what parts get as `model`. `tell(data, buffers)` sends to its other half and gives the message's mark.
 * Changes of the page go out one message at a time: what changes while one is on its way follows together.
 */
function makeModel(id, state, tell) {
  const listeners = new Map();
  const changed = new Map();
  let under_way = null;
  const call = (event, ...values) => [...(listeners.get(event) ?? [])].forEach((listener) => listener(...values));

  function take(values, is_own) {
    const news = Object.keys(values).filter((name) => (is_own || !changed.has(name)) && !same(state[name], values[name]));
    for (const name of news) state[name] = values[name];
    for (const name of news) call(`change:${name}`, model, values[name]);
    if (news.length) call("change", model);
    return news;
  }
  function flush() {
    if (under_way !== null || changed.size === 0) return;
    under_way = tell({ method: "update", state: Object.fromEntries(changed), buffer_paths: [] }, []);
    changed.clear();
  }
  let unsaved = new Set();
  const model = {
    get: (name) => state[name],
    set: (name, value) => {
      const values = typeof name === "object" ? name : { [name]: value };
      const news = Object.keys(values).filter((one) => !same(state[one], values[one]));
      news.forEach((one) => unsaved.add(one));
      take(values, true);
    },
    save_changes: () => {
      unsaved.forEach((name) => changed.set(name, state[name]));
      unsaved = new Set();
      flush();
    },
    on: (events, listener) => events.split(/\s+/).forEach((event) => listeners.set(event, [...(listeners.get(event) ?? []), listener])),
    off: (events, listener) => {
      if (!events) listeners.clear();
      else events.split(/\s+/).forEach((event) => listeners.set(event, listener ? (listeners.get(event) ?? []).filter((one) => one !== listener) : []));
    },
    send: (content, _callbacks, buffers) => tell({ method: "custom", content }, buffers ?? []),
  };
  return {
    model, state,
    /** The kernel says something to this widget. */
    hear: (data, buffers) => {
      if (data.method === "update") take(fill(data.state, data.buffer_paths, buffers), false);
      if (data.method === "custom") call("msg:custom", data.content, buffers);
    },
    renew: (values) => take(values, false),
    /** The kernel has dealt with a message. */
    done: (name) => { if (name === under_way) { under_way = null; flush(); } },
    /** The line broke: an answer may never come. */
    forget: () => { under_way = null; flush(); },
  };
}

/**
 * All models of a kernel. `send(type, content, extra)` sends a message. `ready` is called once their state is there,
 * with the models by id.
 */
export function makeModels(send, ready) {
  const models = new Map();
  const control = `workbench-control-${Math.random().toString(36).slice(2)}`;
  let is_ready = false;

  const add = (id, state) => models.set(id, makeModel(id, state, (data, buffers) => send("comm_msg", { comm_id: id, data }, { buffers })));
  function states({ states: all, buffer_paths: paths }, buffers) {
    fill(Object.fromEntries(Object.entries(all).map(([id, one]) => [id, one.state])), paths?.map(([id, _state, ...path]) => [id, ...path]), buffers);
    for (const [id, { state }] of Object.entries(all)) {
      if (models.has(id)) models.get(id).renew(state);
      else add(id, state);
    }
    if (!is_ready) { is_ready = true; ready(models); }
  }
  return {
    models,
    /** Ask for the state of every widget: at first, and after a broken line. */
    ask: () => {
      send("comm_open", { comm_id: control, target_name: "jupyter.widget.control", data: {} }, { metadata: { version: "1.0.0" } });
      send("comm_msg", { comm_id: control, data: { method: "request_states" } });
      models.forEach((one) => one.forget());
    },
    heard: ({ type, parent, content, buffers }) => {
      if (type === "status" && content.execution_state === "idle") models.forEach((one) => one.done(parent));
      else if (type === "comm_msg" && content.comm_id === control && content.data.method === "update_states") states(content.data, buffers);
      else if (type === "comm_msg") models.get(content.comm_id)?.hear(content.data, buffers);
      else if (type === "comm_open" && content.target_name === "jupyter.widget" && !models.has(content.comm_id)) add(content.comm_id, fill(content.data.state, content.data.buffer_paths, buffers));
      else if (type === "comm_close") models.delete(content.comm_id);
    },
  };
}
