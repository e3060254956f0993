// What a measure of the barometer is on each territory, asked for under the query that the map shows.
import { Latest } from "../page/latest.js";
import { TEXTS } from "../texts.js";

const LAYERS = { commune: "communes", epci: "epci", departement: "departements", region: "regions" };

/**
 * @typedef {object} Figures
 * @property {string} title
 * @property {string} layer whose territories are coloured
 * @property {Map<string, number>} shades of those that take part, by code: 0 is that of nothing
 * @property {Set<string> | null} absent codes of those that do not take part; null is all the others
 * @property {[number | null, string][]} meanings of each shade; null is the hatching
 */

export class FigureSource {
  /** @param {string} base @param {string} level the one that the address names; may be empty */
  constructor(base, level) {
    this.base = base;
    this.level = level;
    this.latest = new Latest();
  }

  /**
   * @param {string} measure @param {string} query canonical, without paging
   * @returns {Promise<Figures | undefined>} undefined when a newer one was asked for, or there are none
   */
  async ask(measure, query) {
    const parameters = new URLSearchParams(query);
    parameters.set("mesure", measure);
    if (this.level) parameters.set("maille", this.level);
    parameters.set("lang", document.documentElement.lang);
    const read = async (/** @type {Response} */ response) => (response.ok ? figuresOf(await response.json()) : undefined);
    return this.latest.ask(`${this.base}/api/v1/barometre/carte?${parameters}`, read);
  }

  cancel() {
    this.latest.cancel();
  }
}

/** @returns {Figures} */
function figuresOf({ titre, maille, classes, territoires, absents }) {
  const shades = new Map(territoires.map(({ code, classe }) => [code, classes[classe].nuance]));
  return {
    title: titre,
    layer: LAYERS[maille],
    shades,
    absent: absents ? new Set(absents) : null,
    meanings: [...classes.map(({ nuance, legende }) => [nuance, legende]), [null, TEXTS.absent]],
  };
}
