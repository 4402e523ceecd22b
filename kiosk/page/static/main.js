// The touch page: what the kiosk says and what the visitor does become what is shown.
import { answerAloud, progressAnswer, showAnswer, waitingAnswer } from "./answer.js";
import { byId, icon, keep, make, touched, write } from "./dom.js";
import { chooseWith, draw as drawFinder, forget, notFound } from "./finder.js";
import { drawHome, firstBoxes, homeAloud, takeWith } from "./home.js";
import { drawLeaf, leafAloud, leafCode, leafWith, openLeaf } from "./leaf.js";
import { follow } from "./live.js";
import { Presses } from "./press.js";
import { watchSilence } from "./silence.js";
import { current, FIRST, languages, said, service, site, speak, text } from "./words.js";
import { able, hush, listen, listening, say } from "./voice.js";

// Milliseconds for which an answer stands when nobody touches it.
const STANDS = { printed: 8000, refused: 12000, again: 20000, shown: 60000, scan: 12000, phone: 60000, crowded: 4000 };
// The modes in which the boxes stand there and the kiosk's notice above them.
const NOTICED = ["ready", "offline", "paper-out"];

const { body } = document;
const presses = new Presses(draw);
let screen = { mode: "starting", crowd: false, training: false, choices: [], progress: null, notice: null, scan: null };
let linked = true;
let outdated = false; // the kiosk has been started anew since the page was loaded
let view = "home";
let before = "home"; // where the page of a procedure was opened from
let phone = null; // the procedure whose checklist stands there as a QR code
let scanned = null; // the last scan that was looked at
let spoken = "";

// ---- what stands there

function draw() {
  body.dataset.view = view;
  body.dataset.mode = screen.mode;
  for (const name of ["home", "finder", "leaf"]) byId(name).hidden = name !== view;
  byId("training").hidden = !screen.training;
  drawBand();
  drawHome(screen);
  if (view === "leaf") drawLeaf(screen);
  drawOptions();
  const answer = answerNow();
  drawStrip();
  showAnswer(answer);
  time(answer);
  read(answer);
}

function drawBand() {
  const band = byId("band");
  const notice = NOTICED.includes(screen.mode) ? said(screen.notice) : "";
  const words = linked ? [notice, screen.crowd ? text("crowd") : ""] : [text("lost")];
  write(band, words.filter(Boolean).join(" "));
  band.hidden = !band.textContent;
}

const shown = () => presses.shown(screen.progress);
const crowded = (progress) => screen.crowd && progress?.stage === "printed";

function answerNow() {
  const { waiting } = presses;
  const progress = shown();
  if (waiting) return waitingAnswer(waiting, { leave: () => presses.leave(waiting.press) });
  if (progress && !crowded(progress)) {
    return progressAnswer(progress, {
      leave: () => presses.leave(progress.press),
      more: () => presses.begin("/touch", { service: progress.service, language: current() }, progress.press),
      reprint: () => presses.reprint(progress.press),
    });
  }
  if (screen.scan && presses.shown({ press: screen.scan.id }) && screen.scan.kind !== "procedure") return scanAnswer(screen.scan);
  return phone && phoneAnswer();
}

function scanAnswer(scan) {
  const buttons = [[text("close"), () => presses.leave(scan.id), "main"]];
  const tone = scan.well ? "good" : "warn";
  return { id: scan.id, stage: "scan", tone, head: scan.ticket ?? text("title"), words: said(scan.words), buttons };
}

function phoneAnswer() {
  const leave = () => {
    phone = null;
    draw();
  };
  const buttons = [[text("done"), leave, "main"]];
  return { id: phone.code, stage: "phone", head: text("phone_title"), qr: phone.takeaway, caption: `${phone.label}. ${text("phone_what")}`, buttons };
}

/** In a crowd the number stands above the boxes, which the next visitor can touch already. */
function drawStrip() {
  const progress = shown();
  const strip = byId("strip");
  strip.hidden = !crowded(progress);
  if (strip.hidden) return;
  strip.replaceChildren(make("span.ticket", progress.ticket), make("span", said(progress.words)));
}

function drawOptions() {
  const others = languages.filter((language) => language !== current());
  keep(byId("languages"), others, (language) => language, languageButton, () => {});
  byId("listen").hidden = !able();
  byId("listen").setAttribute("aria-pressed", String(listening()));
}

function languageButton(language) {
  const button = make("button.plain", icon("globe"), make("span", site.texts[language].language));
  button.lang = language;
  touched(button, () => useLanguage(language));
  return button;
}

// ---- how long it stands there, and what is read aloud

let timer = 0;
let timed = "";

function time(answer) {
  const strip = shown();
  const [id, stage] = answer ? [answer.id, answer.stage] : crowded(strip) ? [strip.press, "crowded"] : ["", ""];
  if (timed === id + stage) return;
  timed = id + stage;
  window.clearTimeout(timer);
  if (stage in STANDS) timer = window.setTimeout(() => leave(id, stage), STANDS[stage]);
}

function leave(id, stage) {
  timed = "";
  if (stage === "phone") phone = null;
  else presses.leave(id);
  if (stage !== "crowded") start();
  draw();
}

function read(answer) {
  const what = JSON.stringify([listening(), current(), answer ? [answer.id, answer.stage] : view === "leaf" ? leafCode() : [view, screen.mode]]);
  if (what === spoken) return;
  spoken = what;
  if (answer) say(answerAloud(answer));
  else if (view === "leaf") say(leafAloud());
  else if (view === "home") say(homeAloud(screen));
  else say([{ key: "find_hint", text: text("find_hint") }]);
}

// ---- what the visitor does

function go(where) {
  before = where === "leaf" && view !== "leaf" ? view : before;
  view = where;
  hush();
  draw();
}

function take(code, procedure = null) {
  presses.begin("/touch", { service: code, procedure, language: current() });
}

async function openProcedure(code) {
  if (await openLeaf(code)) {
    go("leaf");
    return true;
  }
  return false;
}

function back() {
  if (view === "leaf" && before === "finder") go("finder");
  else start();
}

function useLanguage(language) {
  speak(language);
  drawFinder();
  if (view === "leaf") openProcedure(leafCode());
  draw();
}

function toggle(id, name) {
  touched(byId(id), () => {
    const on = body.classList.toggle(name);
    byId(id).setAttribute("aria-pressed", String(on));
    draw();
  });
}

/** The page as everybody finds it. */
function start() {
  view = before = "home";
  phone = null;
  firstBoxes();
  forget();
  draw();
}

function fresh() {
  for (const [id, name] of [["contrast", "contrast"], ["lower", "low"]]) {
    body.classList.remove(name);
    byId(id).setAttribute("aria-pressed", "false");
  }
  listen(false);
  speak(FIRST);
  start();
}

const asEverybodyFindsIt = () =>
  view === "home" && current() === FIRST && !listening() && !phone && !body.classList.contains("contrast") && !body.classList.contains("low");

takeWith(take);
chooseWith(async (code) => (await openProcedure(code)) || notFound());
leafWith({
  take: (procedure) => take(procedure.service, procedure.code),
  print: (procedure) => presses.begin("/list", { procedure: procedure.code, language: current() }),
  phone: (procedure) => {
    phone = procedure;
    draw();
  },
});
touched(byId("find"), () => {
  forget();
  go("finder");
});
for (const button of document.querySelectorAll(".back")) touched(button, back);
for (const button of document.querySelectorAll(".start")) touched(button, start);
toggle("contrast", "contrast");
toggle("lower", "low");
touched(byId("listen"), () => {
  listen(!listening());
  draw();
});
touched(byId("stay"), () => {});
document.addEventListener("redraw", draw);
document.addEventListener("contextmenu", (event) => event.preventDefault());
window.addEventListener("resize", draw);

const busy = () => Boolean(presses.waiting || shown());

watchSilence({
  resting: () => asEverybodyFindsIt() || busy(),
  reading: () => view === "leaf" || Boolean(phone),
  ask: (asked) => (byId("still").hidden = !asked),
  leave: fresh,
});

// ---- what the kiosk says

function takeIn(newest) {
  linked = true;
  screen = newest;
  presses.heard(screen.progress);
  const { scan } = screen;
  if (scan && scan.id !== scanned) {
    scanned = scan.id;
    if (scan.kind === "procedure") opened(scan);
  }
  draw();
}

async function opened(scan) {
  const known = await openProcedure(scan.procedure);
  if (known) presses.leave(scan.id);
  else screen = { ...screen, scan: { ...scan, kind: "other", well: false, words: { [FIRST]: text("unknown"), [current()]: text("unknown") } } };
  draw();
}

drawFinder();
draw();
follow(
  takeIn,
  () => {
    if (!linked) return;
    linked = false;
    draw();
  },
  () => (outdated = true),
);

// What a new start has brought is loaded when nobody is at the page, from a kiosk that answers.
window.setInterval(() => outdated && linked && asEverybodyFindsIt() && !busy() && window.location.reload(), 1000);
