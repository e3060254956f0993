// The ground of the map: territories from our own tiles, one canvas a tile, with a choropleth on demand.
import { GridLayer } from "./leaflet.js";
import { classOf } from "./palette.js";

/** Tiles are shown at 512 pixels: a tile of zoom z serves the view at zoom z + 1. */
export const TILE_SIZE = 512;
const EXTENT = 4096;

/** Tile zoom from which communes are told apart by their lines, and by a click. */
const COMMUNES_FROM = 8;

/** Lines by layer, faintest first: from which tile zoom, with which width in pixels. */
const LINES = [
  { layer: "communes", from: COMMUNES_FROM, width: 0.5, color: "borderFine" },
  { layer: "epci", from: 7, width: 0.7, color: "borderFine" },
  { layer: "departements", from: 3, width: 0.8, color: "border" },
  { layer: "regions", from: 0, width: 1.3, color: "border" },
];

/** @typedef {{ kind: string, code: string }} Selected */

export const Territories = GridLayer.extend({
  options: { tileSize: TILE_SIZE, keepBuffer: 1, updateWhenZooming: false },

  /**
   * @param {import("./tile-source.js").TileSource} source
   * @param {import("./palette.js").Palette} palette
   */
  initialize(source, palette, options) {
    GridLayer.prototype.initialize.call(this, options);
    this._source = source;
    this._palette = palette;
    /** @type {import("./palette.js").Ground | undefined} */
    this._theme = undefined;
    /** @type {import("./figures.js").Figures | undefined} */
    this._figures = undefined;
    /** @type {Selected[]} */
    this._selected = [];
    this.on("tileunload", (event) => this._free(event.coords));
  },

  /** @param {import("./palette.js").Palette} palette */
  setPalette(palette) {
    this._palette = palette;
    return this.redraw();
  },

  /**
   * @param {import("./palette.js").Ground | undefined} theme
   * @param {import("./figures.js").Figures} [figures] instead of it
   */
  setTheme(theme, figures) {
    if (theme !== this._theme || figures !== this._figures) {
      this._theme = theme;
      this._figures = figures;
      this.redraw();
    }
    return this;
  },

  /** Territories to outline. @param {Selected[]} selected */
  setSelected(selected) {
    if (JSON.stringify(selected) !== JSON.stringify(this._selected)) {
      this._selected = selected;
      this.redraw();
    }
    return this;
  },

  /**
   * What the commune under a place is called; null where communes are not drawn, and at sea.
   * @param {{wx: number, wy: number, zoom: number}} at place in the unit square of the world, zoom of the view
   * @returns {Promise<{code: string, nom: string} | null>}
   */
  async communeAt({ wx, wy, zoom }) {
    const z = Math.min(zoom - 1, this._source.maxZoom);
    if (z < COMMUNES_FROM) return null;
    const world = 2 ** z;
    const [x, y] = [Math.floor(wx * world), Math.floor(wy * world)];
    try {
      const tile = await this._source.request(z, x, y);
      const [left, top] = [(wx * world - x) * EXTENT, (wy * world - y) * EXTENT];
      for (const feature of features(tile?.layers.communes ?? { length: 0 })) {
        if (holds(feature, left, top)) return feature.properties;
      }
      return null;
    } finally {
      this._source.release(z, x, y);
    }
  },

  createTile(coords, done) {
    const canvas = document.createElement("canvas");
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    canvas.width = TILE_SIZE * ratio;
    canvas.height = TILE_SIZE * ratio;
    const { z, x, y, scale } = this._parent(coords);
    this._source.request(z, x, y).then(
      (tile) => {
        if (tile) {
          const context = canvas.getContext("2d");
          const size = (TILE_SIZE * ratio * scale) / EXTENT;
          context.translate(
            -(coords.x - x * scale) * TILE_SIZE * ratio,
            -(coords.y - y * scale) * TILE_SIZE * ratio,
          );
          this._draw(context, tile, { z, size, ratio });
        }
        done(undefined, canvas);
      },
      (error) => done(error.name === "AbortError" ? undefined : error, canvas),
    );
    return canvas;
  },

  /** The tile to load for a place of the grid, and how many times larger it is shown. */
  _parent(coords) {
    const zoom = coords.z - 1;
    const z = Math.min(zoom, this._source.maxZoom);
    const scale = 2 ** (zoom - z);
    return { z, scale, x: Math.floor(coords.x / scale), y: Math.floor(coords.y / scale) };
  },

  _free(coords) {
    const { z, x, y } = this._parent(coords);
    this._source.release(z, x, y);
  },

  _isValidTile(coords) {
    const count = 2 ** (coords.z - 1);
    const inWorld = coords.x >= 0 && coords.y >= 0 && coords.x < count && coords.y < count;
    return coords.z >= 1 && inWorld && GridLayer.prototype._isValidTile.call(this, coords);
  },

  _draw(context, tile, view) {
    const palette = this._palette;
    const ground = tile.layers.regions ?? tile.layers.departements;
    if (ground && !this.options.overBase) {
      context.fillStyle = palette.land;
      context.beginPath();
      for (const feature of features(ground)) trace(context, feature, view.size);
      context.fill("evenodd");
    }
    if (this._theme) this._fillClasses(context, tile, view);
    if (this._figures) this._fillFigures(context, tile, view);
    for (const { layer, from, width, color } of LINES) {
      if (view.z < from || !tile.layers[layer]) continue;
      context.beginPath();
      for (const feature of features(tile.layers[layer])) trace(context, feature, view.size);
      context.strokeStyle = palette[color];
      context.lineWidth = width * view.ratio;
      context.lineJoin = "round";
      context.stroke();
    }
    this._outline(context, tile, view);
  },

  _fillClasses(context, tile, view) {
    const { communes, departements, regions } = tile.layers;
    const theme = this._theme;
    const layer = theme.layer ? tile.layers[theme.layer] : (communes ?? departements ?? regions);
    if (!layer) return;
    /** @type {any[][]} */
    const classes = [[], [], [], [], [], []];
    if (this.options.overBase) context.globalAlpha = 0.6;
    for (const feature of features(layer)) {
      classes[classOf(theme, Number(feature.properties[theme.property] ?? 0))].push(feature);
    }
    classes.forEach((members, rank) => {
      if (rank === 0 || members.length === 0) return;
      context.fillStyle = this._palette.ramp[rank];
      context.beginPath();
      for (const feature of members) trace(context, feature, view.size);
      context.fill("evenodd");
    });
    context.globalAlpha = 1;
  },

  /** Those that take part in their shades, the others hatched. */
  _fillFigures(context, tile, view) {
    const { layer, shades, absent } = this._figures;
    if (!tile.layers[layer]) return;
    /** @type {Map<number | undefined, any[]>} */
    const members = new Map();
    for (const feature of features(tile.layers[layer])) {
      const code = String(feature.properties.code);
      const shade = shades.get(code);
      // What lies beyond what was asked for has no state.
      if (shade === undefined && absent && !absent.has(code)) continue;
      members.set(shade, [...(members.get(shade) ?? []), feature]);
    }
    if (this.options.overBase) context.globalAlpha = 0.6;
    for (const [shade, those] of members) {
      context.fillStyle = shade === undefined ? hatching(context, this._palette, view.ratio) : this._palette.ramp[shade];
      context.beginPath();
      for (const feature of those) trace(context, feature, view.size);
      context.fill("evenodd");
    }
    context.globalAlpha = 1;
  },

  _outline(context, tile, view) {
    const layers = { commune: "communes", epci: "epci", departement: "departements", region: "regions" };
    for (const { kind, code } of this._selected) {
      const layer = tile.layers[layers[kind]];
      if (!layer) continue;
      for (const feature of features(layer)) {
        if (String(feature.properties.code) !== code) continue;
        context.beginPath();
        trace(context, feature, view.size);
        context.strokeStyle = this._palette.accent;
        context.lineWidth = 3 * view.ratio;
        context.stroke();
      }
    }
  },
});

/** The features of a layer, decoded one at a time. */
export function* features(layer) {
  for (let rank = 0; rank < layer.length; rank += 1) yield layer.feature(rank);
}

/** Whether a polygon holds a point: a ray to the east crosses its rings an odd number of times. */
function holds(feature, x, y) {
  let inside = false;
  for (const ring of feature.loadGeometry()) {
    for (let rank = 0, last = ring.length - 1; rank < ring.length; last = rank, rank += 1) {
      const [a, b] = [ring[rank], ring[last]];
      if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
    }
  }
  return inside;
}

/** Diagonal lines, as the styles' pattern has them. */
function hatching(context, palette, ratio) {
  const side = 8 * ratio;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side;
  const lines = canvas.getContext("2d");
  lines.strokeStyle = palette.border;
  lines.lineWidth = ratio;
  lines.beginPath();
  for (const shift of [-side, 0, side]) {
    lines.moveTo(shift, side);
    lines.lineTo(shift + side, 0);
  }
  lines.stroke();
  return context.createPattern(canvas, "repeat");
}

function trace(context, feature, size) {
  for (const ring of feature.loadGeometry()) {
    context.moveTo(ring[0].x * size, ring[0].y * size);
    for (let rank = 1; rank < ring.length; rank += 1) {
      context.lineTo(ring[rank].x * size, ring[rank].y * size);
    }
  }
}
