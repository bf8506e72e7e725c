// What the preview tells its pages, and what they make of it.

let build = facts.build; // The site's state that this page is of.
let source = null;

// ------------------------------------------------------------------ asking for the page again

let refreshing = null;
let wanted = null;
function refresh(then) {
  wanted = then ?? wanted ?? (() => {});
  refreshing ??= (async () => {
    while (wanted) {
      const after = wanted;
      wanted = null;
      const answer = await fetch(location.href, { cache: "no-store", headers: { Accept: "text/html" } });
      const html = await answer.text();
      if (answer.status === 404 && !facts.missing) {
        gone();
        continue;
      }
      dismiss("gone");
      morph(html);
      build = facts.build;
      after();
    }
  })().catch(() => { wanted = null; }).finally(() => { refreshing = null; }); // The next greeting tells to try again.
}

function gone() {
  notice("gone", true, "This page is no longer in the site: its file was deleted, renamed or withheld. ",
    element("a", { href: facts.root, textContent: "Go to the home page" }));
}

// ------------------------------------------------------------------ messages

function onBuilt(message) {
  showFindings(message);
  markBroken();
  if (runs(message.scripts)) {
    location.reload();
    return;
  }
  if (message.styles) reloadStyles();
  renewImages(message.images);
  const changed = new Set(message.changed);
  const target = message.edited.find((one) => changed.has(one.page));
  if (message.removed.includes(facts.page)) gone();
  else if (changed.has(facts.page) || changed.has(facts.missing) || message.everything) {
    refresh(facts.follow && target?.page === facts.page ? () => showBlock(target.block) : null);
  } else build = message.build;
  if (!target || message.edited.some((one) => one.page === facts.page)) return;
  if (facts.follow) goTo(target);
  else notice("changed " + target.page, false, "Changed: ", element("a", { href: target.address, textContent: target.title }));
}

function onMessage(event) {
  const message = JSON.parse(event.data);
  if (message.type === "hello") {
    dismiss("away");
    showFindings(message);
    markBroken();
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
arrive();
connectIfShown();
