// Eleventy with one layout for every page and flat files as dossier has them.
module.exports = (config) => {
  config.addGlobalData("layout", "page.njk");
  config.addGlobalData("permalink", () => "{{ page.filePathStem }}.html");
  return { dir: { input: "content", includes: "../_includes", output: "public" } };
};
