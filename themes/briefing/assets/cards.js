// Shows what a citation leads to, beside it: the reference's own words, without leaving the line. A card stays
// while it or its citation is pointed at or has the focus, and goes with Escape; on touch the link is followed.
{
  const PAUSE = 150;
  let card;
  let shown;
  let waiting;

  const hide = () => {
    clearTimeout(waiting);
    if (!card) return;
    shown.removeAttribute("aria-describedby");
    if (shown.dataset.title) shown.title = shown.dataset.title;
    card.remove();
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

  const show = (link) => {
    const entry = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!entry || shown === link) return;
    hide();
    shown = link;
    card = document.createElement("div");
    card.id = "d-card";
    card.role = "tooltip";
    card.append(...[...entry.cloneNode(true).childNodes]);
    // A note's card has what its references say besides.
    for (const cited of (link.dataset.cites ?? "").split(" ").filter(Boolean)) {
      const more = document.getElementById(cited)?.querySelector(".reference-more");
      if (more) card.append(more.cloneNode(true));
    }
    for (const part of card.querySelectorAll(".back, .footnote-back, [id]")) part.remove();
    for (const part of card.querySelectorAll("[hidden]")) part.hidden = false;
    document.body.append(card);
    if (link.title) [link.dataset.title, link.title] = [link.title, ""];
    link.setAttribute("aria-describedby", card.id);
    place();
  };

  const citation = (event) => event.target.closest?.("a.citation");
  const soon = (act) => {
    clearTimeout(waiting);
    waiting = setTimeout(act, PAUSE);
  };

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const link = citation(event);
    if (link) soon(() => show(link));
    else if (card?.contains(event.target)) clearTimeout(waiting);
    else if (card && !card.contains(document.activeElement) && document.activeElement !== shown) soon(hide);
  });
  document.addEventListener("focusin", (event) => {
    const link = citation(event);
    if (link?.matches(":focus-visible")) show(link);
    else if (!card?.contains(event.target)) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  document.addEventListener("click", (event) => {
    if (citation(event)) hide();
  });
  window.addEventListener("resize", hide);
}
