// Shows what a link leads to, beside it, without leaving the line: of a citation the reference's own words, of a
// link to another page of the site the head of that page. A card stays while it or its link is pointed at or has
// the focus, and goes with Escape; on touch the link is followed.
{
  const PAUSE = 150;
  const LONGER = 350;
  // Links that stand beside what they lead to, or beside many of their like.
  const PLAIN = ".crumbs, .contents, .pager, .counts, .card, .panel, .cite, #d-card, [download]";
  const heads = new Map();
  let card;
  let shown;
  let waiting;

  const hide = () => {
    clearTimeout(waiting);
    if (!shown) return;
    shown.removeAttribute("aria-describedby");
    if (shown.dataset.title) shown.title = shown.dataset.title;
    card?.remove();
    card = shown = undefined;
  };

  const place = () => {
    const gap = 8;
    const link = shown.getClientRects()[0] ?? shown.getBoundingClientRect();
    const width = document.documentElement.clientWidth;
    const left = Math.min(Math.max(gap, link.left), Math.max(gap, width - card.offsetWidth - gap));
    const below = link.bottom + gap + card.offsetHeight < window.innerHeight || link.top < card.offsetHeight + gap;
    card.style.left = `${left + window.scrollX}px`;
    card.style.top = `${(below ? link.bottom + gap : link.top - card.offsetHeight - gap) + window.scrollY}px`;
  };

  // ---------------------------------------------------------------- what cards say

  const isCitation = (link) => link.matches("a.citation");

  const reference = (link) => {
    const entry = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!entry) return [];
    const parts = [...entry.cloneNode(true).childNodes];
    // A note's card has what its references say besides.
    for (const cited of (link.dataset.cites ?? "").split(" ").filter(Boolean)) {
      const more = document.getElementById(cited)?.querySelector(".reference-more");
      if (more) parts.push(more.cloneNode(true));
    }
    return parts;
  };

  // Of the page no more is read than its head.
  const read = async (address) => {
    const answer = await fetch(address);
    if (!answer.ok) return undefined;
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      text += part.value;
      const start = text.indexOf('class="opening"');
      if (start >= 0 && text.indexOf("</header>", start) >= 0) {
        reader.cancel();
        break;
      }
    }
    return new DOMParser().parseFromString(text, "text/html").querySelector(".opening");
  };

  const head = async (link) => {
    const address = link.href.split("#")[0];
    if (!heads.has(address)) heads.set(address, read(address).catch(() => undefined));
    const opening = await heads.get(address);
    const parts = [];
    for (const part of opening?.querySelectorAll(".kicker, h1, .role, .standfirst, .verdict .state") ?? []) {
      const made = document.createElement("p");
      made.className = part.matches("h1") ? "card-title" : part.className;
      for (const name of ["lang", "dir"]) if (part.hasAttribute(name)) made.setAttribute(name, part.getAttribute(name));
      const pieces = part.matches(".kicker") ? [...part.childNodes] : [part];
      made.textContent = pieces.map((piece) => piece.textContent.trim()).filter(Boolean).join(" · ");
      parts.push(made);
    }
    return parts;
  };

  const show = async (link) => {
    if (shown === link) return;
    hide();
    shown = link;
    const parts = isCitation(link) ? reference(link) : await head(link);
    if (shown !== link || card) return;
    if (!parts.length) {
      shown = undefined;
      return;
    }
    card = document.createElement("div");
    card.id = "d-card";
    card.role = "tooltip";
    card.append(...parts);
    for (const part of card.querySelectorAll(".back, .footnote-back, [id]")) part.remove();
    for (const part of card.querySelectorAll("[hidden]")) part.hidden = false;
    document.body.append(card);
    if (link.title) [link.dataset.title, link.title] = [link.title, ""];
    link.setAttribute("aria-describedby", card.id);
    place();
  };

  // ---------------------------------------------------------------- when

  const wanted = (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || isCitation(link)) return link;
    // Browsers let no page read others that lie beside it in a folder.
    if (location.protocol === "file:" || !link.closest("main") || link.closest(PLAIN)) return undefined;
    const leads = link.origin === location.origin && link.pathname.endsWith(".html");
    return leads && link.pathname !== location.pathname ? link : undefined;
  };
  const soon = (act, pause = PAUSE) => {
    clearTimeout(waiting);
    waiting = setTimeout(act, pause);
  };

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const link = wanted(event);
    if (link) soon(() => show(link), isCitation(link) ? PAUSE : LONGER);
    else if (card?.contains(event.target)) clearTimeout(waiting);
    else if (!shown) clearTimeout(waiting);
    else if (!card?.contains(document.activeElement) && document.activeElement !== shown) soon(hide);
  });
  document.addEventListener("focusin", (event) => {
    const link = wanted(event);
    if (link?.matches(":focus-visible")) soon(() => show(link), isCitation(link) ? 0 : LONGER);
    else if (!card?.contains(event.target)) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  document.addEventListener("click", (event) => {
    if (wanted(event)) hide();
  });
  window.addEventListener("resize", hide);
}
