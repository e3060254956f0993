// The page's JSON: what the server tells the scripts.

/** @returns {import("../map/atlas-map.js").PageData} */
export function readData() {
  return JSON.parse(document.getElementById("atlaas-data")?.textContent ?? "{}");
}

/** Replaces the still picture of a map region by a live one, and gives its container. */
export function takeMap() {
  const region = /** @type {HTMLElement} */ (document.getElementById("map"));
  const container = document.createElement("div");
  container.id = "live-map";
  container.tabIndex = 0;
  region.replaceChildren(container);
  region.classList.add("live");
  return container;
}
