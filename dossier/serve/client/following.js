// With --follow pages go to the document, and to the block, that is being written.

function showBlock(number) {
  const block = number >= 0 ? document.querySelectorAll(BLOCKS)[number] : null;
  if (!block) return;
  for (const former of document.querySelectorAll(".dossier-here")) former.classList.remove("dossier-here");
  block.classList.add("dossier-here");
  setTimeout(() => block.classList.remove("dossier-here"), 1500);
  const box = block.getBoundingClientRect();
  if (box.top < 40 || box.bottom > innerHeight - 40) block.scrollIntoView({ block: "center", behavior: "instant" });
}

function goTo(target) {
  sessionStorage.setItem("dossier-block", JSON.stringify(target));
  location.href = target.address;
}

// Whether this page was gone to: then to the block.
function arrive() {
  const told = sessionStorage.getItem("dossier-block");
  if (!told) return;
  sessionStorage.removeItem("dossier-block");
  const target = JSON.parse(told);
  if (target.page === facts.page) showBlock(target.block);
}
