// Lists that can be put in order by dragging, or by their buttons without leaving the page. What is sent is the order
// in which the fields stand. Without this script the buttons ask the server to do the same.
(() => {
  const announce = document.getElementById("announce");

  const told = (list, item) => {
    [...list.children].forEach((each, place) => {
      const rank = each.querySelector(":scope > .head .rank");
      if (rank) rank.textContent = place + 1;
    });
    const place = [...list.children].indexOf(item);
    if (announce) announce.textContent = place < 0
      ? `${item.dataset.item} is removed.`
      : `${item.dataset.item} is now number ${place + 1} of ${list.children.length}.`;
  };

  const moves = {
    up: (list, item) => item.previousElementSibling && list.insertBefore(item, item.previousElementSibling),
    down: (list, item) => item.nextElementSibling && list.insertBefore(item.nextElementSibling, item),
    remove: (list, item) => item.remove(),
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    event.preventDefault();
    const item = button.closest("[data-item]"), list = item.parentElement;
    const beside = item.nextElementSibling || item.previousElementSibling || list.parentElement;
    moves[button.dataset.move](list, item);
    told(list, item);
    const next = item.isConnected ? button : beside.querySelector("button, select, input:not([type='hidden'])");
    if (next) next.focus();
  });

  document.querySelectorAll("[data-sortable]").forEach((list) => new Sortable(list, {
    handle: list.dataset.handle,
    draggable: "[data-item]",
    animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
    onEnd: ({ item, oldIndex, newIndex }) => {
      if (oldIndex === newIndex) return;
      told(list, item);
      if ("submit" in list.dataset) list.closest("form").submit();
    },
  }));
})();
