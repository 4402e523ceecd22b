// What became of a press, over everything else: the number, a question, or why there is none.
import { byId, make, touched, write } from "./dom.js";
import { over } from "./press.js";
import { said, service, text, wait } from "./words.js";

const TONES = { again: "warn", printed: "good", shown: "good", refused: "warn" };

const dialog = byId("answer");
const part = (name) => dialog.querySelector(name);
let drawn = "";

dialog.addEventListener("cancel", (event) => event.preventDefault());

/** Shows what `answer` says, or closes. answer: {id, stage, head, service, ticket, facts, words, qr, caption, buttons}. */
export function showAnswer(answer) {
  const as = JSON.stringify(answer, (_, value) => (typeof value === "function" ? undefined : value));
  if (as === drawn) return;
  drawn = as;
  if (!answer) {
    if (dialog.open) dialog.close();
    return;
  }
  dialog.dataset.stage = answer.stage;
  dialog.dataset.tone = answer.tone ?? TONES[answer.stage] ?? "";
  dialog.toggleAttribute("data-qr", Boolean(answer.qr));
  dialog.toggleAttribute("data-number", Boolean(answer.ticket));
  write(byId("answer-head"), answer.head);
  write(part(".service"), answer.service ?? "");
  write(part(".ticket"), answer.ticket ?? "");
  part(".ticket").style.setProperty("--signs", Math.max(4, answer.ticket?.length ?? 0));
  part(".facts").replaceChildren(...(answer.facts ?? []).map((fact) => make("span", fact)));
  part(".words").replaceChildren(...(answer.busy ? [make("span.wait")] : []), answer.words ?? "");
  drawQr(answer);
  drawButtons(answer.buttons ?? []);
  if (!dialog.open) dialog.showModal();
}

/** What the voice says of it: signs of a number one by one. */
export function answerAloud(answer) {
  const number = answer.ticket && { text: text("say_number", { number: [...answer.ticket].join(" ") }) };
  const paper = number && answer.stage === "printed" && { key: "say_take", text: text("say_take") };
  const rest = { text: answer.words ?? "" };
  return [number || { text: answer.head }, paper, rest].filter((sentence) => sentence && sentence.text);
}

function drawQr({ qr, caption }) {
  const figure = part(".qr");
  figure.hidden = !qr;
  if (!qr) return;
  figure.querySelector("img").src = `/qr.svg?${new URLSearchParams({ text: qr })}`;
  figure.querySelector("img").alt = caption;
  write(figure.querySelector("figcaption"), caption);
}

function drawButtons(buttons) {
  part(".buttons").replaceChildren(
    ...buttons.map(([words, act, kind = "plain"]) => {
      const button = make(`button.${kind}`, words);
      touched(button, act);
      return button;
    }),
  );
}

/** A press that nobody has answered yet. */
export const waitingAnswer = (waiting, acts) =>
  waiting.failed
    ? { id: waiting.press, stage: "refused", head: text("staff"), words: text("gave_up"), buttons: [[text("close"), acts.leave, "main"]] }
    : asking(waiting);

const asking = ({ press, service: code, slow }) => ({
  id: press,
  stage: "asking",
  head: text(code ? "taking" : "moment"),
  service: service(code),
  words: slow ? text("slow") : code ? text("moment") : "",
  busy: true,
});

/** The kiosk's own progress, as it is shown. */
export function progressAnswer(progress, acts) {
  return progress.service ? numberAnswer(progress, acts) : listAnswer(progress, acts);
}

/** A checklist on its way to paper. */
const listAnswer = ({ press, stage, words }, { leave }) => ({
  id: press,
  stage,
  head: text("print"),
  words: said(words),
  busy: !over(stage),
  buttons: over(stage) ? [[text("done"), leave, "main"]] : [],
});

function numberAnswer(progress, acts) {
  const facts = {
    id: progress.press,
    stage: progress.stage,
    head: said(progress.words),
    service: service(progress.service),
    ticket: progress.ticket ?? "",
  };
  switch (progress.stage) {
    case "asking":
      return asking(progress);
    case "again":
      return {
        ...facts,
        head: service(progress.service),
        service: "",
        ticket: "",
        words: said(progress.words),
        buttons: [
          [text("no_more"), acts.leave, "main"],
          [text("yes_more"), acts.more],
        ],
      };
    case "printing":
      return { ...facts, facts: factsOf(progress), busy: !progress.ticket };
    case "printed":
      return { ...facts, facts: factsOf(progress), buttons: [[text("done"), acts.leave, "main"]] };
    case "shown":
      return {
        ...facts,
        facts: factsOf(progress),
        qr: progress.url ?? "",
        caption: text(progress.phones ? "follow" : "come_back"),
        buttons: [...(progress.reprint ? [[text("reprint"), acts.reprint]] : []), [text("done"), acts.leave, "main"]],
      };
    default:
      return { ...facts, head: text("staff"), service: "", ticket: "", words: said(progress.words), buttons: [[text("close"), acts.leave, "main"]] };
  }
}

/** How many wait, how long, where: what stands under a number. */
function factsOf(progress) {
  if (!progress.ticket) return [];
  const { ahead, minutes_old: minutesOld } = progress;
  const known = ahead === null ? "" : ahead ? text("ahead", { n: ahead }) : text("nobody_ahead");
  const minutes = wait(progress.promise);
  return [
    known,
    known && minutesOld ? text("ahead_age", { n: minutesOld }) : "",
    minutes && text("promise", { wait: minutes }),
    progress.counters.length ? text("counters", { counters: progress.counters.join(", ") }) : "",
    progress.offline ? text("offline") : "",
  ].filter(Boolean);
}
