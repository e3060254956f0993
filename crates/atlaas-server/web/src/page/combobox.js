// The search box as a combobox (ARIA 1.2): suggestions by group while typing, chosen by arrows or mouse.
import { element } from "../map/controls.js";
import { TEXTS } from "../texts.js";
import { Latest } from "./latest.js";

/** Wait after a key before asking, in milliseconds. */
const PAUSE = 90;
export class Combobox {
  /**
   * @param {HTMLInputElement} input @param {string} address of the suggestions
   * @param {[string, string][]} groups of the answer, in their order, with their titles
   * @param {(item: any, group: string) => void} onChoose
   */
  constructor(input, address, groups, onChoose) {
    this.input = input;
    this.address = address;
    this.groups = [["territoires", TEXTS.groupTerritoires], ...groups];
    this.onChoose = onChoose;
    this.latest = new Latest();
    this.active = -1;
    /** @type {{node: HTMLElement, item: any, group: string}[]} */
    this.options = [];
    this.list = element("div", "suggestions");
    this.list.id = `${input.id}-suggestions`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", TEXTS.suggestions);
    this.list.hidden = true;
    this.status = element("p", "visually-hidden");
    this.status.setAttribute("role", "status");
    input.after(this.list, this.status);
    for (const [name, value] of [
      ["role", "combobox"],
      ["aria-autocomplete", "list"],
      ["aria-expanded", "false"],
      ["aria-controls", this.list.id],
      ["autocomplete", "off"],
    ]) {
      input.setAttribute(name, value);
    }
    input.addEventListener("input", () => this.schedule());
    input.addEventListener("keydown", (event) => this.onKey(event));
    input.addEventListener("blur", () => this.close());
    // Before blur, so that the option is still there to be chosen.
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const found = this.options.find(({ node }) => node.contains(/** @type {Node} */ (event.target)));
      if (found) this.choose(found);
    });
  }

  schedule() {
    clearTimeout(this.timer);
    const text = this.input.value.trim();
    if (text === "") {
      this.close();
      return;
    }
    this.timer = setTimeout(() => this.ask(text), PAUSE);
  }

  async ask(text) {
    const separator = this.address.includes("?") ? "&" : "?";
    try {
      const answer = await this.latest.ask(
        `${this.address}${separator}q=${encodeURIComponent(text)}`,
        (response) => (response.ok ? response.json() : Promise.resolve({})),
      );
      if (answer && document.activeElement === this.input) this.show(answer);
    } catch {
      // Suggestions are a comfort: without an answer the search itself still works.
      this.close();
    }
  }

  /** @param {Record<string, any>} answer items by group */
  show(answer) {
    const groups = answer.groupes ?? answer;
    this.options = [];
    const nodes = [];
    for (const [group, title] of this.groups) {
      const items = Array.isArray(groups[group]) ? groups[group] : [];
      if (items.length > 0) nodes.push(this.group(group, title, items));
    }
    this.list.replaceChildren(...nodes);
    this.activate(-1);
    const open = this.options.length > 0;
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    this.status.textContent = open
      ? `${this.options.length} ${TEXTS.suggestionCount}`
      : TEXTS.noSuggestion;
  }

  group(group, title, items) {
    const box = element("div", "suggestion-group");
    box.setAttribute("role", "group");
    const heading = element("div", "suggestion-title", title);
    heading.id = `${this.list.id}-${group}`;
    heading.setAttribute("role", "presentation");
    box.setAttribute("aria-labelledby", heading.id);
    box.append(heading);
    for (const item of items) {
      const node = element("div", "suggestion", item.nom ?? item.titre ?? item.label);
      node.id = `${this.list.id}-${this.options.length}`;
      node.setAttribute("role", "option");
      node.setAttribute("aria-selected", "false");
      const detail = item.contexte ?? item.precision ?? item.detail ?? item.commune;
      if (detail) node.append(element("small", "", String(detail)));
      this.options.push({ node, item, group });
      box.append(node);
    }
    return box;
  }

  activate(rank) {
    this.options[this.active]?.node.setAttribute("aria-selected", "false");
    this.active = rank;
    const found = this.options[rank];
    if (!found) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    found.node.setAttribute("aria-selected", "true");
    found.node.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", found.node.id);
  }

  onKey(event) {
    const count = this.options.length;
    const open = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) {
        this.schedule();
        return;
      }
      const step = event.key === "ArrowDown" ? 1 : -1;
      // One place more than options: beyond the last, the text itself.
      this.activate(((this.active + 1 + step + count + 1) % (count + 1)) - 1);
    } else if (event.key === "Enter" && open && this.active >= 0) {
      event.preventDefault();
      this.choose(this.options[this.active]);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key === "Enter") {
      this.close();
    }
  }

  choose({ item, group }) {
    this.close();
    this.onChoose(item, group);
  }

  close() {
    clearTimeout(this.timer);
    this.latest.cancel();
    this.list.hidden = true;
    this.activate(-1);
    this.input.setAttribute("aria-expanded", "false");
    this.status.textContent = "";
  }
}
