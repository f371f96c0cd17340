// The computer's keyboard on the telephone that has the focus: digits, star, pound; Enter answers or dials; Esc hangs up.

import { KEYS } from "./keypad.js";

export function followKeyboard(card, { press, enter, escape }) {
  card.addEventListener("keydown", (pressed) => {
    if (pressed.ctrlKey || pressed.metaKey || pressed.altKey || pressed.isComposing) return;
    const isField = pressed.target.matches("input, select, textarea");
    const isControl = isField || pressed.target.matches("button, summary, a");
    if (pressed.key === "Escape") act(pressed, escape);
    else if (pressed.key === "Enter" && !isControl) act(pressed, enter);
    else if (KEYS.includes(pressed.key) && pressed.key.length === 1 && !isField) act(pressed, () => press(pressed.key));
  });
}

function act(pressed, what) {
  pressed.preventDefault();
  what();
}
