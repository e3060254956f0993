// The panel of one fiche beside the results: loads its page, keeps the focus, gives it back on closing.
import { TEXTS } from "../texts.js";
import { element } from "../map/controls.js";
import { Latest, readDocument } from "./latest.js";
import { readJson } from "./pile.js";

export class Panel {
  /**
   * @param {HTMLElement} box @param {() => void} onClose
   * @param {() => void} onShown what is open was filled in
   */
  constructor(box, onClose, onShown) {
    this.box = box;
    this.onClose = onClose;
    this.onShown = onShown;
    this.latest = new Latest();
    /** @type {Element | null} */
    this.opener = null;
    this.addButton();
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.stopPropagation();
        onClose();
      }
    });
  }

  get isOpen() {
    return !this.box.hidden;
  }

  /** The sheet that is open: its name, and where it lies. */
  get shown() {
    const [lon, lat] = (this.box.querySelector("article")?.dataset.at ?? "").split(",").map(Number);
    const name = this.isOpen ? (this.box.querySelector("h1")?.firstChild?.textContent ?? "").trim() : "";
    return { name, place: Number.isFinite(lat) ? { lat, lon } : null };
  }

  /** @param {string} href of the fiche's page @param {Element | null} opener */
  async open(href, opener) {
    this.opener = opener ?? this.opener;
    this.box.setAttribute("aria-busy", "true");
    try {
      const page = await this.latest.ask(href, readDocument);
      if (!page) return;
      const article = page.querySelector("article");
      if (!article) throw new Error("no fiche in the answer");
      this.fill(article);
    } catch {
      this.fill(element("p", "trouble", navigator.onLine ? TEXTS.failed : TEXTS.offline));
    } finally {
      this.box.removeAttribute("aria-busy");
    }
  }

  /**
   * Shows what an address answers, built here.
   * @param {{address: string, build: (found: any) => HTMLElement}} source @param {Element | null} opener
   */
  async list({ address, build }, opener) {
    this.opener = opener ?? this.opener;
    try {
      const found = await this.latest.ask(address, readJson);
      if (found) this.fill(build(found));
    } catch {
      this.fill(element("p", "trouble", navigator.onLine ? TEXTS.failed : TEXTS.offline));
    }
  }

  /** @param {HTMLElement} content */
  fill(content) {
    this.box.replaceChildren(content);
    this.addButton();
    this.box.hidden = false;
    this.box.scrollTop = 0;
    const heading = this.box.querySelector("h1, h2");
    if (heading instanceof HTMLElement) {
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    }
    this.onShown();
  }

  addButton() {
    if (this.box.childElementCount === 0) return;
    this.box.querySelector(".panel-close")?.remove();
    const close = /** @type {HTMLButtonElement} */ (element("button", "panel-close", "×"));
    close.type = "button";
    close.setAttribute("aria-label", TEXTS.close);
    close.addEventListener("click", () => this.onClose());
    this.box.prepend(close);
  }

  close() {
    if (!this.isOpen) return;
    this.latest.cancel();
    this.box.hidden = true;
    this.box.replaceChildren();
    if (this.opener instanceof HTMLElement && this.opener.isConnected) this.opener.focus();
    this.opener = null;
  }
}
