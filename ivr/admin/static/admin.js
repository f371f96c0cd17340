// The menu is open unless the screen is narrow, and cells know their column, for screens on which tables become cards.
// Without this script the menu stays open and cells go without their column's name.
(() => {
  const menu = document.getElementById("menu");
  const narrow = matchMedia("(max-width: 60rem)");
  const fit = () => { if (menu) menu.open = !narrow.matches; };
  narrow.addEventListener("change", fit);
  fit();

  const label = (root) => root.querySelectorAll("table").forEach((table) => {
    const columns = [...table.querySelectorAll("thead th")].map((cell) => cell.textContent);
    table.querySelectorAll("tbody tr").forEach((row) =>
      [...row.cells].forEach((cell, column) => { cell.dataset.column = columns[column] || ""; }));
  });
  label(document);
  document.addEventListener("htmx:afterSwap", () => label(document));
})();

// A sentence is heard through the browser's own voice, and timed. Without one the button stays hidden.
(() => {
  if (!("speechSynthesis" in window)) return;
  document.querySelectorAll("button[data-speaks]").forEach((button) => {
    const words = document.getElementById(button.dataset.speaks);
    const took = document.getElementById(`${button.dataset.speaks}-took`);
    button.hidden = false;
    button.addEventListener("click", () => {
      const speech = new SpeechSynthesisUtterance(words.textContent);
      let begun = 0;
      speech.lang = words.lang;
      speech.onstart = () => { begun = performance.now(); took.textContent = "Speaking…"; };
      speech.onend = () => { took.textContent = `This browser's voice took ${((performance.now() - begun) / 1000).toFixed(1)} s.`; };
      speech.onerror = () => { took.textContent = "This browser has no voice for it."; };
      speechSynthesis.cancel();
      speechSynthesis.speak(speech);
    });
  });
})();

// What somebody typed waits in this tab on the way to the identity provider and back: it is too long for a cookie, and
// nothing is stored on the server for whoever never comes back.
(() => {
  const WAITS = "kept form";
  document.querySelectorAll("a[data-keeps]").forEach((link) => link.addEventListener("click", () => {
    const kept = document.querySelector("input[name=kept]");
    sessionStorage.removeItem(WAITS);
    if (!kept) return;
    sessionStorage.setItem(WAITS, kept.value);
    const address = new URL(link.href);
    address.searchParams.set("kept", "1");
    link.href = address.href;
  }));
  document.querySelectorAll("form[data-takes-back]").forEach((form) => {
    const waits = sessionStorage.getItem(WAITS);
    if (!waits) return;
    const kept = document.createElement("input");
    Object.assign(kept, { type: "hidden", name: "kept", value: waits });
    form.append(kept);
    if (form.dataset.takesBack !== "at once") return;
    sessionStorage.removeItem(WAITS);
    form.requestSubmit();
  });
})();
