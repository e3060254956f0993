// The results region: the server renders it, this file swaps it without losing the focus or the place.
import { TEXTS } from "../texts.js";
import { element } from "../map/controls.js";
import { Latest, readDocument } from "./latest.js";

/** Facets with at least this many values get a field to search them. */
const LONG = 10;

export class Results {
  /**
   * @param {HTMLElement} region @param {HTMLElement} status @param {string} base
   */
  constructor(region, status, base) {
    this.region = region;
    this.status = status;
    this.base = base;
    this.latest = new Latest();
    this.facetLatest = new Latest();
    this.enrich();
  }

  /**
   * Replaces the region by the answer to a query.
   * @param {string} search with its `?` @param {() => void} retry
   * @returns {Promise<boolean>} whether this answer is shown
   */
  async load(search, retry) {
    this.region.setAttribute("aria-busy", "true");
    const wait = setTimeout(() => this.say(TEXTS.loading), 400);
    try {
      const page = await this.latest.ask(`${this.base}/fragments/resultats${search}`, readDocument);
      if (!page) return false;
      const fresh = page.getElementById("results");
      if (!fresh) throw new Error("no results in the answer");
      this.replace(fresh);
      return true;
    } catch {
      this.fail(retry);
      return false;
    } finally {
      clearTimeout(wait);
      if (!this.latest.controller?.signal.aborted) this.region.removeAttribute("aria-busy");
    }
  }

  replace(fresh) {
    const focused = this.region.contains(document.activeElement) ? document.activeElement : null;
    const opened = [...this.region.querySelectorAll("details[open][id]")].map((node) => node.id);
    this.region.replaceWith(fresh);
    this.region = fresh;
    for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
    this.enrich();
    if (focused?.id) document.getElementById(focused.id)?.focus({ preventScroll: true });
    else if (focused) fresh.querySelector("h2")?.focus({ preventScroll: true });
    this.say(fresh.dataset.announce ?? "");
    document.title = this.title;
  }

  fail(retry) {
    const text = navigator.onLine ? TEXTS.failed : TEXTS.offline;
    const box = element("div", "trouble", text);
    box.setAttribute("role", "alert");
    const again = /** @type {HTMLButtonElement} */ (element("button", "button", TEXTS.retry));
    again.type = "button";
    again.addEventListener("click", retry);
    box.append(again);
    this.region.querySelector(".trouble")?.remove();
    this.region.prepend(box);
    this.region.removeAttribute("aria-busy");
  }

  say(text) {
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  /** Adds what needs scripts: a field inside long facets. */
  enrich() {
    for (const facet of this.region.querySelectorAll("details[data-facet]")) {
      const values = facet.querySelector("ul");
      if (!values || Number(facet.dataset.count ?? 0) < LONG) continue;
      const input = document.createElement("input");
      input.type = "search";
      input.className = "facet-search";
      input.id = `${facet.id}-search`;
      input.placeholder = TEXTS.filterValues;
      input.setAttribute("aria-label", `${TEXTS.filterValues}, ${facet.querySelector("summary")?.textContent?.trim()}`);
      input.addEventListener("input", () => {
        clearTimeout(this.facetTimer);
        this.facetTimer = setTimeout(() => this.searchFacet(facet, input.value), 150);
      });
      values.before(input);
    }
  }

  /** Asks for the values of one facet whose name holds these words. */
  async searchFacet(facet, words) {
    const query = new URLSearchParams(this.region.dataset.query ?? "");
    if (words.trim()) query.set(`facette.${facet.dataset.facet}`, words.trim());
    try {
      const page = await this.facetLatest.ask(`${this.base}/fragments/resultats?${query}`, readDocument);
      const fresh = page?.querySelector(`#${CSS.escape(facet.id)} ul`);
      if (fresh) facet.querySelector("ul").replaceWith(fresh);
    } catch {
      this.say(TEXTS.failed);
    }
  }

  /** @param {string} id */
  item(id) {
    return this.region.querySelector(`[data-fiche="${CSS.escape(id)}"]`);
  }

  /** @param {string} id */
  light(id) {
    for (const lit of this.region.querySelectorAll(".lit")) lit.classList.remove("lit");
    if (id) this.item(id)?.classList.add("lit");
  }

  /** What the tab is called under this query. */
  get title() {
    return this.region.dataset.title ?? document.title;
  }

  /**
   * Where the query looks, as far as its words and filters say: two queries of one place have the
   * same. A box that was read off the map is no place.
   */
  get place() {
    const { query = "", territories = "", circle = "" } = this.region.dataset;
    return [territories, circle, new URLSearchParams(query).get("polygone") ?? ""].join("|");
  }

  get data() {
    const { query = "", tilesets = "", territories = "", view, circle } = this.region.dataset;
    const numbers = (/** @type {string | undefined} */ text) => (text ? text.split(",").map(Number) : null);
    return {
      query,
      tilesets: tilesets.split(" ").filter(Boolean),
      territories: territories.split(" ").filter(Boolean).map((entry) => {
        const [kind, code] = entry.split(":");
        return { kind, code };
      }),
      view: numbers(view),
      circle: numbers(circle),
    };
  }
}
