// The start page: a box for each service, or why there are none now.
import { byId, drawn, icon, keep, make, touched, write } from "./dom.js";
import { said, service, site, text, wait } from "./words.js";

const MOST = 8;
const STOPPED = { starting: "clock", closed: "clock", "ask-staff": "staff" };

let page = 0; // which eight
let onTake = () => {};

export function takeWith(act) {
  onTake = act;
}

export function firstBoxes() {
  page = 0;
}

/** Draws the boxes of `screen`, or its reason why there are none. */
export function drawHome(screen) {
  const stopped = screen.mode in STOPPED;
  byId("choices").hidden = stopped;
  byId("stopped").hidden = !stopped;
  document.querySelector(".ask").hidden = stopped;
  if (stopped) drawStopped(screen);
  else drawChoices(screen);
}

/** What the voice reads on the start page. */
export function homeAloud(screen) {
  if (screen.mode in STOPPED) return [{ text: `${text(headOf(screen))}. ${whatOf(screen)}` }];
  const boxes = [...document.querySelectorAll(".choice[data-code]")];
  const named = boxes.map((box) => ({ key: `service-${box.dataset.code}`, text: service(box.dataset.code), mark: box }));
  return [{ key: "say_home", text: text("say_home") }, ...named, { key: "say_find", text: text("say_find"), mark: byId("find") }];
}

const headOf = (screen) => (screen.mode === "ask-staff" ? "staff" : screen.mode);
const whatOf = (screen) => said(screen.notice) || text(`${headOf(screen)}_what`);

function drawStopped(screen) {
  const panel = byId("stopped");
  panel.querySelector(".face").replaceChildren(icon(STOPPED[screen.mode]));
  write(panel.querySelector(".large"), text(headOf(screen)));
  write(panel.querySelector(".what"), whatOf(screen));
  write(panel.querySelector(".hours"), screen.mode === "closed" && site.hours ? text("hours", { hours: site.hours }) : "");
}

function drawChoices(screen) {
  const list = byId("choices");
  const boxes = shownOf(screen.choices);
  const [columns, span] = grid(boxes.length);
  list.style.setProperty("--columns", columns);
  list.dataset.boxes = boxes.length;
  keep(list, boxes, (box) => box.code, makeBox, (item, box) => {
    item.style.gridColumn = `span ${span(boxes.indexOf(box))}`;
    fillBox(item.firstChild, box);
  });
}

/** At most eight: where there are more services, the last box leads to the others. */
function shownOf(choices) {
  if (choices.length <= MOST) return choices;
  const pages = Math.ceil(choices.length / (MOST - 1));
  const from = (page % pages) * (MOST - 1);
  return [...choices.slice(from, from + MOST - 1), { code: "", more: true }];
}

/** The grid of n boxes without a hole in it: its columns, and how many of them the box at a place takes. */
function grid(n) {
  if (window.matchMedia("(orientation: portrait)").matches) return [2, (at) => (n % 2 && at === 0 ? 2 : 1)];
  const above = Math.floor(n / 2) || 1;
  const below = n - above || 1;
  return [above * below, (at) => (at < above ? below : above)];
}

function makeBox(box) {
  const button = make("button.choice", icon("paper"), make("span.name"), make("span.facts"));
  touched(button, () => (box.more ? turn() : onTake(box.code)));
  return make("li", button);
}

function turn() {
  page += 1;
  document.dispatchEvent(new Event("redraw"));
}

function fillBox(button, box) {
  const [picture, name, facts] = button.children;
  drawn(picture, box.more ? "more" : (site.icons[box.code] ?? "paper"));
  write(name, box.more ? text("others") : together(said(box.name) || service(box.code)));
  if (box.more) return;
  button.dataset.code = box.code;
  button.dataset.gives = box.gives ? "yes" : "no";
  const waiting = box.waiting ? text("waiting", { n: box.waiting }) : text("nobody");
  const lines = [
    ["waiting", box.gives ? waiting : ""],
    ["minutes", box.gives && box.waiting ? wait(box.promise, "box_") : ""],
    ["note", said(box.note) || (box.gives ? "" : text("ask_staff"))],
  ].filter(([, words]) => words);
  keep(facts, lines, ([kind]) => kind, ([kind]) => make(`span.${kind}`), (line, [, words]) => write(line, words));
}

/** A dash stays at the end of its line. */
const together = (name) => name.replaceAll(" – ", "\u00a0– ");
