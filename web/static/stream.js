// One stream of a page for all tabs of a browser that show it: browsers allow six connections to a server, all tabs
// together, and every stream holds one. Runs as a shared worker; where there are none, as the worker of one tab.
"use strict";

const PATIENCE = 4500; // milliseconds of silence; the server says something every 2000
const RETRY = 2000;
const streams = new Map(); // by address

function tell(stream, told) {
  for (const port of stream.ports) port.postMessage(told);
}

function open(stream) {
  stream.source?.close();
  stream.tried = performance.now();
  stream.source = new EventSource(stream.address);
  for (const kind of ["message", "alive", "barred"]) {
    stream.source.addEventListener(kind, ({ data, lastEventId }) => {
      const told = { kind, data, lastEventId };
      stream.heard = performance.now();
      if (kind === "message") stream.last = told;
      tell(stream, told);
    });
  }
  // What was last said is old from now on: whoever joins waits for the first word of the next connection.
  stream.source.addEventListener("error", () => delete stream.last);
}

function join(port, address) {
  if (!streams.has(address)) {
    streams.set(address, { address, ports: new Set(), heard: performance.now() });
    open(streams.get(address));
  }
  const stream = streams.get(address);
  stream.ports.add(port);
  if (stream.last) port.postMessage(stream.last);
}

function leave(port) {
  for (const stream of streams.values()) {
    if (!stream.ports.delete(port) || stream.ports.size) continue;
    stream.source.close();
    streams.delete(stream.address);
  }
}

// Tabs that nobody sees have slow clocks: this one tells them that nothing comes.
function watch() {
  const now = performance.now();
  for (const stream of streams.values()) {
    if (now - stream.heard < PATIENCE) continue;
    delete stream.last;
    tell(stream, { kind: "silent" });
    if (now - stream.tried > RETRY) open(stream);
  }
}

function serve(port) {
  port.onmessage = ({ data: address }) => {
    leave(port);
    if (address) join(port, address);
  };
}

if ("onconnect" in self) self.onconnect = ({ ports: [port] }) => serve(port);
else serve(self);
self.setInterval(watch, 250);
