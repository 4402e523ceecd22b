// Home again after silence: the next visitor finds the page as everybody does.
const ASK = 20000; // milliseconds without a touch after which it is said, and after which it is done
const LEAVE = 30000;
const LONGER = 30000; // more, for who reads a checklist

/** `resting`: whether there is nothing to go home from; `reading`: whether somebody may be reading. */
export function watchSilence({ resting, reading, ask, leave }) {
  let last = performance.now();
  const heard = () => {
    last = performance.now();
  };
  const answered = () => {
    heard();
    ask(false);
  };
  for (const sign of ["pointerdown", "keydown"]) window.addEventListener(sign, heard, true);
  // The question stays under the finger until that has left: what is behind it was not meant.
  for (const sign of ["pointerup", "keyup"]) window.addEventListener(sign, answered);
  window.setInterval(() => {
    if (resting()) {
      last = performance.now();
      return;
    }
    const silent = performance.now() - last - (reading() ? LONGER : 0);
    if (silent > ASK) ask(true);
    if (silent > LEAVE) {
      answered();
      leave();
    }
  }, 500);
}
