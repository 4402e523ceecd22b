// The clerk's panel: one press is one press, whatever the fingers, the tabs and the network do with it.
"use strict";

(() => {
  const GLANCE = 700; // what a person needs to see who was called; presses before that are the tail of the last one
  const AGAIN = 250;

  const { body } = document;
  const part = (id) => document.getElementById(id);
  const desk = part("desk");
  const asked = part("question");
  const said = part("said");
  const lost = part("lost");
  const words = said.dataset;
  // Milliseconds for which a press is wanted: later it would surprise whoever stands there by then.
  const WANTED = Number(body.dataset.wanted);
  const ANSWER = Number(body.dataset.answer); // after which nobody waits for an answer that is on its way

  let page = JSON.parse(body.dataset.page);
  let ahead = Number(body.dataset.now) ? Number(body.dataset.now) - performance.now() : null;
  let busy = ""; // "ask" while a question is on its way, "command" while a command is
  let typedAhead = []; // the keys of fast fingers, for the question that is on its way
  let glanceEnds = 0;
  let stood = page.here.ticket; // the counter's visitor, as far as anybody told; a server that just began knows of none
  let hoped = null; // the counter's visitor before a press that nobody answered

  const hubTime = () => (ahead === null ? null : performance.now() + ahead);
  const linked = () => lost.hidden && page.frame.silence === "" && part("signedout").hidden;

  // ---- what the page shows

  function tell(status, message) {
    said.dataset.status = status;
    said.textContent = message;
  }

  function fill(element, row) {
    for (const inner of element.querySelectorAll("[data-in]")) {
      inner.textContent = row[inner.dataset.in];
      if (inner.matches("button")) inner.hidden = !row[inner.dataset.in];
    }
    element.querySelector("button").value = new URLSearchParams(row.fields);
  }

  function fillList(name) {
    const list = document.querySelector(`[data-each="${name}"]`);
    const rows = page[name];
    while (list.children.length > rows.length) list.lastElementChild.remove();
    while (list.children.length < rows.length) list.append(part(`a-${name}`).content.firstElementChild.cloneNode(true));
    rows.forEach((row, n) => fill(list.children[n], row));
  }

  function fillKeys() {
    for (const key of document.querySelectorAll("[data-off]")) {
      const why = page.off[key.dataset.off] ?? "";
      key.title = why;
      if (why) key.setAttribute("aria-disabled", "true");
      else key.removeAttribute("aria-disabled");
    }
  }

  function take(fresh) {
    page = fresh;
    ["hints", "held", "line"].forEach(fillList);
    fillKeys();
    if (page.here.phase !== "unknown" && page.here.ticket !== stood) moved();
    tick();
  }

  function moved() {
    const before = stood;
    stood = page.here.ticket;
    if (page.here.ticket) glanceEnds = performance.now() + GLANCE;
    if (!asked.hidden && asked.dataset.about === before && before) {
      shut();
      tell("rejected", words.gone.replace("{ticket}", before));
    } else if (hoped === before && said.dataset.status === "unknown") {
      tell("", "");
    }
    part("count").value = "";
  }

  function spell(milliseconds) {
    const seconds = Math.max(0, Math.floor(milliseconds / 1000));
    const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    const two = (n) => String(n).padStart(2, "0");
    return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
  }

  function undoLeft() {
    const now = hubTime();
    return page.undo_until && now !== null ? Math.max(0, Math.ceil((page.undo_until - now) / 1000)) : 0;
  }

  function tick() {
    const now = hubTime();
    part("spell").textContent = page.here.since && now !== null ? spell(now - page.here.since) : "";
    const left = linked() ? undoLeft() : 0;
    part("left").textContent = left ? `(${left})` : "";
    part("undo").setAttribute("aria-disabled", String(!left));
    body.dataset.link = linked() ? "up" : "down";
    body.dataset.glance = performance.now() < glanceEnds ? "yes" : "no";
    document.title = (linked() ? "" : "⚠ ") + page.title;
  }

  // ---- a press

  function newId() {
    return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  async function post(fields) {
    const answer = await fetch(desk.action, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: fields,
      signal: AbortSignal.timeout(ANSWER),
    });
    return answer.json();
  }

  async function sent(fields) {
    const until = performance.now() + WANTED;
    while (true) {
      try {
        return await post(fields);
      } catch {
        if (performance.now() + AGAIN > until) return { status: "unknown", message: words.unknown };
        await new Promise((wake) => window.setTimeout(wake, AGAIN));
      }
    }
  }

  function nothingNow(fields) {
    if (!linked()) return words.lost;
    const what = fields.get("command") ?? fields.get("ask");
    if (what === "undo") return undoLeft() ? "" : words.undo;
    if (fields.has("command") && performance.now() < glanceEnds) return words.fast;
    return page.off[what] ?? "";
  }

  async function press(fields) {
    if (busy) return;
    const why = nothingNow(fields);
    if (why) {
      tell(linked() ? "rejected" : "error", why);
      return;
    }
    busy = fields.has("command") ? "command" : "ask";
    hoped = page.here.ticket;
    body.dataset.busy = busy;
    const waiting = window.setTimeout(() => tell("wait", words.wait), 400);
    const now = hubTime();
    const own = new FormData(desk);
    const all = { token: own.get("token"), counter: own.get("counter"), after: page.here.ticket, press: newId() };
    const answer = await sent(new URLSearchParams({ ...all, pressed: now === null ? "" : Math.round(now), ...Object.fromEntries(fields) }));
    window.clearTimeout(waiting);
    busy = "";
    delete body.dataset.busy;
    answered(answer, fields);
    const ahead = typedAhead;
    typedAhead = [];
    if (!asked.hidden) ahead.forEach(later);
  }

  function answered(answer, fields) {
    if (answer.status === "moved") {
      window.location.reload();
    } else if (answer.reason === "signed-out") {
      signedOut(answer);
    } else if (answer.status === "ask") {
      tell("", "");
      ask(answer.question);
    } else {
      if (fields.has("command")) glanceEnds = performance.now() + GLANCE;
      if (answer.status === "ok") shut();
      if (answer.status === "ok" && fields.has("dossiers")) part("count").value = "";
      tell(answer.status, answer.message);
    }
    tick();
  }

  function signedOut(answer) {
    const band = part("signedout");
    band.querySelector("span").textContent = answer.message;
    band.querySelector("a").href = answer.data.login;
    band.hidden = false;
    tell("error", "");
    band.querySelector("a").focus();
  }

  function fieldsOf(button) {
    const fields = new URLSearchParams(button.value);
    const count = part("count").value;
    if (count && ["start", "finish"].includes(fields.get("command"))) fields.set("dossiers", count);
    if (fields.get("ask") === "number" && !fields.has("typed")) fields.set("typed", part("typed").value);
    return fields;
  }

  function submitted(event) {
    event.preventDefault();
    const button = event.submitter;
    if (button.value === "ask=number" && button.form === desk) {
      type("");
      return;
    }
    if (button.value === "ask=resume" && page.held.length === 1) press(new URLSearchParams({ command: "resume", ticket: page.held[0].ticket }));
    else press(fieldsOf(button));
  }

  // ---- questions

  function ask(question) {
    part("asked").textContent = question.title;
    asked.querySelector(".entry").hidden = !question.entry;
    const list = asked.querySelector("[data-each]");
    list.replaceChildren(...question.choices.map(choice));
    asked.dataset.about = page.here.ticket;
    asked.hidden = false;
    body.dataset.asking = "yes";
    if (question.entry) part("typed").select();
    else asked.focus();
  }

  function choice({ key, text, fields }) {
    const item = part("a-choice").content.firstElementChild.cloneNode(true);
    const button = item.querySelector("button");
    button.value = new URLSearchParams(fields);
    button.dataset.key = key;
    button.querySelector("kbd").textContent = key;
    button.querySelector("kbd").hidden = !key;
    button.querySelector("span").textContent = text;
    return item;
  }

  function type(first) {
    if (!linked()) {
      tell("error", words.lost);
      return;
    }
    ask({ title: asked.dataset.number, entry: asked.dataset.hint, choices: [] });
    asked.dataset.about = "";
    part("typed").value = first;
    part("typed").focus();
  }

  function shut() {
    if (asked.hidden) return;
    asked.hidden = true;
    delete body.dataset.asking;
    part("typed").value = "";
  }

  // ---- keys

  const TONES = { "\u0301": "S", "\u0300": "F", "\u0309": "R", "\u0303": "X", "\u0323": "J" };

  // What was meant by a key although a Vietnamese input method made something else of it: `ú` after U is an S.
  function letterOf(event) {
    if (/^Key[A-Z]$/.test(event.code)) return event.code.slice(3);
    const [base, ...marks] = event.key.normalize("NFD");
    const tone = marks.map((mark) => TONES[mark]).find(Boolean);
    return event.key.length > 1 ? event.key : tone ?? base.toUpperCase();
  }

  const typing = (target) => target.matches("input, select, textarea");

  function keyed(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || part("helping").open) return;
    const letter = letterOf(event);
    const own = event.target.closest("button, a, summary");
    if (event.key === "Escape") shut();
    else if (busy === "ask") keep(event, letter);
    else if (typing(event.target)) return;
    else if ([" ", "Enter"].includes(event.key)) space(event, own);
    else if (/^[0-9]$/.test(letter) && asked.hidden) begin(event, letter);
    else if (letter.length === 1) hit(event, letter);
  }

  function keep(event, letter) {
    event.preventDefault();
    if (!event.repeat) typedAhead.push(letter);
  }

  function later(letter) {
    if (busy === "ask") typedAhead.push(letter);
    else asked.querySelector(`[data-key="${CSS.escape(letter)}"]`)?.click();
  }

  function space(event, own) {
    if (own && own.id !== "next") {
      if (event.repeat) event.preventDefault(); // a key that is held down is one press
      return;
    }
    if (event.key === "Enter" && !asked.hidden) return;
    event.preventDefault();
    if (event.repeat) return;
    shut();
    part("next").click();
  }

  function begin(event, digit) {
    event.preventDefault();
    if (!event.repeat) type(digit);
  }

  function hit(event, letter) {
    const within = asked.hidden || letter === "U" ? body : asked;
    const key = within.querySelector(`[data-key="${CSS.escape(letter)}"]`);
    if (!key || (asked.hidden && asked.contains(key))) return;
    event.preventDefault();
    if (!event.repeat || key.closest(".dossiers")) key.click();
  }

  // ---- wiring

  function count(event) {
    const step = event.target.closest("button")?.dataset.key;
    if (!step) return;
    const value = Number(part("count").value) + (step === "+" ? 1 : -1);
    part("count").value = value > 0 ? Math.min(value, 1000) : "";
  }

  function toggleMore() {
    const open = !("more" in body.dataset);
    if (open) body.dataset.more = "";
    else delete body.dataset.more;
    part("more").setAttribute("aria-expanded", String(open));
  }

  for (const form of [desk, asked, part("beside")]) form.addEventListener("submit", submitted);
  document.addEventListener("keydown", keyed);
  document.addEventListener("keyup", (event) => event.key === " " && event.target.id === "next" && event.preventDefault());
  // After a click the next Space is *next* again, not that button once more.
  document.addEventListener("click", (event) => event.detail && event.target.closest("button")?.blur());
  part("count").addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    event.target.blur();
  });
  part("dossiers").addEventListener("click", count);
  part("more").addEventListener("click", toggleMore);
  part("back").addEventListener("click", (event) => {
    event.preventDefault();
    shut();
  });
  part("help").addEventListener("click", (event) => {
    event.preventDefault();
    part("helping").showModal();
  });
  part("small").addEventListener("click", (event) => {
    event.preventDefault();
    window.open(event.target.href, "moiso", "popup,width=360,height=300");
  });
  document.addEventListener("snapshot", ({ detail }) => take(detail.page));
  document.addEventListener("lost", tick);
  document.addEventListener("barred", ({ detail }) => {
    signedOut(detail);
    tick();
  });
  document.addEventListener("hubtime", ({ detail }) => {
    if (detail) ahead = detail - performance.now();
  });
  // Not while she is asked something, or told that a press did nothing: that word would be gone with the old page.
  const minding = () => busy || !asked.hidden || ["unknown", "rejected", "error"].includes(said.dataset.status);
  document.addEventListener("renew", (event) => minding() && event.preventDefault());
  part("dossiers").hidden = part("more").hidden = part("small").hidden = false;
  if (!asked.hidden) body.dataset.asking = "yes";
  window.setInterval(tick, 250);
  take(page);
})();
