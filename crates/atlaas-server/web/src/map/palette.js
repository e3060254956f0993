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
 * @property {string} plain of what no term colours
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
    plain: read("plain"),
    ramp: [0, 1, 2, 3, 4, 5].map((rank) => read(`ramp-${rank}`)),
  };
}

/**
 * What colours the ground, as the page has it from the schema.
 * @typedef {object} Ground
 * @property {string} name
 * @property {string} title
 * @property {string} property of the territories on tiles
 * @property {string} layer whose territories bear it; whichever are drawn, when empty
 * @property {number[]} starts where the classes begin; less than the first is the class of nothing
 * @property {string} [measure] of the barometer, when it is no property of tiles
 * @property {string[]} legend what each class means, that of nothing first
 */

/**
 * The ground that an address names: the grounds of our styles have the same names, `aucun` is none,
 * and so is what nobody knows.
 * @param {Ground[]} grounds @param {string | undefined} name @returns {Ground | undefined}
 */
export function groundOf(grounds, name) {
  return grounds.find((ground) => ground.name === name);
}

/**
 * @param {Ground} ground @param {number} value
 * @returns {number} 0 to 5
 */
export function classOf(ground, value) {
  return ground.starts.filter((start) => start <= value).length;
}
