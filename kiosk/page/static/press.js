// One press, from the finger to the kiosk: it has an id of its own, and is said again under it until it is answered.
const AGAIN = 1000; // milliseconds between two words of the same press
const SLOW = 1500; // after which the visitor is told that it takes longer
const PATIENCE = 15000;
const DONE = ["printed", "shown", "refused"];

const newId = () => [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

async function post(path, body) {
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(body), signal: AbortSignal.timeout(AGAIN) });
  return answer.status;
}

export class Presses {
  #waiting = null; // what nobody has answered yet
  #gone = null; // the press that the visitor is done with, though the kiosk may not know it yet
  #changed;

  constructor(changed) {
    this.#changed = changed;
    window.setInterval(() => this.#look(), 200);
  }

  /** Somebody wants a number, a checklist, or one number more (`again`: under the id of the press that was asked about). */
  begin(path, body, again = null) {
    const press = again ?? newId();
    const said = again ? { ...body, press, again: true } : { ...body, press };
    this.#waiting = { path, body: said, since: performance.now(), tried: -AGAIN, slow: false, failed: false };
    this.#look();
    this.#changed();
  }

  /** The press that waits for an answer: {press, service, slow, failed}, or null. */
  get waiting() {
    const asked = this.#waiting;
    return asked && { ...asked.body, slow: asked.slow, failed: asked.failed };
  }

  /** The progress that is to be shown; null when the visitor has been done with it. */
  shown(progress) {
    return progress && progress.press !== this.#gone ? progress : null;
  }

  /** The kiosk's newest word. */
  heard(progress) {
    const asked = this.#waiting?.body;
    if (!asked || progress?.press !== asked.press) return;
    if (!asked.again || progress.stage !== "again") this.#waiting = null;
  }

  /** The visitor is done with it. */
  leave(press) {
    if (this.#waiting?.body.press === press) this.#waiting = null;
    this.#gone = press;
    post("/dismiss", { press }).catch(() => {});
    this.#changed();
  }

  reprint(press) {
    post("/reprint", { press }).catch(() => {});
  }

  #look() {
    const asked = this.#waiting;
    const now = performance.now();
    if (!asked || asked.failed) return;
    if (!asked.slow && now - asked.since > SLOW) {
      asked.slow = true;
      this.#changed();
    }
    if (now - asked.since > PATIENCE) {
      this.#fail(asked);
    } else if (now - asked.tried >= AGAIN) {
      asked.tried = now;
      post(asked.path, asked.body).then(
        (status) => status >= 400 && status < 500 && this.#fail(asked),
        () => {},
      );
    }
  }

  #fail(asked) {
    if (this.#waiting !== asked) return;
    asked.failed = true;
    // Should a number come of it after all, nobody is there to take it.
    post("/dismiss", { press: asked.body.press }).catch(() => {});
    this.#changed();
  }
}

/** Whether nothing more is on its way for a press at this stage. */
export const over = (stage) => DONE.includes(stage);
