// Marks what is new since the reader's last visit. What was seen last is kept in this browser and goes nowhere;
// without storage, or without this script, nothing is marked.
{
  const list = document.querySelector("[data-visits]");
  const remembered = (storage, key) => {
    try {
      return Number(window[storage].getItem(key));
    } catch {
      return 0;
    }
  };
  const remember = (storage, key, value) => {
    try {
      window[storage].setItem(key, value);
    } catch {
      // A browser that keeps nothing, or lets nobody look, marks nothing.
    }
  };

  const mark = () => {
    // The site's own folder tells it from others at the same address.
    const folder = new URL(list.dataset.visits ? "../../" : "../", location.href).pathname;
    const key = `dossier-seen ${folder} ${list.dataset.visits}`;
    const newest = Number(list.dataset.newest);
    const seen = remembered("localStorage", key);
    // While a visit lasts, what was new at its beginning stays marked.
    const before = remembered("sessionStorage", key) || seen;
    remember("localStorage", key, newest);
    if (!before) return;
    remember("sessionStorage", key, before);
    const fresh = [...document.querySelectorAll("[data-time]")].filter((row) => Number(row.dataset.time) > before);
    for (const row of fresh) {
      row.classList.add("fresh");
      const word = document.createElement("span");
      word.className = "fresh-word";
      word.textContent = "New since your last visit";
      row.querySelector(".row-by")?.append(word);
      const rest = row.closest("details");
      if (rest) rest.open = true;
    }
    const line = document.createElement("p");
    line.className = "visits";
    line.textContent = fresh.length
      ? `${fresh.length} on this page since your last visit`
      : "Nothing on this page since your last visit";
    list.before(line);
  };
  if (list) mark();
}
