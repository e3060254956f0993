// A map inside a page that scrolls: the wheel and one finger are the page's, Ctrl and the wheel or two
// fingers the map's. After a click inside, the wheel is the map's until the pointer leaves.
import { element } from "./controls.js";
import { TEXTS } from "../texts.js";

/** How long the sentence stays over the map, in milliseconds. */
const TOLD = 1500;
/** A finger that moved less than this tapped, in pixels. */
const TAP = 10;

export class Gestures {
  /**
   * @param {HTMLElement} container of the map; its own listeners come after these
   * @param {() => boolean} shares whether the page around may need the gesture now
   */
  constructor(container, shares) {
    this.container = container;
    this.shares = shares;
    this.engaged = false;
    this.hint = element("p", "gesture-hint");
    // Whoever hears the page has the keyboard and the buttons.
    this.hint.setAttribute("aria-hidden", "true");
    this.hint.hidden = true;
    container.after(this.hint);
    const early = { capture: true, passive: true };
    container.addEventListener("wheel", (event) => this.onWheel(event), early);
    container.addEventListener("touchstart", (event) => this.onTouch(event), early);
    container.addEventListener("touchmove", (event) => this.onFinger(event), early);
    container.addEventListener("click", () => {
      this.engaged = true;
    });
    container.addEventListener("mouseleave", () => {
      this.engaged = false;
    });
    this.follow();
  }

  /** Tells the browser which gestures to keep for the page; to be called when that changes. */
  follow() {
    this.container.classList.toggle("shares-gestures", this.shares());
  }

  onWheel(event) {
    if (!this.shares() || this.engaged || event.ctrlKey || event.metaKey) return;
    event.stopImmediatePropagation();
    this.tell(/Mac|iP/.test(navigator.platform) ? TEXTS.gestureWheelMac : TEXTS.gestureWheel);
  }

  onTouch(event) {
    if (!this.shares() || event.touches.length > 1) {
      this.hint.hidden = true;
      return;
    }
    const { clientX, clientY } = event.touches[0];
    this.start = { x: clientX, y: clientY };
    // A tap is a click all the same.
    event.stopImmediatePropagation();
  }

  onFinger(event) {
    if (!this.shares() || event.touches.length > 1 || !this.start) return;
    const { clientX, clientY } = event.touches[0];
    if (Math.hypot(clientX - this.start.x, clientY - this.start.y) > TAP) this.tell(TEXTS.gestureFingers);
  }

  /** @param {string} text */
  tell(text) {
    this.hint.textContent = text;
    this.hint.hidden = false;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.hint.hidden = true;
    }, TOLD);
  }
}
