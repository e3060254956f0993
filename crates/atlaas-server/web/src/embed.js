// The embedded page: a live map over the still one, and messages with the page around it.
//
// Messages carry `atlaas: 1` and a `type`. To the host: `hauteur`, `selection`, `deplacement`. From
// the host, heard only when its window sent them: `allerA`, `filtrer`.
import { AtlasMap } from "./map/atlas-map.js";
import { groundOf } from "./map/palette.js";
import { readAddress, writeAddress } from "./page/address.js";
import { readData, takeMap } from "./page/data.js";
import { Latest, readDocument } from "./page/latest.js";
import { pile, readJson } from "./page/pile.js";
import { element } from "./map/controls.js";
import { TEXTS } from "./texts.js";

class Embed {
  constructor() {
    this.data = readData();
    this.latest = new Latest();
    this.results = /** @type {HTMLElement} */ (document.getElementById("results"));
    const { own } = readAddress(location.search);
    this.map = new AtlasMap(
      takeMap(),
      this.data,
      {
        onOpen: (symbol) => this.open(symbol),
        onHover: () => {},
        onCommune: ({ code, nom }) => this.select(`commune-${code}`, nom, `${this.data.base}/commune/${code}`),
        onMove: (byUser) => byUser && this.tell("deplacement", { bbox: this.map.bbox(), etat: this.map.state() }),
        onTrouble: () => {},
        onTheme: () => {},
      },
      { theme: groundOf(this.data.grounds, own.fond)?.name ?? "", level: own.maille ?? "", controls: false, shares: () => parent !== window },
    );
    this.show();
    addEventListener("message", (event) => this.hear(event));
    addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    document.addEventListener("click", (event) => this.onClick(event));
    new ResizeObserver(() => this.measure()).observe(document.body);
    this.measure();
  }

  show() {
    const { query = "", tilesets = "", territories = "", view = "", circle = "" } = this.results.dataset;
    const at = (readAddress(location.search).own.carte ?? "").split("/").map(Number);
    if (at.length === 3 && at.every(Number.isFinite)) this.map.view(at[1], at[2], at[0]);
    else if (view) this.map.fit(view.split(",").map(Number));
    const outlined = territories.split(" ").filter(Boolean).map((entry) => {
      const [kind, code] = entry.split(":");
      return { kind, code };
    });
    this.map.show(query, tilesets.split(" ").filter(Boolean), outlined);
    const [lon, lat, km] = circle.split(",").map(Number);
    this.map.points.setCircle(km > 0 ? { lon, lat, metres: km * 1000 } : null);
  }

  tell(type, detail) {
    if (parent !== window) parent.postMessage({ atlaas: 1, type, ...detail }, "*");
  }

  measure() {
    // Beside each other, map and list need little height; one above the other, what the list wants.
    const beside = matchMedia("(min-width: 44rem)").matches;
    const credit = document.querySelector(".credit")?.getBoundingClientRect().height ?? 0;
    const height = Math.ceil(beside ? 480 : 320 + Math.min(280, this.results.scrollHeight) + credit);
    if (height !== this.height) {
      this.height = height;
      this.tell("hauteur", { hauteur: height });
    }
  }

  open(symbol) {
    const { id, titre, nom } = symbol.properties;
    if (id) this.select(id, titre ?? nom, `${this.data.base}/fiche/${id}`);
    else this.showPile(symbol);
  }

  async showPile(symbol) {
    const { address, build } = pile(symbol, { base: this.data.base, query: this.results.dataset.query ?? "" });
    const found = await this.latest.ask(address, readJson).catch(() => undefined);
    if (found) this.fill(build(found));
  }

  /** Shows a fiche under the map; in a sandbox no window can be opened, so it is read here. */
  async select(id, name, href) {
    this.tell("selection", { id, nom: name, url: new URL(href, location.href).href });
    const page = await this.latest.ask(href, readDocument).catch(() => undefined);
    const article = page?.querySelector("article");
    if (article) this.fill(article);
  }

  /** @param {HTMLElement} content */
  fill(content) {
    const box = /** @type {HTMLElement} */ (document.getElementById("panel"));
    const opener = box.hidden ? document.activeElement : this.opener;
    this.opener = opener;
    const close = /** @type {HTMLButtonElement} */ (element("button", "panel-close", "×"));
    close.type = "button";
    close.setAttribute("aria-label", TEXTS.close);
    close.addEventListener("click", () => this.close());
    box.replaceChildren(close, content);
    box.hidden = false;
    box.scrollTop = 0;
    const heading = content.querySelector("h1, h2");
    if (heading instanceof HTMLElement) {
      heading.tabIndex = -1;
      heading.focus();
    }
  }

  close() {
    const box = /** @type {HTMLElement} */ (document.getElementById("panel"));
    if (box.hidden) return;
    box.hidden = true;
    box.replaceChildren();
    if (this.opener instanceof HTMLElement && this.opener.isConnected) this.opener.focus();
  }

  onClick(event) {
    const link = event.target.closest?.("[data-fiche] a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.select(link.closest("[data-fiche]").dataset.fiche, link.textContent.trim(), link.href);
  }

  hear(event) {
    if (event.source !== parent || event.data?.atlaas !== 1) return;
    const { type, longitude, latitude, zoom, filtres } = event.data;
    if (type === "allerA" && [longitude, latitude].every(Number.isFinite)) {
      this.map.view(latitude, longitude, Number.isFinite(zoom) ? zoom : 12);
    } else if (type === "filtrer" && typeof filtres === "object" && filtres !== null) {
      this.filter(filtres);
    }
  }

  async filter(filters) {
    const address = readAddress(location.search);
    for (const [name, value] of Object.entries(filters)) {
      if (value === null || value === "") address.query.delete(name);
      else address.query.set(name, String(value));
    }
    const page = await this.latest
      .ask(`${this.data.base}/fragments/resultats${writeAddress(address) || "?"}&integre=1`, readDocument)
      .catch(() => undefined);
    const fresh = page?.getElementById("results");
    if (!fresh) return;
    this.results.replaceWith(fresh);
    this.results = fresh;
    this.show();
  }
}

if (document.getElementById("atlaas-data")) new Embed();
