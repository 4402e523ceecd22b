// The keyboard on the screen: plain letters, since the finder needs no marks.
import { byId, icon, make, touched } from "./dom.js";
import { text } from "./words.js";

const NUMBERS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"];
const LETTERS = [[..."qwertyuiop"], [..."asdfghjkl"], [..."zxcvbnm"]];
const FIGURES = [NUMBERS, [".", "-", "/"], []];

let figures = false; // small screens: digits instead of letters

/** Draws the keys; `type` gets a sign, "erase" or " ". */
export function drawKeys(type) {
  const [top, middle, bottom] = figures ? FIGURES : LETTERS;
  const rows = [row(top, type), row(middle, type), row(bottom, type)];
  rows[1].append(wide(icon("erase"), text("erase"), () => type("erase")));
  rows[2].prepend(turnKey(type));
  rows[2].append(wide(text("space"), "", () => type(" ")));
  const numbers = row([...NUMBERS, "."], type);
  numbers.classList.add("numbers");
  byId("keys").replaceChildren(numbers, ...rows);
}

const row = (signs, type) => make("div", ...signs.map((sign) => key(sign, type)));

function key(sign, type) {
  const button = make("button", sign.toUpperCase());
  touched(button, () => type(sign));
  return button;
}

function wide(face, name, act) {
  const button = make("button.wide", face);
  if (name) button.setAttribute("aria-label", name);
  touched(button, act);
  return button;
}

function turnKey(type) {
  const button = wide(text(figures ? "letters" : "digits"), "", () => {
    figures = !figures;
    drawKeys(type);
  });
  button.classList.add("turn-digits");
  return button;
}
