// Small hands for the page: elements that are made, kept in step with a list, and touched.
const SVG = "http://www.w3.org/2000/svg";

export const byId = (id) => document.getElementById(id);

/** make("p.facts", "text", child, ...) */
export function make(kind, ...children) {
  const [tag, ...classes] = kind.split(".");
  const element = document.createElement(tag);
  if (tag === "button") element.type = "button";
  element.classList.add(...classes);
  element.append(...children);
  return element;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.classList.add("icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS(SVG, "use"));
  return drawn(svg, name);
}

/** The icon with another picture. */
export function drawn(svg, name) {
  svg.firstChild.setAttribute("href", `#i-${name}`);
  return svg;
}

/** Sets a text only when it is another, so that nothing flickers or is read aloud again. */
export function write(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

/** The children of `parent` become one for each item, by its key: a finger that is down keeps the element it is on. */
export function keep(parent, items, keyOf, made, fill) {
  const old = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  items.forEach((item, at) => {
    const key = String(keyOf(item));
    const child = old.get(key) ?? made(item);
    old.delete(key);
    child.dataset.key = key;
    fill(child, item);
    if (parent.children[at] !== child) parent.insertBefore(child, parent.children[at] ?? null);
  });
  for (const gone of old.values()) gone.remove();
}

/**
 * Acts when a finger leaves the element on which it came down, however long it stayed and however it trembled: a
 * click would be lost to a long press. Keys and helpers click without a pointer.
 */
export function touched(element, act) {
  let down = null;
  const end = () => {
    down = null;
    element.classList.remove("down");
  };
  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !event.isPrimary) return;
    down = event.pointerId;
    element.classList.add("down");
  });
  element.addEventListener("pointerup", (event) => {
    const ours = down === event.pointerId && element.contains(document.elementFromPoint(event.clientX, event.clientY));
    end();
    if (ours) act(event);
  });
  element.addEventListener("pointercancel", end);
  element.addEventListener("click", (event) => event.detail === 0 && act(event));
}
