// What helps in a long page: its contents follow, footnotes stand in the margin, its address and how to cite it can
// be copied. Without it the contents stay where they are, notes stand at the end, and citations can be selected.
{
  // ---------------------------------------------------------------- contents that follow

  const follow = () => {
    const links = [...document.querySelectorAll(".contents a")];
    if (!links.length) return;
    const line = window.innerHeight / 4;
    const atEnd = window.scrollY > 0 && window.scrollY + window.innerHeight >= document.documentElement.scrollHeight - 2;
    let current = atEnd ? links.at(-1) : undefined;
    for (const link of atEnd ? [] : links) {
      const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (heading && heading.getBoundingClientRect().top <= line) current = link;
    }
    for (const link of links) {
      if (link === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    const rail = links[0].closest(".contents");
    if (current && rail.scrollHeight > rail.clientHeight) rail.scrollTop = current.offsetTop - rail.clientHeight / 2;
  };

  // ---------------------------------------------------------------- notes in the margin

  const ROOM = window.matchMedia("screen and (min-width: 78em)");

  const aside = () => {
    for (const notes of document.querySelectorAll(".prose > .footnotes")) {
      const prose = notes.parentElement;
      // Beside a record there is no margin: there the notes stay at the end.
      const wide = ROOM.matches && prose.closest(".with-rail");
      notes.classList.toggle("aside", Boolean(wide));
      prose.style.minBlockSize = "";
      if (!wide) continue;
      const top = prose.getBoundingClientRect().top;
      let free = 0;
      for (const note of notes.querySelectorAll("li[id]")) {
        const mark = prose.querySelector(`a[href="#${CSS.escape(note.id)}"]`);
        const wish = mark ? mark.getBoundingClientRect().top - top : 0;
        const place = Math.max(wish, free);
        note.style.insetBlockStart = `${place}px`;
        free = place + note.offsetHeight + 12;
      }
      prose.style.minBlockSize = `${free}px`;
    }
  };

  // ---------------------------------------------------------------- copying

  const copied = async (text) => {
    if (navigator.clipboard && window.isSecureContext) {
      await navigator.clipboard.writeText(text);
      return;
    }
    // Of pages that weren't served safely, browsers take copies of selections alone.
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "hidden";
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  };

  const copier = (name, text) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    button.addEventListener("click", async () => {
      await copied(text());
      button.textContent = "Copied";
      button.parentElement.querySelector("[role=status]").textContent = `${name}: copied`;
      setTimeout(() => (button.textContent = name), 1500);
      button.focus();
    });
    return button;
  };

  const address = () => document.querySelector("link[rel=canonical]")?.href ?? location.href.split("#")[0];

  const offer = () => {
    const sharing = document.querySelector(".sharing:not(:has(.copying))");
    if (!sharing) return;
    const text = sharing.querySelector(".citing-text");
    const said = document.createElement("span");
    said.role = "status";
    said.className = "hidden";
    const row = document.createElement("span");
    row.className = "copying";
    const whole = () => {
      const words = text.textContent.trim().replace(/\s+/g, " ");
      return text.dataset.own === undefined || words.includes("://") ? words : `${words.replace(/\.$/, "")}, ${address()}.`;
    };
    row.append(copier("Copy link", address), copier("Copy citation", whole), said);
    sharing.prepend(row);
  };

  const HEADINGS = ".prose > :is(h2, h3)[id]:not(:has(+ .here))";
  const point = () => {
    for (const heading of document.querySelectorAll(HEADINGS)) {
      const link = document.createElement("a");
      link.className = "here";
      link.href = `#${heading.id}`;
      link.setAttribute("aria-label", `Link to “${heading.textContent}”`);
      link.title = "Copy the link to this part";
      link.textContent = "#";
      link.addEventListener("click", () => copied(`${address()}#${heading.id}`));
      heading.after(link);
    }
  };

  // ---------------------------------------------------------------- when

  let asked = false;
  const again = (act) => () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      act();
    });
  };
  const prepare = () => {
    offer();
    point();
    aside();
    follow();
  };
  document.addEventListener("scroll", again(follow), { passive: true });
  window.addEventListener("resize", again(prepare));
  document.fonts?.ready.then(prepare);
  prepare();
  // A preview exchanges parts of the page.
  new MutationObserver(() => {
    offer();
    point();
  }).observe(document.querySelector("main"), { childList: true, subtree: true });
}
