// The preview's part in a page. It is added by `dossier serve` alone and is never in a build.
(() => {
  "use strict";
  const script = document.currentScript;
  let facts = JSON.parse(script.dataset.dossier);
  let build = facts.build;
  let source = null;
  let refreshing = Promise.resolve();
  const BLOCKS = "p,li,h1,h2,h3,h4,h5,h6,blockquote,pre,td,th,dt,dd,figcaption";

  // ---------------------------------------------------------------- what is shown over the page

  // In a shadow tree, so that neither the theme's styles nor a morph of the page reach it.
  const host = document.createElement("dossier-preview");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; position: fixed; inset: auto 0 0 0; z-index: 2147483647; pointer-events: none;
      font: 14px/1.45 system-ui, sans-serif; color-scheme: light dark; }
    * { box-sizing: border-box; }
    @media print { :host { display: none; } }
    .bar, .notice, .findings { pointer-events: auto; background: #fff; color: #1a1a1a; border: 1px solid #9994;
      box-shadow: 0 2px 14px #0003; border-radius: 6px; }
    .bar { position: absolute; left: 10px; bottom: 10px; padding: 3px 10px; opacity: .82; font-size: 12px;
      max-width: 60vw; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .bar:hover, .bar:focus-within { opacity: 1; }
    .mark { background: #8a4b00; color: #fff; border-radius: 3px; padding: 0 6px; margin-right: 6px; }
    .notices { position: absolute; right: 10px; bottom: 10px; display: grid; gap: 6px; justify-items: end; }
    .notice { padding: 6px 10px; max-width: 80vw; }
    .notice.lasting { border-left: 4px solid #b3261e; }
    .findings { position: absolute; left: 0; right: 0; bottom: 0; max-height: 55vh; overflow: auto;
      border-top: 4px solid #b3261e; border-radius: 0; padding: 10px 18px 14px; }
    .findings h2 { font-size: 15px; margin: 0 60px 8px 0; }
    .findings.quiet { border-top-color: #b26a00; inset: auto 10px 44px auto; left: auto; max-width: 44rem; }
    .finding { margin: 0 0 12px; }
    .place { font-weight: 600; }
    .hint { color: #0b57a4; }
    pre { font: 13px/1.4 ui-monospace, monospace; margin: 4px 0; overflow: auto; }
    .caret { color: #b3261e; }
    a { color: #0b57a4; }
    button { font: inherit; border: 1px solid #9996; border-radius: 4px; background: none; color: inherit; }
    .findings > button { position: absolute; right: 14px; top: 10px; }
    @media (prefers-color-scheme: dark) {
      .bar, .notice, .findings { background: #222; color: #eee; }
      a, .hint { color: #8ab8ff; } .caret { color: #ff8a80; }
    }`);
  root.adoptedStyleSheets = [sheet];
  const marks = new CSSStyleSheet();
  marks.replaceSync(`
    .broken, .dossier-broken { outline: 2px dashed #b3261e !important; outline-offset: 2px; }
    .dossier-here { animation: none; outline: 2px solid #0b57a4; outline-offset: 4px; }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, marks];

  const element = (name, properties, ...children) => {
    const made = document.createElement(name);
    Object.assign(made, properties);
    made.append(...children.filter((child) => child !== null && child !== ""));
    return made;
  };
  const notices = element("div", { className: "notices", role: "status" });
  root.append(notices);

  function notice(key, lasting, ...children) {
    dismiss(key);
    const shown = element("div", { className: lasting ? "notice lasting" : "notice" }, ...children);
    shown.dataset.key = key;
    notices.append(shown);
    while (notices.children.length > 4) notices.firstChild.remove();
    if (!lasting) setTimeout(() => shown.remove(), 12000);
  }
  function dismiss(key) {
    for (const shown of [...notices.children]) if (shown.dataset.key === key) shown.remove();
  }

  function showBar() {
    root.querySelector(".bar")?.remove();
    if (!facts.source) return;
    const bar = element("div", { className: "bar" });
    for (const mark of facts.marks) bar.append(element("span", { className: "mark", textContent: mark }));
    bar.append(facts.edit
      ? element("a", { href: facts.edit, textContent: `Edit ${facts.source}` })
      : element("span", { textContent: facts.source, title: "dossier serve --editor NAME makes this a link" }));
    root.prepend(bar);
  }

  let dismissed = "";
  function showFindings(findings) {
    root.querySelector(".findings")?.remove();
    const digest = JSON.stringify(findings);
    if (!findings.length || digest === dismissed) return;
    const errors = findings.filter((finding) => finding.severity === "error").length;
    const title = errors
      ? `${errors} ${errors === 1 ? "error" : "errors"}: the page below is the last good one`
      : `${findings.length} ${findings.length === 1 ? "warning" : "warnings"}`;
    const close = element("button", { type: "button", textContent: "Hide" });
    const panel = element("section", { className: errors ? "findings" : "findings quiet" },
      element("h2", { textContent: title }), close);
    panel.setAttribute("role", "alert");
    close.addEventListener("click", () => { dismissed = digest; panel.remove(); });
    for (const finding of findings) {
      const place = finding.path + (finding.line ? `:${finding.line}:${Math.max(finding.column, 1)}` : "");
      panel.append(element("div", { className: "finding" },
        finding.edit
          ? element("a", { className: "place", href: finding.edit, textContent: place })
          : element("span", { className: "place", textContent: place }),
        ` ${finding.severity}[${finding.code}]: ${finding.message}`,
        finding.excerpt ? element("pre", {}, finding.excerpt, "\n",
          element("span", { className: "caret", textContent: finding.caret })) : null,
        finding.hint ? element("div", { className: "hint", textContent: `hint: ${finding.hint}` }) : null));
    }
    root.append(panel);
  }

  function markBroken() {
    const broken = new Set(facts.broken);
    for (const link of document.querySelectorAll("a[href]")) {
      const is = broken.has(link.getAttribute("href"));
      if (is) {
        link.classList.add("dossier-broken");
        link.title = "leads to no page of this site";
      } else if (link.classList.contains("dossier-broken")) {
        link.classList.remove("dossier-broken");
        link.removeAttribute("title");
      }
    }
  }

  // ---------------------------------------------------------------- morphing

  function textOffsets() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!document.body.contains(range.commonAncestorContainer)) return null;
    return { text: selection.toString(), nodes: [range.startContainer, range.startOffset,
      range.endContainer, range.endOffset], before: offsetOf(range.startContainer, range.startOffset) };
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
    const all = document.body.textContent;
    let best = -1;
    for (let at = all.indexOf(former.text); at >= 0; at = all.indexOf(former.text, at + 1)) {
      if (best < 0 || Math.abs(at - former.before) < Math.abs(best - former.before)) best = at;
    }
    if (best < 0) return;
    const start = pointAt(best), end = pointAt(best + former.text.length);
    if (start && end) getSelection().setBaseAndExtent(...start, ...end);
  }

  // The topmost block in sight stays where it is on the screen, whatever grows or shrinks above it. It is
  // known by its text, since a morph may move texts from element to element.
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

  const kept = {
    beforeNodeMorphed(old, fresh) {
      if (old === host) return false;
      // What a reader opened stays open.
      if (old.nodeName === "DETAILS" && fresh.nodeName === "DETAILS") fresh.open = old.open;
      return true;
    },
    beforeNodeRemoved: (node) => node !== host,
  };

  function morph(html) {
    const fresh = new DOMParser().parseFromString(html, "text/html");
    const told = fresh.querySelector("script[data-dossier]");
    if (told) facts = JSON.parse(told.dataset.dossier);
    told?.remove();
    const selection = textOffsets();
    const anchors = scrollY > 0 ? anchorsOfScroll() : [];
    const place = [scrollX, scrollY];
    document.title = fresh.title;
    for (const name of ["lang", "dir"]) {
      const value = fresh.documentElement.getAttribute(name);
      if (value !== null) document.documentElement.setAttribute(name, value);
    }
    Idiomorph.morph(document.body, fresh.body, {
      morphStyle: "outerHTML", ignoreActiveValue: true, restoreFocus: true, callbacks: kept });
    if (!host.isConnected) document.documentElement.append(host);
    scrollTo({ left: place[0], top: place[1], behavior: "instant" });
    restoreScroll(anchors);
    reselect(selection);
    swapStyles(fresh);
    build = facts.build;
    showBar();
    markBroken();
  }

  function swapStyles(fresh) {
    const old = document.querySelectorAll('head link[rel="stylesheet"]');
    const wanted = fresh.querySelectorAll('head link[rel="stylesheet"]');
    const plain = (link) => (link.getAttribute("href") || "").split("?")[0];
    if ([...old].map(plain).join() === [...wanted].map(plain).join()) return;
    for (const link of wanted) document.head.append(document.importNode(link, true));
    for (const link of old) link.remove();
  }

  // A stylesheet is exchanged when the new one has come, so that nothing is ever shown without; one that is
  // still on its way when the next change comes is given up for that.
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

  function refresh(then) {
    refreshing = refreshing.then(async () => {
      const answer = await fetch(location.href, { cache: "no-store", headers: { Accept: "text/html" } });
      const html = await answer.text();
      if (answer.status === 404 && !facts.missing) {
        gone();
        return;
      }
      dismiss("gone");
      morph(html);
      if (then) then();
    }).catch(() => {});
    return refreshing;
  }

  function gone() {
    notice("gone", true, "This page is no longer in the site: its file was deleted, renamed or withheld. ",
      element("a", { href: facts.root || "/", textContent: "Go to the home page" }));
  }

  // ---------------------------------------------------------------- following

  function showBlock(number) {
    const block = number >= 0 ? document.querySelectorAll(BLOCKS)[number] : null;
    if (!block) return;
    for (const former of document.querySelectorAll(".dossier-here")) former.classList.remove("dossier-here");
    block.classList.add("dossier-here");
    setTimeout(() => block.classList.remove("dossier-here"), 1500);
    const box = block.getBoundingClientRect();
    if (box.top < 40 || box.bottom > innerHeight - 40) block.scrollIntoView({ block: "center", behavior: "instant" });
  }

  // ---------------------------------------------------------------- the channel

  function onBuilt(message) {
    showFindings(message.findings);
    const changed = new Set(message.changed);
    const removed = new Set(message.removed);
    if (message.styles) reloadStyles();
    const target = message.edited.find((one) => changed.has(one.page));
    if (removed.has(facts.page)) gone();
    else if (changed.has(facts.page) || changed.has(facts.missing) || message.everything) {
      refresh(facts.follow && target?.page === facts.page ? () => showBlock(target.block) : null);
    } else if (message.images) {
      for (const image of document.images) if (image.src.startsWith(location.origin)) image.src = image.src;
    }
    build = message.build;
    if (!target || target.page === facts.page || message.edited.some((one) => one.page === facts.page)) return;
    if (facts.follow) {
      sessionStorage.setItem("dossier-block", JSON.stringify(target));
      location.href = target.address;
    } else {
      notice("changed " + target.page, false, "Changed: ",
        element("a", { href: target.address, textContent: target.title || target.page }));
    }
  }

  function onMessage(event) {
    const message = JSON.parse(event.data);
    if (message.type === "hello") {
      dismiss("away");
      showFindings(message.findings);
      if (message.session !== facts.session || message.build !== build) {
        reloadStyles();
        refresh();
      }
    } else if (message.type === "built") onBuilt(message);
  }

  function connect() {
    source = new EventSource("/.dossier/events");
    source.onmessage = onMessage;
    source.onerror = () => {
      notice("away", true, "The preview has stopped. This page comes back when it does.");
      if (source.readyState === EventSource.CLOSED) setTimeout(connectIfShown, 500);
    };
  }
  // A browser opens six connections to a host at most, so only pages in sight hold one.
  function connectIfShown() {
    source?.close();
    source = null;
    if (document.visibilityState === "visible") connect();
  }
  document.addEventListener("visibilitychange", connectIfShown);
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", (event) => { if (event.persisted) connectIfShown(); });

  document.documentElement.append(host);
  showBar();
  markBroken();
  const told = sessionStorage.getItem("dossier-block");
  if (told) {
    sessionStorage.removeItem("dossier-block");
    const target = JSON.parse(told);
    if (target.page === facts.page) showBlock(target.block);
  }
  connectIfShown();
})();
