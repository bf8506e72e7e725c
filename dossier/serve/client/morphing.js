// What changed in a page, exchanged in its place: scroll, focus, selection, what was opened, what was typed stay.

const BLOCKS = "p,li,h1,h2,h3,h4,h5,h6,blockquote,pre,td,th,dt,dd,figcaption";

// Each node of the page with the one that it was served as. What was served as before is left alone, with all that
// its reader and the page's own scripts made of it.
const served = new WeakMap();
function pair(node, as) {
  served.set(node, as);
  const one = node.childNodes, other = as.childNodes;
  for (let index = 0; index < one.length && index < other.length; index += 1) pair(one[index], other[index]);
}
pair(document.body, document.body.cloneNode(true)); // Before any other script of the page runs.

let added = null;
const callbacks = {
  beforeNodeMorphed(old, fresh) {
    if (old === host || served.get(old)?.isEqualNode(fresh)) return false;
    if (old.nodeName === "DETAILS" && fresh.nodeName === "DETAILS") fresh.open = old.open;
    served.set(old, fresh);
    return true;
  },
  beforeNodeAdded(fresh) {
    added = fresh;
    return true;
  },
  afterNodeAdded(node) {
    if (!served.has(node)) pair(node, added);
  },
  beforeNodeRemoved: (node) => node !== host,
};

// ------------------------------------------------------------------ the selection

function textOffsets() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!document.body.contains(range.commonAncestorContainer)) return null;
  return { text: selection.toString(), before: offsetOf(range.startContainer, range.startOffset) };
}

function offsetOf(node, offset) {
  const range = document.createRange();
  range.setStart(document.body, 0);
  range.setEnd(node, offset);
  return range.toString().length;
}

function pointAt(offset) {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (offset <= node.data.length) return [node, offset];
    offset -= node.data.length;
  }
  return null;
}

// A selection lives on where its text does: in the same nodes, or as near as may be to where it was.
function reselect(former) {
  if (!former || getSelection().toString() === former.text) return;
  const text = document.body.textContent;
  let best = -1;
  for (let at = text.indexOf(former.text); at >= 0; at = text.indexOf(former.text, at + 1)) {
    if (best < 0 || Math.abs(at - former.before) < Math.abs(best - former.before)) best = at;
  }
  if (best < 0) return;
  const start = pointAt(best), end = pointAt(best + former.text.length);
  if (start && end) getSelection().setBaseAndExtent(...start, ...end);
}

// ------------------------------------------------------------------ the scroll position

// The topmost block in sight stays where it is on the screen, whatever grows or shrinks above it. It is known by its
// text, since a morph may move texts from element to element.
function anchorsOfScroll() {
  const found = [];
  for (const [index, block] of document.querySelectorAll(BLOCKS).entries()) {
    const box = block.getBoundingClientRect();
    if (box.top >= 0 && box.height) found.push({ index, text: block.textContent, top: box.top });
    if (found.length === 4) break;
  }
  return found;
}

function restoreScroll(anchors) {
  const blocks = [...document.querySelectorAll(BLOCKS)];
  for (const { index, text, top } of anchors) {
    let best = null, distance = Infinity;
    for (const [at, block] of blocks.entries()) {
      if (Math.abs(at - index) < distance && block.textContent === text) {
        best = block;
        distance = Math.abs(at - index);
      }
    }
    if (best) {
      const moved = best.getBoundingClientRect().top - top;
      if (moved) scrollBy({ top: moved, behavior: "instant" });
      return;
    }
  }
}

// ------------------------------------------------------------------ the whole page

function morph(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const told = fresh.querySelector("script[data-dossier]");
  if (told) facts = JSON.parse(told.dataset.dossier);
  told?.remove();
  const selection = textOffsets();
  const anchors = scrollY > 0 ? anchorsOfScroll() : [];
  const place = [scrollX, scrollY];
  document.title = fresh.title;
  for (const name of ["lang", "dir", "class"]) {
    const value = fresh.documentElement.getAttribute(name);
    if (value !== null) document.documentElement.setAttribute(name, value);
  }
  Idiomorph.morph(document.body, fresh.body, {
    morphStyle: "outerHTML", ignoreActiveValue: true, restoreFocus: true, callbacks });
  if (!host.isConnected) document.documentElement.append(host);
  scrollTo({ left: place[0], top: place[1], behavior: "instant" });
  restoreScroll(anchors);
  reselect(selection);
  swapStyles(fresh);
  addScripts(fresh);
  renewImages();
  showBar();
  markBroken();
}

// Scripts that the page has come to need; a parsed one doesn't run, one that is made does.
function addScripts(fresh) {
  const known = new Set([...document.scripts].map((each) => each.getAttribute("src")));
  for (const parsed of fresh.querySelectorAll("script[src]")) {
    if (known.has(parsed.getAttribute("src"))) continue;
    const made = document.createElement("script");
    for (const { name, value } of parsed.attributes) made.setAttribute(name, value);
    made.async = false;
    document.head.append(made);
  }
}

// ------------------------------------------------------------------ styles, pictures, scripts

function swapStyles(fresh) {
  const old = document.querySelectorAll('head link[rel="stylesheet"]');
  const wanted = fresh.querySelectorAll('head link[rel="stylesheet"]');
  const plain = (link) => (link.getAttribute("href") || "").split("?")[0];
  if ([...new Set([...old].map(plain))].join() === [...wanted].map(plain).join()) return;
  for (const link of wanted) document.head.append(document.importNode(link, true));
  for (const link of old) link.remove();
}

// A stylesheet is exchanged when the new one has come, so that nothing is ever shown without; one that is still on
// its way when the next change comes is given up for that.
function reloadStyles() {
  for (const link of document.querySelectorAll('link[rel="stylesheet"]')) {
    if (link.dataset.coming) {
      link.remove();
      continue;
    }
    const address = new URL(link.href);
    if (address.origin !== location.origin) continue;
    address.searchParams.set("dossier", String(Date.now()));
    const fresh = link.cloneNode();
    fresh.href = address.href;
    fresh.dataset.coming = "yes";
    fresh.addEventListener("load", () => {
      if (!fresh.isConnected) return;
      delete fresh.dataset.coming;
      link.remove();
    });
    fresh.addEventListener("error", () => fresh.remove());
    link.after(fresh);
  }
}

const pathOf = (output) => new URL(facts.root + output.split("/").map(encodeURIComponent).join("/"), location).pathname;

// A picture of the same address is asked for again only under another one.
const renewed = new Map();
function renewImages(changed = []) {
  for (const path of changed) renewed.set(pathOf(path), String(Date.now()));
  if (!renewed.size) return;
  for (const image of document.images) {
    const address = new URL(image.src, location);
    const when = address.origin === location.origin && renewed.get(address.pathname);
    if (!when || address.searchParams.get("dossier") === when) continue;
    address.searchParams.set("dossier", when);
    image.src = address.href;
  }
}

// Whether the page runs one of these scripts.
const runs = (changed) => {
  const paths = new Set(changed.map(pathOf));
  return [...document.scripts].some((each) => each.src && paths.has(new URL(each.src).pathname));
};
