// Home again after silence: the next visitor finds the page as everybody does.
const ASK = 20000; // milliseconds without a touch after which it is said, and after which it is done
const LEAVE = 30000;
const LONGER = 30000; // more, for who reads a checklist

/** `resting`: whether there is nothing to go home from; `reading`: whether somebody may be reading. */
export function watchSilence({ resting, reading, ask, leave }) {
  let last = performance.now();
  const heard = () => {
    last = performance.now();
    ask(false);
  };
  for (const sign of ["pointerdown", "keydown"]) window.addEventListener(sign, heard, true);
  window.setInterval(() => {
    if (resting()) {
      last = performance.now();
      return;
    }
    const silent = performance.now() - last - (reading() ? LONGER : 0);
    ask(silent > ASK);
    if (silent > LEAVE) {
      heard();
      leave();
    }
  }, 500);
}
