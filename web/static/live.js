// Keeps a page true: fills every [data-text] and [data-set] from the newest snapshot, and says so when none can come.
"use strict";

(() => {
  const PATIENCE = 4500; // milliseconds of silence; the server says something every 2000
  const AT = new URL("stream.js", document.currentScript.src);
  const { body } = document;
  const lost = document.getElementById("lost");
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  let stream = null;
  let heard = performance.now();
  let tried = heard;

  const at = (page, path) => path.split(".").reduce((part, key) => part && part[key], page);

  function flash(element) {
    if (!still.matches) element.animate([{ backgroundColor: "#ffd75e" }, {}], { duration: 1200, easing: "ease-out" });
  }

  function fillText(page) {
    for (const element of document.querySelectorAll("[data-text]")) {
      const text = at(page, element.dataset.text);
      if (text === undefined || text === element.textContent) continue;
      element.textContent = text;
      if ("flash" in element.dataset && text) flash(element);
    }
  }

  function fillMarks(page) {
    for (const element of document.querySelectorAll("[data-set]")) {
      for (const pair of element.dataset.set.split(" ")) {
        const [name, path] = pair.split("=");
        const value = at(page, path);
        if (value !== undefined && element.dataset[name] !== value) element.dataset[name] = value;
      }
    }
  }

  function take(event) {
    hear();
    const page = JSON.parse(event.data);
    const boot = event.lastEventId.split("-")[0];
    if (boot !== body.dataset.boot || page.frame.rows !== body.dataset.rows) {
      if (document.dispatchEvent(new CustomEvent("renew", { cancelable: true }))) {
        close();
        window.location.reload();
        return;
      }
    }
    fillText(page);
    fillMarks(page);
    document.dispatchEvent(new CustomEvent("snapshot", { detail: { page, at } }));
  }

  function hear() {
    heard = performance.now();
    lost.hidden = true;
  }

  function alive(event) {
    hear();
    document.dispatchEvent(new CustomEvent("hubtime", { detail: Number(event.data) }));
  }

  // The server answers, but not this page's reader: no clock waits for it any more.
  function barred({ data }) {
    close();
    lost.hidden = true;
    document.dispatchEvent(new CustomEvent("barred", { detail: JSON.parse(data) }));
  }

  function worker() {
    try {
      return new SharedWorker(AT).port;
    } catch {
      return new Worker(AT); // old telephones know no other, and some settings allow no other
    }
  }

  function connected() {
    const stream = worker();
    stream.onmessage = ({ data }) => ({ message: take, alive, barred, silent: watch })[data.kind](data);
    return stream;
  }

  function open() {
    close();
    tried = performance.now();
    stream = connected();
    stream.postMessage(body.dataset.live);
  }

  function close() {
    if (!stream) return;
    stream.postMessage("");
    if (stream.terminate) stream.terminate();
    else stream.close();
    stream = null;
  }

  function watch() {
    const now = performance.now();
    if (!stream || now - heard < PATIENCE) return;
    lost.hidden = false;
    document.dispatchEvent(new Event("lost"));
    if (now - tried > PATIENCE) open(); // the worker tries again by itself, but who knows what became of it
  }

  // A page that nobody sees does not follow, unless its title does: it knows all when somebody turns to it.
  function follow() {
    if (document.hidden && !("keep" in body.dataset)) {
      close();
    } else if (!stream) {
      heard = performance.now();
      open();
    }
  }

  document.addEventListener("visibilitychange", follow);
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", follow);
  window.setInterval(watch, 250);
})();
