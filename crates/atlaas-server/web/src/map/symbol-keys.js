// Symbols for the keyboard and for screen readers: a transparent button over each, by roving focus.
//
// The map itself is one tab stop; the next one is the first symbol, arrows go to the nearest symbol
// in their direction, Enter opens. The mouse never meets these buttons: the canvas answers it.
import { DomUtil } from "./leaflet.js";

/** More symbols than this are not walked through one by one: the nearest to the centre are kept. */
const MOST = 60;

const DIRECTIONS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export class SymbolKeys {
  /**
   * @param {any} map
   * @param {{name: (symbol: any) => string, label: string, open: (symbol: any) => void, light: (symbol: any | null) => void}} wiring
   */
  constructor(map, wiring) {
    this.map = map;
    this.wiring = wiring;
    this.box = document.createElement("div");
    this.box.className = "symbol-keys leaflet-zoom-hide";
    this.box.setAttribute("role", "group");
    this.box.setAttribute("aria-label", wiring.label);
    map.getPane("popupPane").append(this.box);
    /** @type {Map<string, {symbol: any, button: HTMLButtonElement}>} */
    this.keys = new Map();
    this.box.addEventListener("keydown", (event) => this.onKey(event));
    this.box.addEventListener("focusin", (event) => this.onFocus(event));
    this.box.addEventListener("focusout", () => wiring.light(null));
    this.box.addEventListener("click", (event) => {
      // The map below would take it for a click on its ground.
      event.stopPropagation();
      const found = this.find(event.target);
      if (found) wiring.open(found.symbol);
    });
  }

  /** Shows the buttons of these symbols, keeping those that stay and the focus with them. */
  show(symbols) {
    const centre = this.map.containerPointToLayerPoint(this.map.getSize().divideBy(2));
    const half = this.map.getSize().divideBy(2);
    const near = symbols
      .filter((s) => Math.abs(s.x - centre.x) < half.x && Math.abs(s.y - centre.y) < half.y)
      .sort((a, b) => Math.hypot(a.x - centre.x, a.y - centre.y) - Math.hypot(b.x - centre.x, b.y - centre.y))
      .slice(0, MOST);
    const kept = new Map();
    for (const symbol of near) {
      if (kept.has(symbol.key)) continue;
      const button = this.keys.get(symbol.key)?.button ?? this.button(symbol);
      const size = Math.max(24, 2 * symbol.radius);
      button.style.width = `${size}px`;
      button.style.height = `${size}px`;
      DomUtil.setPosition(button, { x: Math.round(symbol.x - size / 2), y: Math.round(symbol.y - size / 2) });
      kept.set(symbol.key, { symbol, button });
    }
    const lost = [...this.keys].filter(([key]) => !kept.has(key));
    const hadFocus = lost.some(([, { button }]) => button === document.activeElement);
    for (const [, { button }] of lost) button.remove();
    this.keys = kept;
    this.rove(document.activeElement);
    if (hadFocus) this.map.getContainer().focus();
  }

  button(symbol) {
    const button = document.createElement("button");
    button.type = "button";
    button.tabIndex = -1;
    button.dataset.key = symbol.key;
    button.setAttribute("aria-label", this.wiring.name(symbol));
    this.box.append(button);
    return button;
  }

  /** Exactly one button is reached by the tab key. */
  rove(wanted) {
    const all = [...this.keys.values()].map(({ button }) => button);
    const chosen = all.includes(wanted) ? wanted : all[0];
    for (const button of all) button.tabIndex = button === chosen ? 0 : -1;
  }

  find(target) {
    return this.keys.get(target?.dataset?.key ?? "");
  }

  onFocus(event) {
    const found = this.find(event.target);
    if (!found) return;
    this.rove(found.button);
    this.wiring.light(found.symbol);
  }

  onKey(event) {
    const direction = DIRECTIONS[event.key];
    const from = this.find(event.target)?.symbol;
    if (!direction || !from) return;
    // Keeps the arrows from moving the map too.
    event.preventDefault();
    event.stopPropagation();
    let best = null;
    for (const { symbol, button } of this.keys.values()) {
      const dx = symbol.x - from.x;
      const dy = symbol.y - from.y;
      const ahead = dx * direction[0] + dy * direction[1];
      const aside = Math.abs(dx * direction[1]) + Math.abs(dy * direction[0]);
      if (ahead <= 1 || aside > 2.5 * ahead) continue;
      const cost = ahead + 2 * aside;
      if (!best || cost < best.cost) best = { cost, button };
    }
    best?.button.focus({ preventScroll: true });
  }
}
