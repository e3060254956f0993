// Copy buttons beside whatever is marked `data-copy`, where the browser lets a page write the clipboard.
import { TEXTS } from "../texts.js";
import { element } from "../map/controls.js";

/** @param {ParentNode} root */
export function addCopyButtons(root) {
  for (const target of root.querySelectorAll("[data-copy]")) {
    if (target.nextElementSibling?.classList.contains("copy")) continue;
    const button = /** @type {HTMLButtonElement} */ (element("button", "button copy", TEXTS.copy));
    button.type = "button";
    button.addEventListener("click", async () => {
      const text = target instanceof HTMLInputElement ? target.value : (target.textContent ?? "");
      try {
        await navigator.clipboard.writeText(text);
        button.textContent = TEXTS.copied;
        setTimeout(() => {
          button.textContent = TEXTS.copy;
        }, 2000);
      } catch {
        // Without the right to write the clipboard, selecting is the next best thing.
        if (target instanceof HTMLInputElement) target.select();
        else getSelection()?.selectAllChildren(target);
      }
    });
    target.after(button);
  }
}
