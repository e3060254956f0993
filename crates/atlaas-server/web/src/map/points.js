// The upper layer: clusters, points and names over the ground, on one canvas the size of the view.
//
// One canvas rather than one a tile: no symbol or name is cut by an edge, and names avoid symbols.
// Old symbols stay until every tile of the new view is there, so nothing blinks.
import { DomUtil, Point, Renderer } from "./leaflet.js";
import { drawLabels, readLabels } from "./labels.js";
import { drawSymbol, readSymbols, separate } from "./symbols.js";
import { TILE_SIZE } from "./territories.js";

/** Longest wait for the last tile before what has come is drawn, in milliseconds. */
const PATIENCE = 600;

/**
 * Options: `palette`, `looks` and `legends` (by tileset), `names` (source of territories, for labels).
 * Fires `drawn` with the symbols, and `failed` when a tile cannot be had.
 */
export const Points = Renderer.extend({
  options: { padding: 0.25, pane: "markerPane" },

  initialize(options) {
    Renderer.prototype.initialize.call(this, options);
    /** @type {Map<string, import("./tile-source.js").TileSource>} */
    this._sources = new Map();
    this._symbols = [];
    this._labels = [];
    this._wanted = new Map();
    this._lit = "";
    this._spot = null;
    this._circle = null;
  },

  /** @param {Map<string, import("./tile-source.js").TileSource>} sources by tileset */
  setSources(sources) {
    this._dropAll();
    for (const source of this._sources.values()) source.close();
    this._sources = sources;
    if (this._map) this._load();
    return this;
  },

  setPalette(palette) {
    this.options.palette = palette;
    this._schedule();
  },

  /** A circle of so many metres around a place, or nothing. */
  setCircle(circle) {
    this._circle = circle;
    this._schedule();
  },

  /** Lights up the symbol with this key, or the place when the fiche is inside a cluster. */
  light(key, place) {
    if (this._lit === key && this._spot === place) return;
    this._lit = key;
    this._spot = place;
    this._schedule();
  },

  /** The symbol under a point of the layer, the nearest one drawn last first. */
  hit(point, slack = 3) {
    for (let rank = this._symbols.length - 1; rank >= 0; rank -= 1) {
      const symbol = this._symbols[rank];
      if (Math.hypot(symbol.x - point.x, symbol.y - point.y) <= symbol.radius + slack) return symbol;
    }
    return null;
  },

  onRemove() {
    this._dropAll();
    Renderer.prototype.onRemove.call(this);
  },

  _initContainer() {
    this._container = document.createElement("canvas");
    this._container.className = "points-canvas";
    this._container.setAttribute("aria-hidden", "true");
  },

  _destroyContainer() {
    cancelAnimationFrame(this._frame);
    DomUtil.remove(this._container);
    delete this._container;
  },

  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    Renderer.prototype._update.call(this);
    this._origin = this._map.getPixelOrigin();
    const size = this._bounds.getSize();
    const ratio = window.devicePixelRatio || 1;
    DomUtil.setPosition(this._container, this._bounds.min);
    this._container.width = size.x * ratio;
    this._container.height = size.y * ratio;
    this._container.style.width = `${size.x}px`;
    this._container.style.height = `${size.y}px`;
    this._draw();
    this._load();
  },

  /** Asks for the tiles of the view; those of the view before are let go after, so shared ones stay. */
  _load() {
    const wanted = new Map();
    const sources = [...this._sources, ["names", this.options.names]];
    for (const [tileset, source] of sources) {
      for (const at of this._tiles(source.maxZoom)) {
        const key = `${tileset}/${at.z}/${at.x}/${at.y}`;
        const known = this._wanted.get(key);
        wanted.set(key, known ?? this._ask(tileset, source, at));
      }
    }
    for (const [key, item] of this._wanted) if (!wanted.has(key)) item.drop();
    this._wanted = wanted;
    clearTimeout(this._patience);
    this._patience = setTimeout(() => this._show(true), PATIENCE);
    this._show(false);
  },

  _ask(tileset, source, at) {
    const item = { tileset, at, done: false, symbols: [], labels: [], drop: () => source.release(at.z, at.x, at.y) };
    source.request(at.z, at.x, at.y).then(
      (tile) => {
        if (tile && tileset === "names") item.labels = readLabels(tile, at);
        else if (tile?.layers[tileset]) item.symbols = this._read(tile.layers[tileset], tileset, at);
        item.done = true;
        this._show(false);
      },
      (error) => {
        item.done = true;
        if (error.name !== "AbortError") this.fire("failed", { error });
        this._show(false);
      },
    );
    return item;
  },

  _read(layer, tileset, at) {
    const { looks, legends, palette } = this.options;
    return readSymbols(layer, tileset, looks[tileset], at, legends[tileset] ?? {}, palette.plain);
  },

  _tiles(maxZoom) {
    const zoom = Math.max(0, Math.min(Math.round(this._zoom) - 1, maxZoom));
    const side = TILE_SIZE * 2 ** (this._zoom - 1 - zoom);
    const count = 2 ** zoom;
    const origin = this._origin;
    const first = this._bounds.min.add(origin).divideBy(side).floor();
    const last = this._bounds.max.add(origin).divideBy(side).floor();
    const tiles = [];
    for (let y = Math.max(0, first.y); y <= Math.min(count - 1, last.y); y += 1) {
      for (let x = Math.max(0, first.x); x <= Math.min(count - 1, last.x); x += 1) {
        tiles.push({ z: zoom, x, y });
      }
    }
    return tiles;
  },

  /** Takes over what has come, when all has, or when waiting took too long. */
  _show(anyway) {
    const items = [...this._wanted.values()];
    if (!anyway && items.some((item) => !item.done)) return;
    if (items.every((item) => item.done)) clearTimeout(this._patience);
    // Always in the same order, so that what is pushed apart does not depend on which tile came first.
    this._symbols = items.flatMap((item) => item.symbols).sort((a, b) => (a.key < b.key ? -1 : 1));
    this._labels = items.flatMap((item) => item.labels);
    this._schedule();
  },

  _dropAll() {
    for (const item of this._wanted.values()) item.drop();
    this._wanted = new Map();
  },

  _schedule() {
    cancelAnimationFrame(this._frame);
    this._frame = requestAnimationFrame(() => this._draw());
  },

  _draw() {
    if (!this._container || !this._map) return;
    const context = this._container.getContext("2d");
    const ratio = window.devicePixelRatio || 1;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, this._container.width, this._container.height);
    context.translate(-this._bounds.min.x, -this._bounds.min.y);
    const place = (wx, wy) => this._place(wx, wy);
    for (const symbol of this._symbols) {
      const { x, y } = place(symbol.wx, symbol.wy);
      symbol.x = x;
      symbol.y = y;
    }
    separate(this._symbols);
    this._drawCircle(context);
    drawLabels(context, this._labels, this.options.palette, { place, symbols: this._symbols });
    let found = false;
    for (const symbol of this._symbols) {
      const lit = symbol.key === this._lit;
      found ||= lit;
      drawSymbol(context, symbol, this.options.palette, lit);
    }
    if (!found && this._spot) this._drawSpot(context);
    this.fire("drawn", { symbols: this._symbols });
  },

  /** From the unit square of the world to the layer as it was when the view last settled. */
  _place(wx, wy) {
    const world = 256 * 2 ** this._zoom;
    return new Point(wx * world - this._origin.x, wy * world - this._origin.y);
  },

  _placeOf({ lat, lon }) {
    const sine = Math.sin((lat * Math.PI) / 180);
    return this._place(lon / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI));
  },

  _drawCircle(context) {
    if (!this._circle) return;
    const { lat, lon, metres } = this._circle;
    const centre = this._placeOf({ lat, lon });
    const degrees = metres / (111_320 * Math.cos((lat * Math.PI) / 180));
    const edge = this._placeOf({ lat, lon: lon + degrees });
    context.beginPath();
    context.arc(centre.x, centre.y, Math.abs(edge.x - centre.x), 0, 2 * Math.PI);
    context.strokeStyle = this.options.palette.accent;
    context.lineWidth = 2;
    context.setLineDash([6, 5]);
    context.stroke();
    context.setLineDash([]);
  },

  /** A ring where the fiche lies, when a cluster stands for it. */
  _drawSpot(context) {
    const { x, y } = this._placeOf(this._spot);
    for (const [color, width] of [[this.options.palette.halo, 6], [this.options.palette.accent, 3]]) {
      context.beginPath();
      context.arc(x, y, 11, 0, 2 * Math.PI);
      context.strokeStyle = color;
      context.lineWidth = width;
      context.stroke();
    }
  },
});
