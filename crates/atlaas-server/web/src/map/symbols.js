// Symbols: what one feature of a point tileset looks like, says and weighs on the map.
import { TILE_SIZE } from "./territories.js";

const EXTENT = 4096;
/** Of a circle and of the square of the same weight. */
const POINT_RADIUS = 7;

/**
 * @typedef {object} Symbol
 * @property {string} key stable while the same feature is shown
 * @property {"initiatives" | "colieux"} tileset
 * @property {number} wx horizontal place in the world, 0 to 1
 * @property {number} wy
 * @property {number} radius in pixels
 * @property {number} count fiches that it stands for
 * @property {boolean} cluster
 * @property {boolean} pile several fiches at one position, which no zoom separates
 * @property {[string, number][]} slices colour and count, largest first
 * @property {Record<string, any>} properties
 * @property {number} [x] place in the layer, in pixels, set when drawn
 * @property {number} [y]
 */

/**
 * @typedef {Record<string, [string, string]>} Legend name and colour of each slug
 */

/**
 * Reads the symbols of one tile; points in the margin belong to the next tile.
 * @param {any} layer @param {"initiatives" | "colieux"} tileset
 * @param {{z: number, x: number, y: number}} tile @param {Legend} legend @param {string} plain
 * @returns {Symbol[]}
 */
export function readSymbols(layer, tileset, tile, legend, plain) {
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
      wx: (tile.x + x / EXTENT) / world,
      wy: (tile.y + y / EXTENT) / world,
      radius: cluster ? 11 + 5 * Math.log10(Math.max(count, 1)) : POINT_RADIUS,
      count,
      cluster,
      pile,
      slices: cluster ? slicesOf(properties, legend, plain) : [[colorOf(properties, legend, plain), 1]],
      properties,
    });
  }
  return symbols;
}

/** @returns {[string, number][]} */
function slicesOf(properties, legend, plain) {
  /** @type {[string, number][]} */
  const slices = [];
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("n_")) slices.push([legend[name.slice(2)]?.[1] || plain, Number(value)]);
  }
  slices.sort((a, b) => b[1] - a[1]);
  return slices.length > 0 ? slices : [[plain, 1]];
}

function colorOf(properties, legend, plain) {
  const slug = String(properties.enjeu ?? properties.typologie ?? "").split(/[|,]/)[0];
  return legend[slug]?.[1] || plain;
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

/**
 * Moves colieux aside where an initiative is drawn at nearly the same place: both stay visible.
 * @param {Symbol[]} symbols with `x` and `y` set
 */
export function separate(symbols) {
  const first = symbols.filter((symbol) => symbol.tileset === "initiatives");
  for (const symbol of symbols) {
    if (symbol.tileset === "initiatives") continue;
    for (const other of first) {
      const dx = symbol.x - other.x;
      const dy = symbol.y - other.y;
      const reach = symbol.radius + other.radius + 1;
      const distance = Math.hypot(dx, dy);
      if (distance >= reach) continue;
      const [ux, uy] = distance < 1 ? [0.8, 0.6] : [dx / distance, dy / distance];
      symbol.x = other.x + ux * reach;
      symbol.y = other.y + uy * reach;
    }
  }
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
  shape(context, symbol, radius * 0.66);
  context.fillStyle = palette.halo;
  context.fill();
  context.fillStyle = palette.ink;
  context.font = `600 ${Math.round(Math.max(10, radius * 0.55))}px system-ui, sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  const text = symbol.properties.point_count_abbreviated ?? symbol.count;
  context.fillText(String(text), x, y + 0.5);
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

/** Initiatives are round, colieux are square: shape tells what colour alone must not. */
function shape(context, symbol, radius) {
  if (symbol.tileset === "initiatives") {
    context.moveTo(symbol.x + radius, symbol.y);
    context.arc(symbol.x, symbol.y, radius, 0, 2 * Math.PI);
    return;
  }
  const half = radius * 0.9;
  context.roundRect(symbol.x - half, symbol.y - half, 2 * half, 2 * half, 3);
}

export { EXTENT, TILE_SIZE };
