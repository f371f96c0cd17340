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
