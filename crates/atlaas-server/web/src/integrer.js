// The generator of embeds: the server renders it whole; this keeps preview and codes in step while typing.
import { addCopyButtons } from "./page/copy.js";
import { Latest, readDocument } from "./page/latest.js";

const form = /** @type {HTMLFormElement | null} */ (document.getElementById("generator"));
const latest = new Latest();

/** Sections of code become tabs. */
function addTabs() {
  const box = document.getElementById("codes");
  if (!box) return;
  const panels = [...box.querySelectorAll("section")];
  const list = document.createElement("div");
  list.setAttribute("role", "tablist");
  list.className = "tabs";
  const select = (/** @type {number} */ chosen, /** @type {boolean} */ focus) => {
    tabs.forEach((tab, rank) => {
      tab.setAttribute("aria-selected", String(rank === chosen));
      tab.tabIndex = rank === chosen ? 0 : -1;
      panels[rank].hidden = rank !== chosen;
    });
    if (focus) tabs[chosen].focus();
    chosenTab = chosen;
  };
  const tabs = panels.map((panel, rank) => {
    const tab = document.createElement("button");
    const heading = /** @type {HTMLElement} */ (panel.querySelector("h3"));
    tab.type = "button";
    tab.id = `tab-${panel.id}`;
    tab.textContent = heading.textContent;
    heading.hidden = true;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", panel.id);
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    tab.addEventListener("click", () => select(rank, false));
    return tab;
  });
  list.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) select((chosenTab + step + tabs.length) % tabs.length, true);
  });
  list.append(...tabs);
  box.prepend(list);
  select(Math.min(chosenTab, tabs.length - 1), false);
}

let chosenTab = 0;

async function refresh() {
  if (!form) return;
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value !== "") query.append(name, String(value));
  const address = `${form.action.split("?")[0]}?${query}`;
  const page = await latest.ask(address, readDocument).catch(() => undefined);
  if (!page) return;
  for (const id of ["codes", "preview"]) {
    const fresh = page.getElementById(id);
    if (fresh) document.getElementById(id)?.replaceWith(fresh);
  }
  addTabs();
  addCopyButtons(document);
  history.replaceState(null, "", address);
}

if (form) {
  let timer = 0;
  const schedule = () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, 350);
  };
  form.addEventListener("input", schedule);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    refresh();
  });
  addTabs();
  addCopyButtons(document);
}
