// Controls beside the map: the theme of the ground with its legend, and shortcuts overseas.
import { TEXTS } from "../texts.js";

/** West, south, east, north; regions of the world where French territory lies. */
export const PLACES = [
  [TEXTS.mainland, [-5.3, 41.3, 9.7, 51.2]],
  [TEXTS.corsica, [8.5, 41.3, 9.6, 43.05]],
  ["Guadeloupe", [-61.9, 15.8, -60.95, 16.55]],
  ["Martinique", [-61.3, 14.35, -60.75, 14.95]],
  ["Guyane", [-54.7, 2.0, -51.5, 5.9]],
  ["La Réunion", [55.1, -21.45, 55.95, -20.8]],
  ["Mayotte", [44.95, -13.05, 45.35, -12.6]],
  ["Saint-Pierre-et-Miquelon", [-56.5, 46.7, -56.1, 47.15]],
  ["Saint-Barthélemy", [-62.95, 17.85, -62.75, 17.99]],
  ["Saint-Martin", [-63.17, 18.03, -62.96, 18.14]],
  ["Wallis-et-Futuna", [-178.25, -14.4, -176.1, -13.15]],
  [TEXTS.frenchPolynesia, [-152.9, -18.0, -148.8, -16.1]],
  [TEXTS.newCaledonia, [163.5, -22.75, 168.2, -19.5]],
];

/**
 * @param {{grounds: import("./palette.js").Ground[], theme: string, onTheme: (theme: any) => void, onPlace: (bbox: number[]) => void}} wiring
 */
export function buildControls({ grounds, theme, onTheme, onPlace }) {
  const box = element("div", "map-controls");
  const themes = element("fieldset", "map-theme");
  themes.append(element("legend", "visually-hidden", TEXTS.theme));
  const themed = grounds.map((ground) => [ground.name, ground.title]);
  for (const [value, name] of [["", TEXTS.themeNone], ...themed]) {
    const label = element("label", "", name);
    const input = document.createElement("input");
    input.type = "radio";
    input.name = "map-theme";
    input.checked = value === theme;
    input.addEventListener("change", () => onTheme(value));
    label.prepend(input);
    themes.append(label);
  }
  const places = element("div", "map-places");
  places.setAttribute("role", "group");
  places.setAttribute("aria-label", TEXTS.places);
  for (const [name, bbox] of PLACES) {
    const button = /** @type {HTMLButtonElement} */ (element("button", "", /** @type {string} */ (name)));
    button.type = "button";
    button.addEventListener("click", () => {
      places.closest("details")?.removeAttribute("open");
      onPlace(/** @type {number[]} */ (bbox));
    });
    places.append(button);
  }
  box.append(fold(TEXTS.places, places), fold(TEXTS.theme, themes));
  // One at a time, and out of the way once the map is looked at.
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const open of box.querySelectorAll("details[open]")) {
      open.open = false;
      open.querySelector("summary").focus();
      event.stopPropagation();
    }
  });
  return box;
}

/** What the colours of the ground mean, in a corner of the map. */
export class Legend {
  /** @param {HTMLElement} container of the map */
  constructor(container) {
    this.list = element("ul", "map-legend");
    container.after(this.list);
    this.list.hidden = true;
  }

  /** @param {import("./palette.js").Ground | undefined} ground */
  show(ground) {
    this.fill(ground?.title ?? "", ground ? ground.legend.map((text, rank) => [rank, text]) : []);
  }

  /** @param {import("./figures.js").Figures | undefined} figures */
  showFigures(figures) {
    this.fill(figures?.title ?? "", figures?.meanings ?? []);
    if (figures) this.list.prepend(element("li", "map-legend-title", figures.title));
  }

  /** @param {string} title @param {[number | null, string][]} meanings of shades; null is the hatching */
  fill(title, meanings) {
    const told = meanings.filter(([, text]) => text);
    this.list.replaceChildren(
      ...told.map(([shade, text]) => {
        const item = element("li");
        item.append(element("span", shade === null ? "swatch hatching" : `swatch ramp-${shade}`), text);
        return item;
      }),
    );
    this.list.hidden = told.length === 0;
    this.list.setAttribute("aria-label", title);
  }
}

function fold(title, content) {
  const details = /** @type {HTMLDetailsElement} */ (element("details"));
  details.name = "map-controls";
  details.append(element("summary", "", title), content);
  return details;
}

/** @param {string} name @param {string} [className] @param {string} [text] */
export function element(name, className, text) {
  const node = document.createElement(name);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
}
