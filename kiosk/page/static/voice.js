// Reads aloud what stands on the page, once somebody has asked for it: one sentence after the other.
import { current, site } from "./words.js";

let on = false;
let round = 0;
let playing = null;

export const able = () => site.speaks.includes(current());
export const listening = () => on;

/** [{key, text, mark}]: `mark` is an element that is shown while its text is read. A new row ends the one before. */
export async function say(row) {
  hush();
  if (!on || !able()) return;
  const mine = round;
  for (const { key = "", text, mark } of row) {
    if (mine !== round) return;
    mark?.classList.add("read");
    await play(`/say?${new URLSearchParams({ language: current(), key, text })}`);
    mark?.classList.remove("read");
  }
}

export function hush() {
  round += 1;
  playing?.pause();
  playing?.dispatchEvent(new Event("ended"));
}

export function listen(wanted) {
  on = wanted;
  if (!on) hush();
}

function play(address) {
  return new Promise((done) => {
    playing = new Audio(address);
    playing.addEventListener("ended", done);
    playing.addEventListener("error", done);
    playing.play().catch(done);
  });
}
