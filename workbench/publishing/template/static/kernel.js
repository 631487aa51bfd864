// The line to the kernel of a page: Jupyter's messages over one socket (protocol v1.kernel.websocket.jupyter.org).

const PROTOCOL = "v1.kernel.websocket.jupyter.org";
const AGAIN_MS = [200, 1000, 2000, 5000, 10000];
const reader = new TextDecoder(), writer = new TextEncoder();

/** A name that nobody else has; `crypto.randomUUID` is missing where a page comes over a plain local network. */
const mark = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Pack a message: where each piece begins, then channel, four pieces of JSON, and buffers. */
function pack(channel, pieces, buffers) {
  const parts = [writer.encode(channel), ...pieces.map((piece) => writer.encode(JSON.stringify(piece))), ...buffers.map(bytes)];
  const begins = 8 * (parts.length + 2);
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, begins));
  const numbers = new DataView(whole.buffer);
  numbers.setBigUint64(0, BigInt(parts.length + 1), true);
  let at = begins;
  parts.forEach((part, place) => {
    numbers.setBigUint64(8 * (place + 1), BigInt(at), true);
    whole.set(part, at);
    at += part.byteLength;
  });
  numbers.setBigUint64(8 * (parts.length + 1), BigInt(at), true);
  return whole.buffer;
}
const bytes = (data) => (data instanceof ArrayBuffer ? new Uint8Array(data) : new Uint8Array(data.buffer, data.byteOffset, data.byteLength));

function unpack(data) {
  const numbers = new DataView(data);
  const at = Array.from({ length: Number(numbers.getBigUint64(0, true)) }, (_, place) => Number(numbers.getBigUint64(8 * (place + 1), true)));
  const text = (place) => reader.decode(new Uint8Array(data, at[place], at[place + 1] - at[place]));
  const header = JSON.parse(text(1));
  return {
    type: header.msg_type,
    parent: JSON.parse(text(2)).msg_id,
    content: JSON.parse(text(4)),
    buffers: at.slice(5, -1).map((begin, place) => new DataView(data, begin, at[place + 6] - begin)),
  };
}

/**
 * Connect to a kernel, and again whenever the line breaks; the server keeps for this session what it could not deliver.
 * `heard` gets every message, `opened` is called each time the line stands.
 * Returns a function that sends a message of a type on the shell channel and gives its mark; what is said while the
 * line is broken waits.
 */
export function connect(kernel, { heard, opened }) {
  const session = mark();
  const address = new URL(`/api/kernels/${kernel}/channels?session_id=${session}`, location.href);
  address.protocol = address.protocol.replace("http", "ws");
  let socket = null, waiting = [], tries = 0;

  function open() {
    socket = new WebSocket(address, [PROTOCOL]);
    socket.binaryType = "arraybuffer";
    socket.addEventListener("open", () => {
      tries = 0;
      const unsaid = waiting;
      waiting = [];
      opened();
      unsaid.forEach((message) => socket.send(message));
    });
    socket.addEventListener("message", (event) => heard(unpack(event.data)));
    socket.addEventListener("close", () => {
      setTimeout(open, AGAIN_MS[Math.min(tries, AGAIN_MS.length - 1)]);
      tries += 1;
    });
  }
  open();

  return (type, content, { metadata = {}, buffers = [] } = {}) => {
    const name = mark();
    const header = { msg_id: name, msg_type: type, session, username: "", date: new Date().toISOString(), version: "5.3" };
    const message = pack("shell", [header, {}, metadata, content], buffers);
    if (socket.readyState === WebSocket.OPEN) socket.send(message);
    else waiting.push(message);
    return name;
  };
}
