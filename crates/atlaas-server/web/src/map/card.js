// The card over a symbol that is pointed at: what a point is called, what a group is made of.
import { element } from "./controls.js";
import { slicesInWords, termOf } from "./symbols.js";
import { TEXTS } from "../texts.js";

/** Room between the card and the edge of the map, in pixels. */
const MARGIN = 8;

export class Card {
  /** @param {any} map @param {Record<string, import("./symbols.js").Legend>} legends by tileset */
  constructor(map, legends) {
    this.map = map;
    this.legends = legends;
    this.box = element("div", "hover-card");
    // The button under the pointer says the same.
    this.box.setAttribute("aria-hidden", "true");
    this.box.hidden = true;
    map.getContainer().after(this.box);
    map.on("movestart zoomstart", () => this.show(null));
  }

  /** @param {any | null} symbol */
  show(symbol) {
    this.box.hidden = symbol === null;
    if (!symbol) return;
    this.box.replaceChildren(...(symbol.cluster ? this.group(symbol) : this.point(symbol)));
    const { x, y } = this.map.layerPointToContainerPoint([symbol.x, symbol.y]);
    const room = this.map.getSize();
    const { offsetWidth: width, offsetHeight: height } = this.box;
    const above = y - symbol.radius - MARGIN - height;
    const left = Math.max(MARGIN, Math.min(x - width / 2, room.x - width - MARGIN));
    this.box.style.left = `${left}px`;
    this.box.style.top = `${above > MARGIN ? above : y + symbol.radius + MARGIN}px`;
  }

  point({ properties, tileset, look }) {
    const legend = this.legends[tileset] ?? {};
    const facts = [legend[termOf(properties, look)]?.[0] ?? look.one, properties.commune, properties.annee].filter(Boolean);
    return [element("strong", "", properties[look.name]), element("span", "soft", facts.join(" · "))];
  }

  group(symbol) {
    const { tileset, look, count, pile } = symbol;
    const title = `${count.toLocaleString(document.documentElement.lang)} ${look.many}${pile ? ` ${TEXTS.samePlace}` : ""}`;
    const rows = slicesInWords(symbol, this.legends[tileset] ?? {}).map(({ color, name, n }) => {
      const row = element("span", "hover-part");
      const dot = element("span", look.round ? "part-dot" : "part-dot square");
      dot.style.background = color;
      row.append(dot, `${n} ${name}`);
      return row;
    });
    return [element("strong", "", title), ...rows];
  }
}
