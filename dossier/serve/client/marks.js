// Marks in the page itself, for its curator's eyes: what leads nowhere, and the block that was just written.

const marks = new CSSStyleSheet();
marks.replaceSync(`
  .broken, .dossier-broken { outline: 2px dashed #b3261e !important; outline-offset: 2px; cursor: help;
    background-color: #b3261e1f !important; }
  img.dossier-broken { min-inline-size: 6rem; min-block-size: 2.5rem; }
  .dossier-here { animation: none; outline: 2px solid #0b57a4; outline-offset: 4px; }
  @media (prefers-color-scheme: dark) {
    .broken, .dossier-broken { outline-color: #ff8a80 !important; background-color: #ff8a8033 !important; }
    .dossier-here { outline-color: #8ab8ff; }
  }
  @media print { .broken, .dossier-broken { outline: none !important; background: none !important; } }`);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, marks];

const LEADS = { A: "href", IMG: "src", SOURCE: "src", VIDEO: "src", AUDIO: "src" };

function markBroken() {
  for (const lead of document.body.querySelectorAll("a[href], img[src], source[src], video[src], audio[src]")) {
    const reason = facts.broken[lead.getAttribute(LEADS[lead.nodeName])];
    if (reason) {
      lead.classList.add("dossier-broken");
      lead.title = reason;
    } else if (lead.classList.contains("dossier-broken")) {
      lead.classList.remove("dossier-broken");
      lead.removeAttribute("title");
    }
  }
  const own = said.findings.filter((finding) => finding.page === facts.page);
  for (const broken of document.body.querySelectorAll(".broken")) {
    const target = broken.title.split(": ")[1] ?? broken.textContent.replace(/^@/, "");
    const finding = own.find((one) => one.message.includes(`'${target}'`));
    if (finding) broken.title = [finding.message, finding.hint].filter(Boolean).join(": ");
  }
}

document.addEventListener("click", (event) => {
  if (event.target.closest?.(".broken, img.dossier-broken") && said.findings.length) openFindings(true);
});
