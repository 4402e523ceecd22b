// The finder: results while one types.
import { byId, keep, make, touched, write } from "./dom.js";
import { drawKeys } from "./keys.js";
import { current, text } from "./words.js";

const LONGEST = 60;

let typed = "";
let asking = null;
let onChosen = () => {};

export function chooseWith(act) {
  onChosen = act;
  touched(byId("clear"), forget);
}

/** Begins anew, as the next visitor finds it. */
export function forget() {
  typed = "";
  draw();
}

/** The procedure that was touched could not be opened: the results stay, and it says so. */
export function notFound() {
  write(byId("say"), text("find_failed"));
}

/** Everything again, in the language of now. */
export function draw() {
  drawKeys(type);
  look();
}

function type(sign) {
  typed = sign === "erase" ? typed.slice(0, -1) : (typed + sign).slice(0, LONGEST).replace(/^ /, "");
  look();
}

async function look() {
  write(byId("typed"), typed);
  asking?.abort();
  asking = new AbortController();
  if (!typed.trim()) return show([], "find_hint");
  try {
    const answer = await fetch(`/find?${new URLSearchParams({ q: typed, language: current() })}`, { signal: asking.signal });
    const { ready, hits } = await answer.json();
    show(hits, ready ? (hits.length ? "" : "find_none") : "find_missing");
  } catch (error) {
    if (error.name !== "AbortError") show([], "find_failed");
  }
}

function show(hits, say) {
  write(byId("say"), say ? text(say) : "");
  keep(byId("hits"), hits, (hit) => hit.code, makeHit, (item, hit) => fillHit(item.firstChild, hit));
}

function makeHit(hit) {
  const button = make("button.hit", make("span.label"), make("span.tag"));
  touched(button, () => onChosen(hit.code));
  return make("li", button);
}

function fillHit(button, hit) {
  write(button.children[0], hit.label);
  write(button.children[1], hit.elsewhere || hit.service_name);
  button.toggleAttribute("data-elsewhere", Boolean(hit.elsewhere));
}
