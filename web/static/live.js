// Keeps a page true: fills every [data-text] and [data-set] from the newest snapshot, and says so when none can come.
"use strict";

(() => {
  const PATIENCE = 4500; // milliseconds of silence; the server says something every 2000
  const RETRY = 2000;
  const { body } = document;
  const lost = document.getElementById("lost");
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  let source = null;
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

  function open() {
    close();
    tried = performance.now();
    source = new EventSource(body.dataset.live);
    source.addEventListener("message", take);
    source.addEventListener("alive", alive);
  }

  function close() {
    if (source) source.close();
    source = null;
  }

  function watch() {
    const now = performance.now();
    if (!source || now - heard < PATIENCE) return;
    lost.hidden = false;
    if (now - tried > RETRY) open();
  }

  // A hidden page gives its stream back: browsers allow six connections to a server, the server allows 64 streams.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && !("keep" in body.dataset)) {
      close();
    } else if (!source) {
      heard = performance.now();
      open();
    }
  });
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", () => source || open());
  window.setInterval(watch, 250);
})();
