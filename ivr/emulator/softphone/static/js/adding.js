// Putting up one telephone more.

import { setText } from "./dom.js";

export function offerMore(line, { opener, dialog, form, cancel, error }) {
  opener.addEventListener("click", () => {
    form.reset();
    setText(error, "");
    dialog.showModal();
  });
  cancel.addEventListener("click", () => dialog.close());
  form.addEventListener("submit", async (submitted) => {
    submitted.preventDefault();
    const { name, number } = Object.fromEntries(new FormData(form));
    try {
      await line.order("add", undefined, { name, number });
      dialog.close();
    } catch (refused) {
      setText(error, refused.message);
    }
  });
}
