// Map or list, where there is room for one: a switch at the bottom of a narrow window.
import { element } from "../map/controls.js";
import { TEXTS } from "../texts.js";

/** @typedef {"list" | "map"} View */

export class ViewSwitch {
  /**
   * @param {HTMLElement} main holds both @param {(view: View) => void} onChange
   */
  constructor(main, onChange) {
    this.main = main;
    this.onChange = onChange;
    this.box = element("div", "view-switch");
    this.box.setAttribute("role", "group");
    this.box.setAttribute("aria-label", TEXTS.view);
    this.buttons = /** @type {[View, HTMLButtonElement][]} */ (["list", "map"].map((view) => [view, this.button(view)]));
    this.box.append(...this.buttons.map(([, button]) => button));
    main.querySelector(".head")?.after(this.box);
    this.show("list");
  }

  /** @param {View} view */
  button(view) {
    const button = /** @type {HTMLButtonElement} */ (element("button", "", view === "map" ? TEXTS.viewMap : TEXTS.viewList));
    button.type = "button";
    button.addEventListener("click", () => this.show(view));
    return button;
  }

  /** @param {View} view */
  show(view) {
    if (this.view === view) return;
    this.view = view;
    this.main.dataset.view = view;
    for (const [name, button] of this.buttons) button.setAttribute("aria-pressed", String(name === view));
    this.onChange(view);
  }
}
