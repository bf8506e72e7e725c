// Searches the index that Pagefind made, in the site's own look. Results can be walked through with the arrows.
{
  const NAMES = { kind: "kind", topic: "topic", source: "source", year: "year", language: "language" };
  const AT_ONCE = 10;
  const PAUSE = 120;

  const form = document.getElementById("d-search");
  const query = document.getElementById("d-query");
  const filters = form.querySelector(".search-filters");
  const found = document.getElementById("d-found");
  const results = document.createElement("ol");
  document.getElementById("d-results").append(results);
  const more = document.querySelector(".search-more");
  const asked = new URLSearchParams(location.search);
  const at = (address) => new URL(address, document.baseURI).href;

  let search; // The promise of Pagefind, once it is wanted.
  let listed = [];
  let turn = 0;

  const load = async () => {
    const shards = form.dataset.shards.trim().split(" ");
    const pagefind = await import(at(`${shards[0]}pagefind.js`));
    const options = { baseUrl: new URL(form.dataset.root || "./", document.baseURI).pathname, excerptLength: 32 };
    await pagefind.options({ ...options, noWorker: true });
    for (const shard of shards.slice(1)) await pagefind.mergeIndex(at(shard), options);
    await pagefind.init();
    offer(await pagefind.filters());
    return pagefind;
  };

  // ---------------------------------------------------------------- filters

  const offer = (known) => {
    for (const [name, label] of Object.entries(NAMES)) {
      const values = Object.keys(known[name] ?? {});
      if (values.length < 2) continue;
      const select = document.createElement("select");
      select.name = name;
      select.setAttribute("aria-label", `Only this ${label}`);
      select.append(new Option(`Any ${label}`, ""));
      const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
      values.sort(name === "year" ? (one, other) => order.compare(other, one) : order.compare);
      for (const value of values) select.append(new Option(value, value));
      select.value = asked.get(name) ?? "";
      filters.append(select);
    }
    filters.hidden = !filters.children.length;
  };

  const chosen = () => {
    const pairs = [...filters.querySelectorAll("select")].filter((select) => select.value);
    return Object.fromEntries(pairs.map((select) => [select.name, select.value]));
  };

  const count = (known) => {
    for (const select of filters.querySelectorAll("select")) {
      for (const option of select.options) {
        if (!option.value) continue;
        const number = known[select.name]?.[option.value] ?? 0;
        option.textContent = `${option.value} (${number})`;
      }
    }
  };

  // ---------------------------------------------------------------- results

  const element = (name, className, ...children) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  };

  // An excerpt is somebody else's text: of its markup only the marks are taken.
  const excerpt = (html) => {
    const parsed = new DOMParser().parseFromString(html, "text/html").body;
    return [...parsed.childNodes].map((node) =>
      node.nodeName === "MARK" ? element("mark", "", node.textContent) : node.textContent,
    );
  };

  const entry = ({ url, meta, excerpt: html, filters: values }) => {
    const link = element("a", "", meta.title);
    link.href = url;
    const told = [meta.kind, meta.date, ...(values.source ?? [])].filter(Boolean);
    const text = element("p", "entry-summary", ...excerpt(html));
    if (meta.language) text.lang = meta.language;
    text.dir = "auto";
    const item = element("li", "", element("p", "kicker", told.join(" · ")), element("h3", "headline", link), text);
    return item;
  };

  const show = async () => {
    const mine = turn;
    const shown = results.children.length;
    const data = await Promise.all(listed.slice(shown, shown + AT_ONCE).map((result) => result.data()));
    if (mine !== turn) return;
    results.append(...data.map(entry));
    more.hidden = results.children.length >= listed.length;
  };

  const say = (number) => {
    const words = query.value.trim();
    const about = words ? ` for “${words}”` : "";
    found.textContent = number ? `${number.toLocaleString()} found${about}` : `Nothing found${about}`;
  };

  const run = async () => {
    const mine = ++turn;
    search ??= load();
    const pagefind = await search; // Only then there are filters to choose from.
    const wanted = chosen();
    const words = query.value.trim();
    const address = new URLSearchParams({ ...(words && { q: words }), ...wanted });
    history.replaceState(null, "", address.size ? `?${address}` : location.pathname);
    if (!words && !Object.keys(wanted).length) {
      results.replaceChildren();
      more.hidden = true;
      found.textContent = "";
      return;
    }
    const answer = await pagefind.search(words || null, { filters: wanted });
    if (mine !== turn) return;
    listed = answer.results;
    count(answer.totalFilters ?? answer.filters ?? {});
    results.replaceChildren();
    say(listed.length);
    await show();
  };

  const failed = (problem) => {
    found.textContent = `The search index could not be read (${problem.message}).`;
  };

  // ---------------------------------------------------------------- keys

  const walk = (event) => {
    const links = [query, ...results.querySelectorAll("h3 a")];
    const here = links.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || here < 0 || !links[here + step]) return;
    event.preventDefault();
    links[here + step].focus();
  };

  const begin = () => {
    if (location.protocol === "file:") {
      found.textContent =
        "Browsers don’t let a page that was opened from a folder read the index beside it. " +
        "The search works where the site is served: by dossier serve, or on the web.";
      query.disabled = true;
      return;
    }
    found.textContent = "";
    let waiting;
    const soon = (pause) => {
      clearTimeout(waiting);
      waiting = setTimeout(() => run().catch(failed), pause);
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      soon(0);
    });
    query.addEventListener("input", () => soon(PAUSE));
    query.addEventListener("focus", () => (search ??= load()).catch(failed), { once: true });
    filters.addEventListener("change", () => soon(0));
    more.querySelector("button").addEventListener("click", async () => {
      const last = results.lastElementChild;
      await show();
      last?.nextElementSibling?.querySelector("a").focus();
    });
    document.addEventListener("keydown", walk);
    query.value = asked.get("q") ?? "";
    if (asked.size) soon(0);
    else query.focus({ preventScroll: true });
  };

  begin();
}
