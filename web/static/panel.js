// The front panel: presses without leaving the page, pictures that change without a flicker, the voice as it speaks.
"use strict";

(() => {
  const failed = document.getElementById("failed");

  // ---- presses

  let sending = Promise.resolve(); // one after the other, as the finger did it

  async function post(form, name, value) {
    const fields = new FormData(form);
    fields.set(name, value);
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(fields) });
      if (answer.status === 403) window.location.reload();
      failed.hidden = answer.ok;
    } catch {
      failed.hidden = false;
    }
  }

  function send(form, name, value) {
    sending = sending.then(() => post(form, name, value));
  }

  for (const form of document.querySelectorAll("form")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form, event.submitter.name, event.submitter.value);
    });
  }

  // ---- a finger that stays on a key: the device feels it go down and up, and its lamp says when that was long enough

  const LONG = 400; // milliseconds from which a touch is no click

  for (const button of document.querySelectorAll("[data-hold]")) {
    let timer = 0;
    let long = false;

    function touch() {
      long = false;
      timer = window.setTimeout(() => {
        long = true;
        button.classList.add("down");
        send(button.form, button.name, `${button.value}-down`);
      }, LONG);
    }

    function leave() {
      window.clearTimeout(timer);
      if (!button.classList.contains("down")) return;
      button.classList.remove("down");
      send(button.form, button.name, `${button.value}-up`);
    }

    button.addEventListener("pointerdown", touch);
    for (const end of ["pointerup", "pointercancel", "pointerleave", "blur"]) button.addEventListener(end, leave);
    button.addEventListener("contextmenu", (event) => event.preventDefault());
    button.addEventListener("click", (event) => {
      if (long) event.preventDefault();
    });
    button.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      if (!event.repeat) touch();
    });
    button.addEventListener("keyup", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      leave();
      if (!long) button.form.requestSubmit(button);
    });
  }

  // ---- pictures

  function showPicture(image, address) {
    if (!address || image.getAttribute("src") === address || image.dataset.coming === address) return;
    image.dataset.coming = address;
    const fresh = new Image();
    fresh.addEventListener("load", () => {
      if (image.dataset.coming !== address) return;
      image.src = address;
      image.hidden = false;
      image.classList.remove("fresh");
      void image.offsetWidth; // starts the ticket's way out of the slot anew
      image.classList.add("fresh");
    });
    fresh.addEventListener("error", () => delete image.dataset.coming);
    fresh.src = address;
  }

  document.addEventListener("snapshot", ({ detail: { page, at } }) => {
    for (const image of document.querySelectorAll("[data-picture]")) showPicture(image, at(page, image.dataset.picture));
    for (const image of document.querySelectorAll("[data-alt]")) image.alt = at(page, image.dataset.alt);
    for (const link of document.querySelectorAll("[data-link]")) {
      link.href = at(page, link.dataset.link);
      link.hidden = !at(page, link.dataset.link);
    }
    for (const button of document.querySelectorAll("[data-value]")) {
      button.value = at(page, button.dataset.value);
      button.disabled = !button.value;
    }
    for (const word of document.querySelectorAll("[data-unless]")) word.hidden = Boolean(at(page, word.dataset.unless));
    for (const button of document.querySelectorAll("[data-pressed]")) {
      const [path, value] = button.dataset.pressed.split("=");
      button.setAttribute("aria-pressed", String(at(page, path) === value));
    }
  });

  // ---- the voice: every time the file has grown, what is new of it is played

  for (const button of document.querySelectorAll("[data-sound]")) {
    const player = new Audio();
    let size = Number(button.dataset.heard);
    let heard = size;

    function play() {
      if (button.getAttribute("aria-pressed") !== "true" || (!player.paused && !player.ended) || size === heard) return;
      player.src = `${button.dataset.wav}?from=${size < heard ? 0 : heard}`;
      heard = size;
      player.play().catch(() => button.setAttribute("aria-pressed", "false"));
    }

    player.addEventListener("ended", play);
    button.addEventListener("click", () => {
      const on = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(on));
      if (on) document.body.dataset.keep = "";
      else delete document.body.dataset.keep;
      if (on) heard = size;
      else player.pause();
    });
    document.addEventListener("snapshot", ({ detail: { page, at } }) => {
      size = Number(at(page, button.dataset.sound));
      if (button.getAttribute("aria-pressed") === "true") play();
      else heard = size;
    });
  }
})();
