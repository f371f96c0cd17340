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
