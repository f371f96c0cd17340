// Twelve keys, with their letters as on any telephone. One stop for the Tab key; arrows walk from key to key.

import { el } from "./dom.js";

const LETTERS = { 2: "ABC", 3: "DEF", 4: "GHI", 5: "JKL", 6: "MNO", 7: "PQRS", 8: "TUV", 9: "WXYZ", 0: "+" };
const SPOKEN = { "*": "star", "#": "pound" };
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -3, ArrowDown: 3 };

export const KEYS = "123456789*0#";

export function keypad(name, pressed) {
  const keys = [...KEYS].map((key, index) =>
    el("button", { type: "button", className: "key", tabIndex: index ? -1 : 0, "data-key": key, "aria-label": SPOKEN[key], onclick: () => pressed(key) },
      el("b", {}, key), LETTERS[key] ? el("small", { "aria-hidden": "true" }, LETTERS[key]) : null));
  const pad = el("div", { className: "keypad", role: "group", "aria-label": `Keypad of ${name}` }, keys);
  pad.addEventListener("keydown", (arrow) => walk(keys, arrow));
  return pad;
}

function walk(keys, arrow) {
  const next = keys[keys.indexOf(arrow.target) + STEPS[arrow.key]];
  if (!next) return;
  arrow.preventDefault();
  for (const key of keys) key.tabIndex = key === next ? 0 : -1;
  next.focus();
}

// The key lights up, whoever pressed it.
export function light(pad, key) {
  const button = pad.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!button) return;
  button.classList.add("lit");
  setTimeout(() => button.classList.remove("lit"), 180);
}
