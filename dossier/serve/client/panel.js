// What the preview shows over a page: the file behind it, notices, findings. In a shadow tree, so that neither the
// theme's styles nor a morph of the page reach it. One of the parts that `app.client` puts together.

const script = document.currentScript;
let facts = JSON.parse(script.dataset.dossier);

const host = document.createElement("dossier-preview");
const root = host.attachShadow({ mode: "open" });
const sheet = new CSSStyleSheet();
sheet.replaceSync(`
  :host { all: initial; position: fixed; inset: auto 0 0 0; z-index: 2147483647; pointer-events: none;
    font: 14px/1.45 system-ui, sans-serif; color-scheme: light dark;
    --paper: #fff; --ink: #1a1a1a; --line: #0000002e; --link: #0b57a4; --bad: #b3261e; --odd: #8a4b00; }
  @media (prefers-color-scheme: dark) {
    :host { --paper: #242424; --ink: #eee; --line: #ffffff38; --link: #8ab8ff; --bad: #ff8a80; --odd: #f0b35a; }
  }
  @media print { :host { display: none; } }
  * { box-sizing: border-box; }
  .all { display: flex; flex-direction: column; max-height: 100vh; }
  .dock { display: flex; align-items: flex-end; justify-content: space-between; gap: 8px; padding: 10px; min-height: 0; }
  .bar, .notice, .findings, .count { pointer-events: auto; background: var(--paper); color: var(--ink);
    border: 1px solid var(--line); box-shadow: 0 2px 12px #0003; border-radius: 6px; }
  .bar { padding: 3px 10px; font-size: 12px; min-width: 0; overflow: hidden; text-overflow: ellipsis;
    white-space: nowrap; }
  .mark { border: 1px solid var(--odd); color: var(--odd); border-radius: 3px; padding: 0 5px; margin-inline-end: 7px;
    font-weight: 600; }
  .notices { display: grid; gap: 6px; justify-items: end; padding: 0 10px; }
  .notice { padding: 6px 10px; max-width: 30rem; overflow-wrap: anywhere; }
  .notice.lasting { border-inline-start: 4px solid var(--bad); }
  .count { flex: none; margin-inline-start: auto; font: inherit; font-weight: 600; padding: 4px 12px; cursor: pointer; color: var(--odd);
    border: 2px solid currentcolor; }
  .count.failed, .count.error { color: var(--bad); }
  .findings { flex: 0 1 auto; max-height: 50vh; overflow: auto; overscroll-behavior: contain; border-width: 4px 0 0;
    border-top-color: var(--odd); border-radius: 0; padding: 10px 16px 14px; }
  .findings.failed, .findings.error { border-top-color: var(--bad); }
  .head { display: flex; gap: 16px; align-items: baseline; justify-content: space-between; margin: 0 0 8px; }
  h2 { font-size: 15px; margin: 0; }
  .finding { margin: 0; padding: 7px 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
  .place { font-weight: 600; }
  .severity { color: var(--odd); }
  .error .severity { color: var(--bad); }
  .hint { color: var(--link); }
  pre { font: 13px/1.4 ui-monospace, monospace; margin: 4px 0; overflow: auto; }
  .caret { color: var(--bad); }
  a { color: var(--link); }
  .hide { font: inherit; border: 1px solid var(--line); border-radius: 4px; background: none; color: inherit;
    padding: 1px 8px; cursor: pointer; }
  :focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
  @media (max-width: 480px) { .findings { padding-inline: 10px; } }`);
root.adoptedStyleSheets = [sheet];

const element = (name, properties, ...children) => {
  const made = document.createElement(name);
  Object.assign(made, properties);
  made.append(...children.filter((child) => child !== null && child !== ""));
  return made;
};
const counted = (number, one, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;

const notices = element("div", { className: "notices", role: "status" });
const dock = element("div", { className: "dock" });
const all = element("div", { className: "all" }, notices, dock);
root.append(all);

// ------------------------------------------------------------------ notices

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

// ------------------------------------------------------------------ the file behind the page

function showBar() {
  root.querySelector(".bar")?.remove();
  if (!facts.source) return;
  const bar = element("div", { className: "bar", title: facts.source });
  for (const mark of facts.marks) bar.append(element("span", { className: "mark", textContent: mark }));
  bar.append(facts.edit
    ? element("a", { href: facts.edit, textContent: `Edit ${facts.source}` })
    : element("span", { textContent: facts.source, title: "dossier serve --editor NAME makes this a link" }));
  dock.prepend(bar);
}

// ------------------------------------------------------------------ findings

// What the site's last build had to say, and whether it failed, so that pages are those of the build before it.
let said = { failed: false, findings: [] };

// Whether the list is open: it opens by itself where pages can't follow the files. What its reader chose holds for
// as long as the tab is open.
const choice = () => (said.failed ? "dossier-failed" : "dossier-findings");
const isOpen = () => (sessionStorage.getItem(choice()) ?? (said.failed ? "open" : "closed")) === "open";

function openFindings(opens) {
  sessionStorage.setItem(choice(), opens ? "open" : "closed");
  showFindings(said);
  root.querySelector(opens ? ".hide" : ".count").focus();
}

function showFindings(message) {
  said = message;
  for (const shown of root.querySelectorAll(".findings, .count")) shown.remove();
  const { failed, findings } = said;
  if (!findings.length) return;
  const errors = findings.filter((finding) => finding.severity === "error").length;
  const rest = findings.length - errors;
  const kind = failed ? "failed" : errors ? "error" : "warning";
  const counts = [errors && counted(errors, "error"), rest && counted(rest, "warning")].filter(Boolean).join(", ");
  const button = element("button", { type: "button", className: `count ${kind}`, textContent: counts });
  button.ariaExpanded = String(isOpen());
  button.addEventListener("click", () => openFindings(!isOpen()));
  dock.append(button);
  if (isOpen()) all.append(panel(kind, counts, findings));
}

const TITLES = {
  failed: (counts) => `${counts}: the page shown is the last good one`,
  error: (counts) => `${counts}: the page is shown as it is written; a build would stop`,
  warning: (counts) => counts,
};

function panel(kind, counts, findings) {
  const hide = element("button", { type: "button", className: "hide", textContent: "Hide" });
  hide.addEventListener("click", () => openFindings(false));
  const shown = element("section", { className: `findings ${kind}` },
    element("div", { className: "head" }, element("h2", { textContent: TITLES[kind](counts) }), hide));
  shown.setAttribute("role", kind === "failed" ? "alert" : "region");
  shown.setAttribute("aria-label", "Findings");
  // Those of this page come first.
  const own = findings.filter((finding) => finding.page && finding.page === facts.page);
  shown.append(...[...own, ...findings.filter((finding) => !own.includes(finding))].map(shownFinding));
  return shown;
}

function shownFinding(finding) {
  const place = finding.path + (finding.line ? `:${finding.line}:${Math.max(finding.column, 1)}` : "");
  const elsewhere = finding.page && finding.page !== facts.page;
  return element("div", { className: `finding ${finding.severity}` },
    finding.edit
      ? element("a", { className: "place", href: finding.edit, textContent: place })
      : element("span", { className: "place", textContent: place }),
    " ", element("span", { className: "severity", textContent: `${finding.severity}[${finding.code}]` }),
    `: ${finding.message}`,
    elsewhere ? " " : null,
    elsewhere ? element("a", { className: "page", href: facts.root + finding.page, textContent: "see the page" }) : null,
    finding.excerpt ? element("pre", {}, finding.excerpt, "\n",
      element("span", { className: "caret", textContent: finding.caret })) : null,
    finding.hint ? element("div", { className: "hint", textContent: `hint: ${finding.hint}` }) : null);
}
