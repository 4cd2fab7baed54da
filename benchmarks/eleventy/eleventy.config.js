// The same pages by Eleventy: their data lies in _data/ as JSON, parts of pages that know their own HTML are given it.
export default (config) => {
  config.setQuietMode(true);
  return { dir: { input: ".", output: "out", data: "_data" }, templateFormats: ["njk"] };
};
