// The map as pages see it: a ground, points under the page's query, and what happens to them.
import { Attribution, LatLngBounds, LeafletMap, Scale, TileLayer, Zoom } from "./leaflet.js";
import { Card } from "./card.js";
import { Legend, buildControls } from "./controls.js";
import { FigureSource } from "./figures.js";
import { Gestures } from "./gestures.js";
import { groundOf, readPalette } from "./palette.js";
import { Points } from "./points.js";
import { SymbolKeys } from "./symbol-keys.js";
import { partsInWords } from "./symbols.js";
import { Territories } from "./territories.js";
import { TileSource } from "./tile-source.js";
import { TEXTS } from "../texts.js";

const TERRITORY_ZOOM = 12;
const POINT_ZOOM = 14;

/** A second click within this is a zoom, in milliseconds. */
const DOUBLE = 260;
/** A place this near to an edge, or to what covers the map, is not in view, in pixels. */
const EDGE = 48;

/**
 * What the server tells the scripts, in the page's JSON.
 * @typedef {object} PageData
 * @property {string} base path prefix of the service, without a final slash
 * @property {string} snapshot
 * @property {Record<string, import("./symbols.js").Look>} looks by tileset
 * @property {Record<string, Record<string, [string, string, number]>>} legends by tileset, name, colour and rank of each slug
 * @property {string} attribution
 * @property {{url: string, attribution: string, maxZoom: number} | null} [basemap]
 * @property {string[]} parameters names that a query may have
 * @property {import("./palette.js").Ground[]} grounds what may colour the ground
 */

/**
 * @typedef {object} Wiring
 * @property {(symbol: any) => void} onOpen a point or a pile was chosen
 * @property {(symbol: any | null) => void} onHover
 * @property {(commune: {code: string, nom: string}) => void} onCommune its ground was clicked
 * @property {(byUser: boolean) => void} onMove
 * @property {(message: string) => void} onTrouble
 * @property {(theme: string) => void} onTheme
 */

export class AtlasMap {
  /**
   * @param {HTMLElement} container @param {PageData} data
   * @param {Wiring} wiring
   * @param {{theme: string, level: string, controls: boolean, shares: () => boolean}} options
   */
  constructor(container, data, wiring, options) {
    this.data = data;
    this.wiring = wiring;
    this.map = new LeafletMap(container, {
      zoomControl: false,
      attributionControl: false,
      minZoom: 2,
      maxZoom: 18,
      zoomSnap: 1,
      maxBoundsViscosity: 0.8,
      worldCopyJump: true,
      fadeAnimation: false,
      zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    });
    container.setAttribute("role", "application");
    container.setAttribute("aria-label", TEXTS.map);
    this.gestures = new Gestures(container, options.shares);
    this.addControls();
    this.names = new TileSource(this.address("territoires", ""), TERRITORY_ZOOM);
    this.figures = new FigureSource(data.base, options.level);
    this.addLayers(container);
    this.keys = new SymbolKeys(this.map, {
      label: TEXTS.points,
      name: (symbol) => this.nameOf(symbol),
      open: (symbol) => this.open(symbol),
      light: (symbol) => this.hover(symbol),
    });
    this.card = new Card(this.map, data.legends);
    this.listen(container);
    this.legend = new Legend(container);
    this.theme = options.theme;
    if (options.controls) {
      const controls = buildControls({
        grounds: data.grounds,
        theme: options.theme,
        onTheme: (theme) => {
          this.theme = theme;
          this.colour();
          wiring.onTheme(theme);
        },
        onPlace: (bbox) => {
          this.fit(bbox, { byUser: true });
          // The button that had the focus is folded away.
          container.focus({ preventScroll: true });
        },
      });
      container.after(controls);
    }
  }

  addControls() {
    new Zoom({ zoomInTitle: TEXTS.zoomIn, zoomOutTitle: TEXTS.zoomOut, position: "topright" }).addTo(this.map);
    new Scale({ imperial: false }).addTo(this.map);
    new Attribution({ prefix: false }).addTo(this.map).addAttribution(this.data.attribution);
  }

  addLayers(container) {
    const palette = readPalette(container);
    const basemap = this.data.basemap;
    if (basemap) {
      const { url, attribution, maxZoom } = basemap;
      new TileLayer(url, { attribution, maxNativeZoom: maxZoom, maxZoom: 18, zIndex: 0 }).addTo(this.map);
    }
    this.ground = new Territories(this.names, palette, { overBase: Boolean(basemap), maxZoom: 18 });
    this.points = new Points({ palette, looks: this.data.looks, legends: this.data.legends, names: this.names });
    this.ground.on("tileerror", () => this.wiring.onTrouble(TEXTS.mapFailed));
    this.points.on("failed", () => this.wiring.onTrouble(TEXTS.mapFailed));
    this.points.on("drawn", ({ symbols }) => {
      clearTimeout(this.keysTimer);
      this.keysTimer = setTimeout(() => this.keys.show(symbols), 120);
      container.dataset.drawn = String(symbols.reduce((sum, symbol) => sum + symbol.count, 0));
    });
    const follow = () => {
      const fresh = readPalette(container);
      this.ground.setPalette(fresh);
      this.points.setPalette(fresh);
    };
    for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
      matchMedia(query).addEventListener("change", follow);
    }
  }

  listen(container) {
    this.map.on("mousemove", (event) => {
      const symbol = this.points.hit(event.layerPoint);
      container.classList.toggle("over-symbol", symbol !== null);
      this.hover(symbol);
    });
    this.map.on("mouseout", () => this.hover(null));
    this.map.on("click", (event) => {
      const symbol = this.points.hit(event.layerPoint, 6);
      if (symbol) this.open(symbol);
      else this.openGround(event.latlng);
    });
    this.map.on("dblclick", () => clearTimeout(this.groundTimer));
    this.map.on("moveend", () => {
      this.wiring.onMove(!this.ownMove);
      this.ownMove = false;
    });
  }

  /** Follows its place in the page, which was given another size. */
  resize() {
    this.gestures.follow();
    this.ownMove = true;
    this.map.invalidateSize({ animate: false });
    this.ownMove = false;
  }

  openGround(place) {
    clearTimeout(this.groundTimer);
    this.groundTimer = setTimeout(async () => {
      const zoom = this.map.getZoom();
      const { x, y } = this.map.project(place, zoom).divideBy(256 * 2 ** zoom);
      const commune = await this.ground.communeAt({ wx: x, wy: y, zoom }).catch(() => null);
      if (commune) this.wiring.onCommune(commune);
    }, DOUBLE);
  }

  /**
   * Moves the map when a place lies out of view or under something, no further than needed to see it.
   * @param {{lat: number, lon: number}} place @param {DOMRect | null} cover what lies over the map
   */
  reveal({ lat, lon }, cover) {
    const { x, y } = this.map.latLngToContainerPoint([lat, lon]);
    const size = this.map.getSize();
    const map = this.map.getContainer().getBoundingClientRect();
    let left = 0;
    let bottom = size.y;
    // At the left of a wide map, from below over a narrow one.
    if (cover && cover.right - map.left < size.x - 2 * EDGE) left = Math.max(0, cover.right - map.left);
    else if (cover) bottom = Math.max(2 * EDGE, Math.min(bottom, cover.top - map.top));
    if (x > left + EDGE && x < size.x - EDGE && y > EDGE && y < bottom - EDGE) return;
    this.ownMove = true;
    this.map.panBy([x - (left + size.x) / 2, y - bottom / 2]);
  }

  address(tileset, query) {
    const parameters = query ? `${query}&v=${this.data.snapshot}` : `v=${this.data.snapshot}`;
    return `${this.data.base}/tiles/${tileset}/{z}/{x}/{y}.mvt?${parameters}`;
  }

  /**
   * Shows the fiches of a query.
   * @param {string} query canonical, without paging @param {string[]} tilesets
   * @param {{kind: string, code: string}[]} territories outlined
   */
  show(query, tilesets, territories) {
    const sources = new Map(
      tilesets.map((name) => [name, new TileSource(this.address(name, query), POINT_ZOOM)]),
    );
    const before = this.query;
    this.query = query;
    this.ground.setSelected(territories);
    if (before !== query) this.colour();
    if (!this.ground._map) {
      this.points._sources = sources;
      this.ground.addTo(this.map);
      this.points.addTo(this.map);
    } else {
      this.points.setSources(sources);
    }
  }

  /** Colours the ground as its theme says: by the tiles, or by figures of the query, which are asked for. */
  async colour() {
    const ground = groundOf(this.data.grounds, this.theme);
    this.figures.cancel();
    if (!ground?.measure) {
      this.ground.setTheme(ground);
      this.legend.show(ground);
      return;
    }
    const figures = await this.figures.ask(ground.measure, this.query ?? "").catch(() => undefined);
    if (groundOf(this.data.grounds, this.theme) !== ground) return;
    this.ground.setTheme(undefined, figures);
    this.legend.showFigures(figures);
  }

  /** @param {number[]} bbox west, south, east, north @param {{maxZoom?: number, byUser?: boolean}} [how] */
  fit(bbox, { maxZoom = 14, byUser = false } = {}) {
    const [west, south, east, north] = bbox;
    this.ownMove = !byUser;
    this.map.fitBounds(new LatLngBounds([south, west], [north, east]), {
      maxZoom,
      // A narrow map has no room to lose.
      padding: this.map.getSize().x < 500 ? [4, 4] : [24, 24],
      animate: Boolean(this.map._loaded),
    });
  }

  /** @param {number} lat @param {number} lon @param {number} zoom */
  view(lat, lon, zoom, byUser = false) {
    this.ownMove = !byUser;
    this.map.setView([lat, onEarth(lon)], zoom);
  }

  bbox() {
    const bounds = this.map.getBounds();
    const [west, east] = [bounds.getWest(), bounds.getEast()];
    const around = east - west >= 360;
    const box = [around ? -180 : onEarth(west), bounds.getSouth(), around ? 180 : onEarth(east), bounds.getNorth()];
    return box.map((degrees) => Math.round(degrees * 1e4) / 1e4);
  }

  state() {
    const { lat, lng } = this.map.getCenter();
    return `${this.map.getZoom()}/${lat.toFixed(4)}/${onEarth(lng).toFixed(4)}`;
  }

  /** Lights up a fiche from the list. @param {string} id @param {{lat: number, lon: number} | null} place */
  light(id, place) {
    const [kind] = id.split("-");
    const tileset = Object.keys(this.data.looks).find((name) => this.data.looks[name].id === kind);
    this.points.light(id && `${tileset}:${id}`, place);
  }

  hover(symbol) {
    if (this.hovered === symbol?.key) return;
    this.hovered = symbol?.key;
    this.points.light(symbol?.key ?? "", null);
    this.card.show(symbol);
    this.wiring.onHover(symbol);
  }

  open(symbol) {
    // A finger points and opens at once: what opens says more.
    this.card.show(null);
    if (!symbol.cluster || symbol.pile) {
      this.wiring.onOpen(symbol);
      return;
    }
    const { bbox, expansion_zoom: zoom } = symbol.properties;
    const box = typeof bbox === "string" ? bbox.split(",").map(Number) : bbox;
    const wanted = Math.min(18, Number(zoom ?? this.map.getZoom()) + 1);
    const apart = box?.length === 4 && box.every(Number.isFinite) && box[2] > box[0];
    if (apart) this.fit(box, { maxZoom: Math.max(wanted, 14), byUser: true });
    else this.view(...placeOf(symbol), Math.max(wanted, this.map.getZoom() + 1), true);
  }

  nameOf(symbol) {
    const { properties, tileset, look, count } = symbol;
    if (!symbol.cluster) {
      return [properties[look.name], look.one, properties.commune, properties.annee].filter(Boolean).join(", ");
    }
    const parts = partsInWords(symbol, this.data.legends[tileset] ?? {});
    const place = symbol.pile ? ` ${TEXTS.samePlace}` : "";
    return `${count} ${look.many}${place}${parts && ` : ${parts}`}`;
  }
}

/** A longitude from any turn around the world, between -180 and 180. @param {number} degrees */
function onEarth(degrees) {
  return Math.abs(degrees) <= 180 ? degrees : ((((degrees + 180) % 360) + 360) % 360) - 180;
}

/** Latitude and longitude of a symbol. @returns {[number, number]} */
export function placeOf(symbol) {
  const latitude = (Math.atan(Math.sinh(Math.PI * (1 - 2 * symbol.wy))) * 180) / Math.PI;
  return [latitude, symbol.wx * 360 - 180];
}
