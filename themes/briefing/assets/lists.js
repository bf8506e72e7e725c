// Lets a list of documents be narrowed and put in another order. Its further pages are read when that is first
// wanted; without this script it is a plain list in pages.
{
  const AT_ONCE = 100;
  const list = document.querySelector("[data-rest]");
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const ORDERS = {
    "Newest first": (one, other) => collator.compare(other.date, one.date),
    "Oldest first": (one, other) => !one.date - !other.date || collator.compare(one.date, other.date),
    "By title": (one, other) => collator.compare(one.title, other.title),
    "By source": (one, other) => !one.source - !other.source || collator.compare(one.source, other.source),
  };

  const element = (name, given, ...children) => {
    const made = Object.assign(document.createElement(name), given);
    made.append(...children);
    return made;
  };

  // ---------------------------------------------------------------- rows

  const row = (item) => {
    const text = (selector) => item.querySelector(selector)?.textContent.trim() ?? "";
    const [title, source, date] = [text(".row-title"), text(".row-by a"), item.querySelector("time")?.dateTime ?? ""];
    const kind = text(".row-by > span:not(:has(a), .draft):last-of-type");
    const words = [title, source, kind, date].join(" ").toLowerCase();
    return { item, title, source, kind, date, year: date.slice(0, 4), words };
  };
  const rows = (page) => [...page.querySelectorAll("[data-rest] .row, .listing .row")].map(row);

  const known = list ? rows(document) : [];
  let whole = !list?.dataset.rest;
  let loading;

  const read = async (address) => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    // Addresses are relative to the page that they stand in.
    for (const link of page.querySelectorAll("main a[href]")) {
      link.setAttribute("href", new URL(link.getAttribute("href"), answer.url).href);
    }
    return page;
  };

  const load = async () => {
    const second = await read(list.dataset.rest);
    const further = [...second.querySelectorAll(".pager ol a")].slice(2).map((link) => link.href);
    const rest = await Promise.all(further.map(read));
    known.push(...[second, ...rest].flatMap(rows));
    whole = true;
    offer();
  };

  // ---------------------------------------------------------------- the form

  const query = element("input", { type: "search", id: "d-filter", autocomplete: "off" });
  const choices = ["source", "kind", "year"].map((name) => element("select", { name, ariaLabel: `Only this ${name}` }));
  const order = element("select", { ariaLabel: "Order" }, ...Object.keys(ORDERS).map((name) => new Option(name)));
  const said = element("p", { className: "filters-said" });
  said.setAttribute("role", "status");
  const found = element("ul", { className: "rows wide-dates" });
  const more = element("button", { type: "button", hidden: true });
  const form = element(
    "form",
    { className: "filters", ariaLabel: "Narrow the list" },
    element("label", { htmlFor: "d-filter", textContent: "Filter by title, source or date" }),
    query,
    element("div", { className: "filters-more" }, ...choices, order),
    said,
  );

  const offer = () => {
    for (const choice of choices) {
      const chosen = choice.value;
      const values = [...new Set(known.map((each) => each[choice.name]).filter(Boolean))].sort(collator.compare);
      if (choice.name === "year") values.reverse();
      choice.replaceChildren(new Option(`Any ${choice.name}`, ""), ...values.map((value) => new Option(value)));
      choice.value = chosen;
      choice.hidden = values.length < 2;
    }
  };

  const line = ({ item, year }) => {
    const made = document.importNode(item, true);
    const date = made.querySelector("time");
    if (date) date.textContent = `${date.textContent.trim()} ${year}`.trim();
    return made;
  };

  let matching = [];
  const showMore = () => {
    const shown = found.children.length;
    found.append(...matching.slice(shown, shown + AT_ONCE).map(line));
    const left = matching.length - found.children.length;
    more.hidden = left <= 0;
    more.textContent = `${Math.min(left, AT_ONCE)} more`;
  };

  const narrow = () => {
    const words = query.value.toLowerCase().split(/\s+/).filter(Boolean);
    const given = choices.filter((choice) => choice.value);
    const plain = !words.length && !given.length && !order.selectedIndex;
    for (const part of list.children) part.hidden = !plain;
    found.hidden = plain;
    found.replaceChildren();
    said.textContent = "";
    more.hidden = true;
    if (plain) return;
    matching = known
      .filter((each) => words.every((word) => each.words.includes(word)))
      .filter((each) => given.every((choice) => each[choice.name] === choice.value))
      .sort(ORDERS[order.value]);
    showMore();
    const of = whole ? known.length : `the ${known.length} on this page`;
    said.textContent = `${matching.length} of ${of}`;
  };

  const begin = async () => {
    loading ??= whole ? undefined : load();
    try {
      await loading;
    } catch {
      // Pages that were opened from a folder can't read others: then the list is what this page has.
    }
    narrow();
  };

  if (list && known.length > 4) {
    offer();
    list.before(form);
    list.after(found, more);
    found.hidden = true;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("focusin", begin, { once: true });
    form.addEventListener("input", narrow);
    more.addEventListener("click", () => {
      const last = found.lastElementChild;
      showMore();
      last.nextElementSibling?.querySelector("a").focus();
    });
  }
}
