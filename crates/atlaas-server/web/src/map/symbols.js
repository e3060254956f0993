// Symbols: what one feature of a point tileset looks like, says and weighs on the map.
import { TILE_SIZE } from "./territories.js";
import { TEXTS } from "../texts.js";

const EXTENT = 4096;
/** Of a circle and of the square of the same weight. */
const POINT_RADIUS = 7;
/** What marks the families of squares, which colour alone must not tell apart; in the order of the legend. */
const MARKS = [
  [],
  [[-1, 0, 1, 0]],
  [[-1, 0, 1, 0], [0, -1, 0, 1]],
  [[0, -1, 0, 1]],
  [[0, 0, 0, 0]],
  [[-1, 1, 1, -1]],
];

/**
 * @typedef {object} Symbol
 * @property {string} key stable while the same feature is shown
 * @property {string} tileset
 * @property {Look} look
 * @property {number} wx horizontal place in the world, 0 to 1
 * @property {number} wy
 * @property {number} radius in pixels
 * @property {number} count fiches that it stands for
 * @property {boolean} cluster
 * @property {boolean} pile several fiches at one position, which no zoom separates
 * @property {[string, number][]} slices colour and count, largest first
 * @property {number[][]} mark lines drawn on a single point, from -1 to 1
 * @property {Record<string, any>} properties
 * @property {number} [x] place in the layer, in pixels, set when drawn
 * @property {number} [y]
 */

/**
 * What a layer looks like and is called, as its declaration says.
 * @typedef {{id: string, name: string, round: boolean, colour: string, title: string, one: string, many: string}} Look
 */

/**
 * @typedef {Record<string, [string, string, number]>} Legend name, colour and rank of each slug
 */

/**
 * Reads the symbols of one tile; points in the margin belong to the next tile.
 * @param {any} layer @param {string} tileset @param {Look} look
 * @param {{z: number, x: number, y: number}} tile @param {Legend} legend @param {string} plain
 * @returns {Symbol[]}
 */
export function readSymbols(layer, tileset, look, tile, legend, plain) {
  const colorOf = (properties) => legend[termOf(properties, look)]?.[1] || plain;
  const symbols = [];
  const world = 2 ** tile.z;
  for (let rank = 0; rank < layer.length; rank += 1) {
    const feature = layer.feature(rank);
    const { x, y } = feature.loadGeometry()[0][0];
    if (x < 0 || y < 0 || x >= EXTENT || y >= EXTENT) continue;
    const properties = feature.properties;
    const count = Number(properties.point_count ?? properties.count ?? 1);
    const pile = properties.coincident === true;
    const cluster = properties.cluster === true || pile;
    symbols.push({
      key: `${tileset}:${properties.id ?? properties.cluster_id ?? `${tile.z}/${tile.x}/${tile.y}/${rank}`}`,
      tileset,
      look,
      wx: (tile.x + x / EXTENT) / world,
      wy: (tile.y + y / EXTENT) / world,
      radius: cluster ? radiusOf(look, count) : POINT_RADIUS,
      count,
      cluster,
      pile,
      slices: cluster ? slicesOf(properties, legend, plain) : [[colorOf(properties), 1]],
      mark: cluster || look.round ? [] : markOf(colorOf(properties), legend),
      properties,
    });
  }
  return symbols;
}

/** Less than half of the 60 pixels within which points become one cluster, whatever the count. */
function radiusOf(look, count) {
  const size = Math.log10(Math.max(count, 1));
  return look.round ? 10 + 4 * size : 8.5 + 3.5 * size;
}

/** Counts by colour: terms that share one are one slice. @returns {[string, number][]} */
function slicesOf(properties, legend, plain) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const [name, value] of Object.entries(properties)) {
    if (!name.startsWith("n_")) continue;
    const color = legend[name.slice(2)]?.[1] || plain;
    counts.set(color, (counts.get(color) ?? 0) + Number(value));
  }
  const slices = [...counts].sort((a, b) => b[1] - a[1]);
  return slices.length > 0 ? slices : [[plain, 1]];
}

/** The term that colours a point. @param {Record<string, any>} properties @param {Look} look */
export function termOf(properties, look) {
  return String(properties[look.colour] ?? "").split(/[|,]/)[0];
}

/** The mark of a family of squares, by the rank of its colour. */
function markOf(color, legend) {
  const terms = Object.values(legend).sort((a, b) => a[2] - b[2]);
  const colors = [...new Set(terms.map((term) => term[1]))];
  return MARKS[colors.indexOf(color)] ?? [];
}

/**
 * The largest parts of a cluster in words: "12 éducation, 3 emploi".
 * @param {Symbol} symbol @param {Legend} legend
 */
export function partsInWords(symbol, legend) {
  return Object.entries(symbol.properties)
    .filter(([name]) => name.startsWith("n_"))
    .sort((a, b) => b[1] - a[1])
    .slice(0, 3)
    .map(([name, value]) => `${value} ${legend[name.slice(2)]?.[0] ?? name.slice(2)}`)
    .join(", ");
}

/** Parts of a group that are told one by one. */
const TOLD = 5;

/**
 * The largest parts of a cluster, with their colours; what is left is one part.
 * @param {Symbol} symbol @param {Legend} legend
 * @returns {{color: string, name: string, n: number}[]}
 */
export function slicesInWords(symbol, legend) {
  const parts = Object.entries(symbol.properties)
    .filter(([name]) => name.startsWith("n_"))
    .sort((a, b) => b[1] - a[1])
    .map(([name, n]) => ({ n, name: legend[name.slice(2)]?.[0] ?? name.slice(2), color: legend[name.slice(2)]?.[1] ?? "" }));
  const rest = parts.splice(TOLD);
  if (rest.length > 0) parts.push({ n: rest.reduce((sum, { n }) => sum + n, 0), name: TEXTS.others, color: "" });
  return parts;
}

/** Rounds of pushing apart; after these what still touches stays so. */
const ROUNDS = 8;
/** Above this many symbols places are close to true anyway: nothing is moved. */
const CROWD = 500;

/** How readily a symbol gives way: a round point never, a square more than a cluster. */
function yielding(symbol) {
  if (!symbol.look.round) return 1;
  return symbol.cluster ? 0.3 : 0;
}

/**
 * Pushes apart symbols that cover each other: the two tilesets are clustered each on its own.
 * @param {Symbol[]} symbols with `x` and `y` set
 */
export function separate(symbols) {
  if (symbols.length > CROWD) return;
  for (let round = 0; round < ROUNDS; round += 1) {
    let moved = false;
    for (let i = 0; i < symbols.length; i += 1) {
      for (let j = i + 1; j < symbols.length; j += 1) {
        moved = push(symbols[i], symbols[j]) || moved;
      }
    }
    if (!moved) return;
  }
}

function push(a, b) {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const reach = a.radius + b.radius + 2;
  if (Math.abs(dx) >= reach || Math.abs(dy) >= reach) return false;
  const distance = Math.hypot(dx, dy);
  const give = yielding(a) + yielding(b);
  if (distance >= reach || give === 0) return false;
  // At the very same place any direction will do, as long as it is always the same one.
  const [ux, uy] = distance < 0.5 ? [0.8, 0.6] : [dx / distance, dy / distance];
  const step = (reach - distance) / give;
  a.x -= ux * step * yielding(a);
  a.y -= uy * step * yielding(a);
  b.x += ux * step * yielding(b);
  b.y += uy * step * yielding(b);
  return true;
}

/**
 * @param {CanvasRenderingContext2D} context @param {Symbol} symbol
 * @param {import("./palette.js").Palette} palette @param {boolean} lit
 */
export function drawSymbol(context, symbol, palette, lit) {
  const { x, y, radius } = symbol;
  if (lit) {
    context.beginPath();
    context.arc(x, y, radius + 5, 0, 2 * Math.PI);
    context.fillStyle = palette.accent;
    context.fill();
  }
  if (!symbol.cluster) {
    drawPoint(context, symbol, palette);
    return;
  }
  context.beginPath();
  shape(context, symbol, radius + 1.5);
  context.fillStyle = palette.halo;
  context.fill();
  drawSlices(context, symbol);
  context.beginPath();
  shape(context, symbol, radius * 0.7);
  context.fillStyle = palette.halo;
  context.fill();
  context.fillStyle = palette.ink;
  const text = String(symbol.properties.point_count_abbreviated ?? symbol.count);
  const size = Math.min(12, Math.max(8.5, (radius * 2) / Math.max(text.length, 2)));
  context.font = `600 ${size}px system-ui, sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(text, x, y + 0.5);
}

function drawPoint(context, symbol, palette) {
  context.beginPath();
  shape(context, symbol, symbol.radius + 2);
  context.fillStyle = palette.halo;
  context.fill();
  context.beginPath();
  shape(context, symbol, symbol.radius);
  context.fillStyle = symbol.slices[0][0];
  context.fill();
  context.strokeStyle = palette.ink;
  context.lineWidth = 1;
  context.stroke();
  const reach = symbol.radius * 0.5;
  context.beginPath();
  for (const [x1, y1, x2, y2] of symbol.mark) {
    context.moveTo(symbol.x + x1 * reach, symbol.y + y1 * reach);
    context.lineTo(symbol.x + x2 * reach, symbol.y + y2 * reach);
  }
  context.lineCap = "round";
  context.strokeStyle = "#fff";
  context.lineWidth = 2;
  context.stroke();
}

function drawSlices(context, symbol) {
  const { x, y, radius } = symbol;
  const total = symbol.slices.reduce((sum, slice) => sum + slice[1], 0);
  context.save();
  context.beginPath();
  shape(context, symbol, radius);
  context.clip();
  let angle = -Math.PI / 2;
  for (const [color, count] of symbol.slices) {
    const next = angle + (2 * Math.PI * count) / total;
    context.beginPath();
    context.moveTo(x, y);
    // Wide enough to reach the corners of the square.
    context.arc(x, y, radius * 1.5, angle, next);
    context.fillStyle = color;
    context.fill();
    angle = next;
  }
  context.restore();
}

/** Round or square: shape tells what colour alone must not. */
function shape(context, symbol, radius) {
  if (symbol.look.round) {
    context.moveTo(symbol.x + radius, symbol.y);
    context.arc(symbol.x, symbol.y, radius, 0, 2 * Math.PI);
    return;
  }
  const half = radius * 0.9;
  context.roundRect(symbol.x - half, symbol.y - half, 2 * half, 2 * half, 3);
}

export { EXTENT, TILE_SIZE };
