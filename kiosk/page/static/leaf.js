// The page of one procedure: the papers to bring, where it is done, and the ways to take the list along.
import { byId, icon, make, touched, write } from "./dom.js";
import { current, service, text } from "./words.js";

let procedure = null;
let acts = {};

/** acts: take(procedure), print(procedure), phone(procedure), missing(). */
export function leafWith(given) {
  acts = given;
  touched(byId("take"), () => acts.take(procedure));
  touched(byId("print"), () => acts.print(procedure));
  touched(byId("phone"), () => acts.phone(procedure));
  touched(byId("further"), () => turn(1));
  touched(byId("up"), () => turn(-1));
  byId("papers").addEventListener("scroll", ends);
  window.addEventListener("resize", ends);
}

/** Opens the page of a code; false when the catalogue does not have it, or does not answer. */
export async function openLeaf(code) {
  try {
    const answer = await fetch(`/procedure/${encodeURIComponent(code)}?${new URLSearchParams({ language: current() })}`);
    if (!answer.ok) return false;
    procedure = await answer.json();
  } catch {
    return false;
  }
  byId("papers").scrollTop = 0;
  return true;
}

export const leafCode = () => procedure?.code;

/** What the voice reads of it. */
export const leafAloud = () => [
  { key: `procedure-${procedure.code.replace(".", "-")}`, text: procedure.label },
  { text: [text("papers"), ...procedure.papers].join(". ") },
  { text: byId("place").textContent },
];

export function drawLeaf(screen) {
  if (!procedure) return;
  write(byId("leaf-name"), procedure.label);
  write(byId("leaf-code"), procedure.code);
  const papers = procedure.papers.map((paper) => make("li", icon("box"), make("span", paper)));
  byId("papers").replaceChildren(papers.length ? make("ul", ...papers) : make("p", text("papers_unknown")));
  drawPlace(screen.choices.find((choice) => choice.code === procedure.service));
  byId("print").hidden = byId("phone").hidden = papers.length === 0;
  ends();
}

function drawPlace(choice) {
  const { elsewhere, service: code } = procedure;
  const counters = (choice?.counters.length ? choice.counters : procedure.counters).join(", ");
  const head = elsewhere ? text("elsewhere") : code ? text("here", { service: service(code) }) : text("where_unknown");
  const more = elsewhere ? text("elsewhere_where", { where: elsewhere }) : code ? counters : "";
  const place = byId("place");
  place.toggleAttribute("data-elsewhere", !code);
  place.replaceChildren(icon(code ? "check" : "elsewhere"), make("p", make("b", head), ` ${more}`));
  const take = byId("take");
  take.hidden = !code || !choice;
  if (code) write(take.querySelector("span"), text("take", { service: service(code) }));
}

function turn(way) {
  const papers = byId("papers");
  papers.scrollBy({ top: way * papers.clientHeight * 0.85 });
}

function ends() {
  const papers = byId("papers");
  const left = papers.scrollHeight - papers.clientHeight - papers.scrollTop;
  byId("further").hidden = left < 4;
  byId("up").hidden = papers.scrollTop < 4;
}
