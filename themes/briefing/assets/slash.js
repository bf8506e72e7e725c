// The key "/" leads to the search, as on many sites; not while something is being written.
document.addEventListener("keydown", (event) => {
  const writing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || writing || event.ctrlKey || event.metaKey || event.altKey) return;
  const query = document.getElementById("d-query");
  event.preventDefault();
  if (query) query.select();
  else document.querySelector(".search-link")?.click();
});
