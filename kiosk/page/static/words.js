// What the page says, in the language that the visitor chose.
export const site = JSON.parse(document.getElementById("site").textContent);
export const { languages } = site;
export const FIRST = languages[0];

let language = FIRST;

export const current = () => language;

/** A text of the page with its {places} filled; Vietnamese where the language has none. */
export function text(key, places = {}) {
  const raw = site.texts[language][key] || site.texts[FIRST][key] || "";
  return raw.replace(/\{(\w+)\}/g, (_, name) => places[name] ?? "");
}

/** A sentence that came in several languages; nothing for none. */
export const said = (words) => (words ? words[language] || words[FIRST] : "");

/** A service's name as the site gives it. */
export const service = (code) => {
  const names = site.services[code] ?? {};
  return names[language] || names[FIRST] || "";
};

/** A range of minutes in words, those of a sentence or the few of a box (`box_`); nothing without a range. */
export function wait(range, of = "") {
  if (!range) return "";
  if (range.high > 60) return text(`${of}wait_long`, { n: 60 });
  return range.low === 0 ? text(`${of}wait_short`, { n: range.high }) : text(`${of}wait`, range);
}

export function speak(chosen) {
  language = chosen;
  document.documentElement.lang = chosen;
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = text(element.dataset.t);
}
