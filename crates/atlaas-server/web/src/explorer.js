// The explorer: enriches the page that the server rendered, under the same address and query.
//
// The address is the only state. Whatever changes it goes through `go`, which rewrites the address,
// asks the server for the results region and shows the same query on the map.
import { AtlasMap } from "./map/atlas-map.js";
import { groundOf } from "./map/palette.js";
import { readAddress, withoutPaging, writeAddress } from "./page/address.js";
import { Combobox } from "./page/combobox.js";
import { addCopyButtons } from "./page/copy.js";
import { readData, takeMap } from "./page/data.js";
import { element } from "./map/controls.js";
import { Panel } from "./page/panel.js";
import { pile } from "./page/pile.js";
import { Results } from "./page/results.js";
import { ViewSwitch } from "./page/switch.js";
import { addTools } from "./page/tools.js";
import { TEXTS } from "./texts.js";

/** Where the map lies in the page that scrolls, as the style sheet has it. */
const NARROW = matchMedia("(max-width: 55.99rem)");
const PAGES = ["fiche", "commune", "epci", "departement", "region"];

class Explorer {
  constructor() {
    this.data = readData();
    this.address = this.read(location.search);
    this.form = /** @type {HTMLFormElement} */ (document.getElementById("search"));
    this.input = /** @type {HTMLInputElement} */ (document.getElementById("q"));
    const status = /** @type {HTMLElement} */ (document.getElementById("status"));
    this.results = new Results(/** @type {HTMLElement} */ (document.getElementById("results")), status, this.data.base);
    this.panel = new Panel(/** @type {HTMLElement} */ (document.getElementById("panel")), () => this.closeFiche(), () => this.shown());
    this.map = this.buildMap();
    this.tools = addTools(/** @type {HTMLElement} */ (document.getElementById("tools")), this);
    this.searchHere = this.addSearchHere();
    this.switch = new ViewSwitch(/** @type {HTMLElement} */ (document.getElementById("explorer")), (view) => this.showView(view));
    new Combobox(this.input, `${this.data.base}/api/v1/suggestions`, this.data.groups, (item, group) => this.choose(item, group));
    addCopyButtons(document);
    this.listen();
    this.showOnMap();
    if (this.panel.isOpen) this.shown();
  }

  /** The button over the map that asks for what it shows; there after a pan. */
  addSearchHere() {
    const button = /** @type {HTMLButtonElement} */ (element("button", "search-here", TEXTS.searchHere));
    button.type = "button";
    button.hidden = true;
    button.addEventListener("click", () => this.limit(true));
    /** @type {HTMLElement} */ (document.getElementById("map")).append(button);
    return button;
  }

  /** On a narrow window: the map alone, or the list with the map above it. */
  showView(view) {
    this.map.resize();
    if (view === "map") document.querySelector(".map-area")?.scrollIntoView();
    else if (this.shownOnce) this.results.region.scrollIntoView();
    this.shownOnce = true;
  }

  /** @param {string} search */
  read(search) {
    return readAddress(search, this.data.parameters);
  }

  buildMap() {
    return new AtlasMap(
      takeMap(),
      this.data,
      {
        onOpen: (symbol) => this.openSymbol(symbol),
        onCommune: ({ code }) => this.openPage(`commune-${code}`),
        onHover: (symbol) => this.results.light(symbol?.properties.id ?? ""),
        onMove: (byUser) => this.moved(byUser),
        onTrouble: (message) => this.results.say(message),
        onTheme: (theme) => {
          this.address.own.fond = theme;
          this.rewrite("replaceState");
        },
      },
      { theme: groundOf(this.data.grounds, this.address.own.fond)?.name ?? "", level: this.address.own.maille ?? "", controls: true, shares: () => NARROW.matches && this.switch?.view !== "map" },
    );
  }

  listen() {
    NARROW.addEventListener("change", () => this.map.gestures.follow());
    addEventListener("popstate", () => this.restore());
    addEventListener("keydown", (event) => this.onKey(event));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.go(queryOf(this.form));
    });
    document.addEventListener("click", (event) => this.onClick(event));
    const main = /** @type {HTMLElement} */ (document.getElementById("explorer"));
    for (const kind of ["mouseover", "focusin"]) {
      main.addEventListener(kind, (event) => this.point(event));
    }
  }

  /**
   * Shows another query.
   * @param {URLSearchParams} query
   * @param {{replace?: boolean}} how
   */
  async go(query, { replace = false } = {}) {
    this.address = { query, own: { ...this.address.own, fiche: "" } };
    this.panel.close();
    this.rewrite(replace ? "replaceState" : "pushState");
    if (!(await this.refresh())) return;
    // Who names another place leaves the box of before.
    if (query.has("bbox") && this.results.place !== this.place) this.limit(false);
    else this.showOnMap();
  }

  /** Asks for the results of the address. @returns {Promise<boolean>} whether they are shown */
  async refresh() {
    const search = writeAddress({ query: this.address.query, own: { lang: this.address.own.lang } });
    const shown = await this.results.load(search, async () => {
      if (await this.refresh()) this.showOnMap();
    });
    if (!shown) return false;
    this.fillForm();
    addCopyButtons(this.results.region);
    return true;
  }

  /** Shows the query on the map, which moves when the place is another one and only then. */
  showOnMap() {
    const { query, tilesets, territories, view, circle } = this.results.data;
    const at = this.place === undefined ? (this.address.own.carte ?? "").split("/").map(Number) : [];
    if (at.length === 3 && at.every(Number.isFinite)) this.map.view(at[1], at[2], at[0]);
    else if (view && this.results.place !== this.place) this.fit(view);
    this.place = this.results.place;
    this.map.show(query, tilesets, territories);
    this.map.points.setCircle(circle && { lon: circle[0], lat: circle[1], metres: circle[2] * 1000 });
    this.tools.follow(circle, this.address.query.has("bbox"));
  }

  fit(view) {
    this.map.fit(view);
    this.searchHere.hidden = true;
    if (!this.address.own.carte) return;
    this.address.own.carte = "";
    this.rewrite("replaceState");
  }

  rewrite(method) {
    const address = `${this.data.base}/${writeAddress(this.address)}`;
    if (address !== location.pathname + location.search) history[method](null, "", address);
    for (const link of document.querySelectorAll("a[hreflang]")) {
      const own = { ...this.address.own, lang: link.getAttribute("hreflang") ?? "" };
      link.setAttribute("href", `${this.data.base}/${writeAddress({ query: this.address.query, own })}`);
    }
  }

  /** Back and forward. */
  async restore() {
    const before = writeAddress({ query: this.address.query, own: {} });
    this.address = this.read(location.search);
    if (writeAddress({ query: this.address.query, own: {} }) !== before && (await this.refresh())) {
      // The view of then, when it was kept; else that of the place.
      if (this.address.own.carte) this.place = undefined;
      this.showOnMap();
    }
    const fiche = this.address.own.fiche;
    if (fiche) this.panel.open(this.pageOf(fiche), null);
    else {
      this.panel.close();
      document.title = this.results.title;
    }
  }

  fillForm() {
    for (const name of ["q", "pres_de", "rayon"]) {
      const field = this.form.elements.namedItem(name);
      if (field instanceof HTMLInputElement) field.value = this.address.query.get(name) ?? "";
    }
  }

  onClick(event) {
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    const link = event.target.closest?.("a[href]");
    if (!plain || !link || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
    const path = link.pathname.slice(this.data.base.length);
    if (link.classList.contains("skip")) {
      this.switch.show("list");
      if (link.hash === "#filters-title") document.getElementById("filters")?.setAttribute("open", "");
    } else if (path === "/" && link.closest("#explorer")) {
      event.preventDefault();
      this.go(this.read(link.search).query);
      if (link.closest(".pages")) this.results.region.scrollIntoView({ block: "start" });
    } else if (link.closest("#results, #panel") && PAGES.includes(path.split("/")[1])) {
      event.preventDefault();
      this.openFiche(link);
    }
  }

  openFiche(link) {
    const id = link.dataset.id ?? link.closest("[data-fiche]")?.dataset.fiche ?? idOf(link.pathname);
    this.address.own.fiche = id;
    this.rewrite("pushState");
    this.panel.open(link.href, link);
  }

  closeFiche() {
    this.panel.close();
    this.address.own.fiche = "";
    this.rewrite("pushState");
    document.title = this.results.title;
    this.lightOpened();
  }

  openSymbol(symbol) {
    if (symbol.pile) {
      const page = { base: this.data.base, query: this.results.data.query, lang: this.address.own.lang };
      this.panel.list(pile(symbol, page), document.activeElement);
      return;
    }
    this.openPage(symbol.properties.id);
  }

  /** @param {string} id */
  openPage(id) {
    this.address.own.fiche = id;
    this.rewrite("pushState");
    this.panel.open(this.pageOf(id), document.activeElement);
  }

  /** What is open is named by the tab, lit on the map, and not covered by what tells of it. */
  shown() {
    const { name, place } = this.panel.shown;
    const title = this.results.title;
    document.title = name ? `${name} – ${title}` : title;
    this.lightOpened();
    if (place) this.map.reveal(place, this.panel.box.getBoundingClientRect());
  }

  lightOpened() {
    this.map.light(this.address.own.fiche ?? "", this.panel.shown.place);
  }

  /** The page of a fiche, in the language of this one. @param {string} id */
  pageOf(id) {
    const { lang } = this.address.own;
    return `${this.data.base}/fiche/${encodeURIComponent(id)}${lang ? `?lang=${lang}` : ""}`;
  }


  point(event) {
    const item = event.target.closest?.("[data-fiche]");
    const [lon, lat] = (item?.dataset.at ?? "").split(",").map(Number);
    if (item) this.map.light(item.dataset.fiche, Number.isFinite(lat) ? { lat, lon } : null);
    else this.lightOpened();
  }

  moved(byUser) {
    if (!byUser) return;
    this.address.own.carte = this.map.state();
    if (this.tools.limited) {
      this.limit(true, { replace: true });
      return;
    }
    this.searchHere.hidden = false;
    this.rewrite("replaceState");
  }

  /**
   * Limits the results to what the map shows, or lifts that.
   * @param {boolean} on @param {{replace?: boolean}} [how]
   */
  limit(on, how) {
    this.searchHere.hidden = true;
    const query = withoutPaging(this.address.query);
    if (on) query.set("bbox", this.map.bbox().join(","));
    else query.delete("bbox");
    this.go(query, how);
  }

  /** @param {Record<string, string>} changes */
  change(changes) {
    const query = withoutPaging(this.address.query);
    for (const [name, value] of Object.entries(changes)) {
      if (value === "") query.delete(name);
      else query.set(name, value);
    }
    this.go(query);
  }

  choose(item, group) {
    const type = item.type ?? item.id?.split("-")[0];
    if (group === "territoires") {
      const elsewhere = ["commune", "epci", "departement", "region", "pres_de", "lat", "lon", "rayon", "autour", "bbox"];
      const cleared = Object.fromEntries(elsewhere.map((name) => [name, ""]));
      this.change({ ...cleared, q: "", [type]: item.code ?? item.id.split("-")[1] });
    } else if (item.facette) {
      this.change({ q: "", [item.facette]: item.slug });
    } else {
      this.input.value = item.nom ?? item.titre ?? "";
      this.address.own.fiche = item.id;
      this.rewrite("pushState");
      this.panel.open(this.pageOf(item.id), this.input);
    }
  }

  onKey(event) {
    const typing = event.target.matches?.("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.input.focus();
      this.input.select();
    } else if (event.key === "Escape" && this.panel.isOpen) {
      this.closeFiche();
    }
  }
}

/** @param {HTMLFormElement} form */
function queryOf(form) {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    const text = String(value).trim();
    if (text !== "" && name !== "lang") query.append(name, text);
  }
  return query;
}

/** `/commune/13056` → `commune-13056`; `/fiche/x` → `x`. */
function idOf(path) {
  const [kind, rest] = path.split("/").slice(-2);
  return kind === "fiche" ? rest : `${kind}-${rest}`;
}

if (document.getElementById("atlaas-data")) {
  try {
    new Explorer();
  } catch (error) {
    // The page works without us; it only has to say that the map stays still.
    console.error(error);
    const status = document.getElementById("status");
    if (status) status.textContent = TEXTS.mapFailed;
  }
}
