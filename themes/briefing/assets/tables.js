// Lets tables of the class "sortable" be sorted by their columns. Without it they are plain tables.
{
  const value = (row, column) => row.cells[column].dataset.sort ?? row.cells[column].textContent.trim();

  const sort = (header) => {
    const table = header.closest("table");
    const descending = header.ariaSort === "ascending";
    const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
    const rows = [...table.tBodies[0].rows].sort((one, other) => {
      const [a, b] = [one, other].map((row) => value(row, header.cellIndex));
      if (!a || !b) return Number(!a) - Number(!b); // What is empty stays last.
      return collator.compare(a, b) * (descending ? -1 : 1);
    });
    table.tBodies[0].append(...rows);
    for (const other of header.parentElement.cells) other.removeAttribute("aria-sort");
    header.ariaSort = descending ? "descending" : "ascending";
  };

  const prepare = () => {
    for (const header of document.querySelectorAll("table.sortable thead th:not(:has(button))")) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...header.childNodes);
      header.append(button);
    }
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("table.sortable thead button");
    if (button) sort(button.closest("th"));
  });
  prepare();
  // A preview exchanges parts of the page.
  new MutationObserver(prepare).observe(document.body, { childList: true, subtree: true });
}
