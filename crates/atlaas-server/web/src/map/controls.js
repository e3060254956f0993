// Controls beside the map: the theme of the ground with its legend, and shortcuts overseas.
import { TEXTS } from "../texts.js";
import { CLASSES } from "./palette.js";

/** West, south, east, north; regions of the world where French territory lies. */
export const PLACES = [
  [TEXTS.mainland, [-5.3, 41.3, 9.7, 51.2]],
  ["Guadeloupe", [-61.9, 15.8, -60.95, 16.55]],
  ["Martinique", [-61.3, 14.35, -60.75, 14.95]],
  ["Guyane", [-54.7, 2.0, -51.5, 5.9]],
  ["La Réunion", [55.1, -21.45, 55.95, -20.8]],
  ["Mayotte", [44.95, -13.05, 45.35, -12.6]],
];

const THEMES = [
  ["", TEXTS.themeNone],
  ["arobases", TEXTS.themeArobases],
  ["initiatives", TEXTS.themeInitiatives],
];

/**
 * @param {{theme: string, onTheme: (theme: any) => void, onPlace: (bbox: number[]) => void}} wiring
 */
export function buildControls({ theme, onTheme, onPlace }) {
  const box = element("div", "map-controls");
  const themes = element("fieldset", "map-theme");
  themes.append(element("legend", "visually-hidden", TEXTS.theme));
  const legend = element("ul", "map-legend");
  const choose = (/** @type {string} */ chosen) => {
    legend.replaceChildren(...legendItems(chosen));
    legend.hidden = chosen === "";
  };
  for (const [value, name] of THEMES) {
    const label = element("label", "", name);
    const input = document.createElement("input");
    input.type = "radio";
    input.name = "map-theme";
    input.checked = value === theme;
    input.addEventListener("change", () => {
      choose(value);
      onTheme(value);
    });
    label.prepend(input);
    themes.append(label);
  }
  choose(theme);
  themes.append(legend);
  const places = element("div", "map-places");
  places.setAttribute("role", "group");
  places.setAttribute("aria-label", TEXTS.places);
  for (const [name, bbox] of PLACES) {
    const button = /** @type {HTMLButtonElement} */ (element("button", "", /** @type {string} */ (name)));
    button.type = "button";
    button.addEventListener("click", () => onPlace(/** @type {number[]} */ (bbox)));
    places.append(button);
  }
  box.append(fold(TEXTS.places, places, false), fold(TEXTS.theme, themes, theme !== ""));
  return box;
}

function fold(title, content, open) {
  const details = /** @type {HTMLDetailsElement} */ (element("details"));
  details.append(element("summary", "", title), content);
  details.open = open;
  return details;
}

function legendItems(theme) {
  const bounds = CLASSES[theme];
  if (!bounds) return [];
  return [0, 1, 2, 3, 4, 5].map((rank) => {
    const item = element("li");
    item.append(element("span", `swatch ramp-${rank}`), label(theme, bounds, rank));
    return item;
  });
}

function label(theme, bounds, rank) {
  if (rank === 0) return TEXTS.none;
  if (theme === "arobases") return "@".repeat(rank);
  if (rank === 5) return `${bounds[4] + 1} ${TEXTS.more}`;
  const first = bounds[rank - 1] + 1;
  return first === bounds[rank] ? String(first) : `${first}–${bounds[rank]}`;
}

/** @param {string} name @param {string} [className] @param {string} [text] */
export function element(name, className, text) {
  const node = document.createElement(name);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
}
