// Names of territories: chosen by population, never one over another nor over a symbol.
import { features } from "./territories.js";

const EXTENT = 4096;
const MOST = 60;
/** Least inhabitants of a commune whose name is written, by zoom of the view; all from the next zoom on. */
const LEAST = [0, 0, 0, 0, 0, 200_000, 120_000, 50_000, 20_000, 6_000, 2_000, 500];

/**
 * @typedef {object} Label
 * @property {string} text
 * @property {number} wx @property {number} wy
 * @property {number} weight inhabitants
 */

/**
 * @param {any} tile decoded tile of territories @param {{z: number, x: number, y: number}} at
 * @returns {Label[]}
 */
export function readLabels(tile, at) {
  const name = ["communes_label", "departements_label", "regions_label"].find(
    (candidate) => tile.layers[candidate],
  );
  if (!name) return [];
  const world = 2 ** at.z;
  const least = name === "communes_label" ? (LEAST[at.z + 1] ?? 0) : 0;
  const labels = [];
  for (const feature of features(tile.layers[name])) {
    const { x, y } = feature.loadGeometry()[0][0];
    if (x < 0 || y < 0 || x >= EXTENT || y >= EXTENT || !feature.properties.nom) continue;
    if (Number(feature.properties.population ?? 0) < least) continue;
    labels.push({
      text: String(feature.properties.nom),
      wx: (at.x + x / EXTENT) / world,
      wy: (at.y + y / EXTENT) / world,
      weight: Number(feature.properties.population ?? 0),
    });
  }
  return labels;
}

/**
 * Draws the heaviest labels that find room.
 * @param {CanvasRenderingContext2D} context @param {Label[]} labels
 * @param {import("./palette.js").Palette} palette
 * @param {{place: (wx: number, wy: number) => {x: number, y: number}, symbols: import("./symbols.js").Symbol[]}} view
 */
export function drawLabels(context, labels, palette, view) {
  const boxes = view.symbols.map(({ x, y, radius }) => [x - radius, y - radius, x + radius, y + radius]);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  let drawn = 0;
  for (const label of [...labels].sort((a, b) => b.weight - a.weight)) {
    if (drawn >= MOST) break;
    const size = label.weight > 100_000 ? 13 : 11.5;
    const { x, y } = view.place(label.wx, label.wy);
    const half = label.text.length * size * 0.28 + 3;
    const places = [y - size * 0.9, y + size * 0.9, y + size * 2];
    const free = places.find((top) => !boxes.some((box) => overlaps(box, x - half, top - size * 0.6, x + half, top + size * 0.6)));
    if (free === undefined) continue;
    boxes.push([x - half, free - size * 0.6, x + half, free + size * 0.6]);
    context.font = `${label.weight > 100_000 ? 600 : 400} ${size}px system-ui, sans-serif`;
    context.strokeStyle = palette.halo;
    context.lineWidth = 3;
    context.strokeText(label.text, x, free);
    context.fillStyle = palette.ink;
    context.fillText(label.text, x, free);
    drawn += 1;
  }
}

function overlaps(box, left, top, right, bottom) {
  return box[0] < right && box[2] > left && box[1] < bottom && box[3] > top;
}
