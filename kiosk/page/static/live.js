// The newest Screen of the kiosk, for ever: a kiosk that restarts is asked again until it answers.
const PATIENCE = 4500; // milliseconds of silence; the kiosk says something every 2000
const RETRY = 1000;

/** `renew`: the kiosk has been started anew, perhaps with other services, texts or scripts. */
export function follow(show, lose, renew) {
  let source = null;
  let boot = "";
  let heard = performance.now();
  let tried = 0;

  function open() {
    if (source) source.close();
    tried = performance.now();
    source = new EventSource("/live");
    source.addEventListener("message", (event) => {
      heard = performance.now();
      document.body.dataset.at = event.lastEventId;
      const [started] = event.lastEventId.split("-");
      if (boot && boot !== started) renew();
      boot = started;
      show(JSON.parse(event.data));
    });
    source.addEventListener("alive", () => (heard = performance.now()));
    source.addEventListener("error", () => (heard = Math.min(heard, performance.now() - PATIENCE)));
  }

  window.setInterval(() => {
    const now = performance.now();
    if (now - heard < PATIENCE) return;
    lose();
    if (now - tried > RETRY) open();
  }, 250);
  open();
}
