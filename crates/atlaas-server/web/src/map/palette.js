// Colours of the map, read from the style sheet so that light, dark and forced colours follow the page.

/**
 * @typedef {object} Palette
 * @property {string} sea
 * @property {string} land
 * @property {string} ink
 * @property {string} halo
 * @property {string} border
 * @property {string} borderFine
 * @property {string} accent
 * @property {string} colieu
 * @property {string[]} ramp six classes, the first for "none"
 */

/** @param {Element} element @returns {Palette} */
export function readPalette(element) {
  const style = getComputedStyle(element);
  const read = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
  return {
    sea: read("sea"),
    land: read("land"),
    ink: read("ink"),
    halo: read("surface"),
    border: read("border-map"),
    borderFine: read("border-fine"),
    accent: read("accent"),
    colieu: read("colieu"),
    ramp: [0, 1, 2, 3, 4, 5].map((rank) => read(`ramp-${rank}`)),
  };
}

/** Upper bounds of the classes of the choropleths; a value of 0 is the class of its own. */
export const CLASSES = {
  arobases: [0, 1, 2, 3, 4],
  initiatives: [0, 1, 3, 10, 30],
  epci: [0, 1, 2, 3, 4],
};

/** @typedef {"" | keyof typeof CLASSES} Theme what colours the ground; nothing, when empty */

/**
 * The theme that an address names: the grounds of our styles have the same names, `aucun` is none,
 * and so is what nobody knows.
 * @param {string | undefined} name @returns {Theme}
 */
export function themeOf(name) {
  return Object.hasOwn(CLASSES, name ?? "") ? /** @type {Theme} */ (name) : "";
}

/**
 * @param {keyof typeof CLASSES} theme @param {number} value
 * @returns {number} 0 to 5
 */
export function classOf(theme, value) {
  const rank = CLASSES[theme].findIndex((bound) => value <= bound);
  return rank < 0 ? 5 : rank;
}
