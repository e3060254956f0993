// Accessibility: no violation of axe-core's rules in any state, and everything within reach of a keyboard.
import axe from "axe-core";
import assert from "node:assert/strict";
import { test } from "node:test";
import { drawn, open } from "./browser.mjs";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "RGAAv4"];

async function violations(page) {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async (tags) => {
    const { violations } = await window.axe.run(document, { runOnly: { type: "tag", values: tags } });
    return violations.map((violation) => ({
      id: violation.id,
      nodes: violation.nodes.slice(0, 3).map((node) => `${node.target.join(" ")} — ${node.failureSummary}`),
    }));
  }, TAGS);
  return found;
}

const STATES = {
  "empty search": "/",
  results: "/?q=m%C3%A9diath%C3%A8que",
  "nothing found": "/?q=zzzzqqqq&q_brut=1",
  "wrong parameter": "/?annee=hier",
  "fiche in the panel": "/?fiche=commune-75056",
  commune: "/commune/75056",
  departement: "/departement/2A",
  palmares: "/palmares",
  catalogue: "/catalogue",
  changes: "/changements?suivre=type%3Dcommune",
  barometer: "/barometre?par=departement",
  "barometer of years": "/barometre?par=annee&lang=en",
  "barometer as a grid": "/barometre?par=enjeu&par=annee",
  report: "/releve/region-93",
  "report of a commune": "/releve/commune-13056?lang=en",
  "map of figures": "/?fond=barometre-taux",
  "comparison form": "/comparer",
  comparison: "/comparer/commune-13056",
  "comparison by stratum": "/comparer/commune-19015?strate=oui",
  generator: "/integrer?commune=75056",
  embed: "/embed?commune=75056",
  accessibility: "/accessibilite",
  plan: "/plan",
  notices: "/mentions",
  "not found": "/commune/00000",
  english: "/?q=wifi&lang=en",
};

for (const colorScheme of ["light", "dark"]) {
  test(`no state violates a rule, ${colorScheme}`, async (group) => {
    for (const [name, path] of Object.entries(STATES)) {
      await group.test(name, async () => {
        // The policy of the page refuses foreign scripts: the checker is injected all the same.
        const page = await open(path, { colorScheme, bypassCSP: true, reducedMotion: "reduce" });
        if (await page.$("#atlaas-data")) await drawn(page);
        assert.deepEqual(await violations(page), []);
        await page.end();
      });
    }
  });
}

test("forced colours violate no rule, and a chosen control is told by its colours", async () => {
  for (const path of ["/?q=wifi&type=initiative", "/embed?commune=75056", "/integrer", "/commune/75056"]) {
    const page = await open(path, { forcedColors: "active", bypassCSP: true, reducedMotion: "reduce" });
    if (await page.$("#atlaas-data")) await drawn(page);
    assert.deepEqual(await violations(page), [], path);
    const primary = await page.$(".primary");
    if (primary) {
      const [ink, ground] = await primary.evaluate((node) => [getComputedStyle(node).color, getComputedStyle(node).backgroundColor]);
      assert.notEqual(ink, ground, path);
      assert.equal(await primary.evaluate((node) => getComputedStyle(node).forcedColorAdjust), "none");
    }
    await page.end();
  }
});

test("all facets open violate no rule", async () => {
  const page = await open("/?q=wifi", { bypassCSP: true });
  await drawn(page);
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
  assert.deepEqual(await violations(page), []);
  await page.end();
});

test("one goes from the search to a fiche and to an export with the keyboard alone", async () => {
  const page = await open("/");
  await drawn(page);
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "q");
  await page.keyboard.type("wifi");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.getElementById("results").dataset.query.includes("wifi"));
  await page.focus("#results .hit a");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#panel:not([hidden]) h1");
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "H1");
  await page.keyboard.press("Escape");
  await page.waitForSelector("#panel", { state: "hidden" });
  assert.ok(await page.evaluate(() => document.activeElement.closest(".hit") !== null), "focus returns to the list");
  await page.focus("#menu-export summary");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.match(await page.evaluate(() => document.activeElement.href), /fiches\.csv\?.*wifi/);
  await page.end();
});

test("symbols of the map are reached by one tab and walked by arrows", async () => {
  const page = await open("/?type=initiative");
  await drawn(page);
  await page.waitForSelector(".symbol-keys button");
  assert.equal(await page.locator(".symbol-keys button[tabindex='0']").count(), 1);
  await page.focus(".symbol-keys button[tabindex='0']");
  const first = await page.evaluate(() => document.activeElement.dataset.key);
  for (const key of ["ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp"]) {
    await page.keyboard.press(key);
    if ((await page.evaluate(() => document.activeElement.dataset.key)) !== first) break;
  }
  assert.notEqual(await page.evaluate(() => document.activeElement.dataset.key), first);
  assert.match(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), /\d|initiative/);
  await page.end();
});

test("nothing scrolls sideways at 200 % and 400 %", async () => {
  for (const width of [640, 320]) {
    for (const path of ["/?q=wifi", "/commune/75056", "/palmares", "/integrer", "/embed?q=wifi", "/accessibilite", "/docs", "/plan", "/exemples", "/mentions", "/catalogue", "/commune/00000"]) {
      const page = await open(path, { viewport: { width, height: 500 } });
      await page.evaluate(() => {
        for (const details of document.querySelectorAll("details")) details.open = true;
      });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wide <= 1, `${path} at ${width}: ${wide} pixels too wide`);
      await page.end();
    }
  }
});

test("every target has 24 pixels, but for links within a sentence", async () => {
  for (const width of [1280, 360]) {
    for (const path of [...Object.values(STATES), "/docs", "/exemples"]) {
      const page = await open(path, { viewport: { width, height: 740 } });
      if (await page.$("#atlaas-data")) await drawn(page);
      const small = await page.evaluate(() => {
        for (const details of document.querySelectorAll("details")) {
          details.removeAttribute("name");
          details.open = true;
        }
        const inSentence = (node) => getComputedStyle(node).display === "inline"
          && [...node.parentElement.childNodes].some((child) => child.nodeType === 3 && /[\p{L}\p{N},]/u.test(child.textContent));
        return [...document.querySelectorAll("a[href], button, summary, input:not([type=hidden]), select")].filter((node) => {
          const apart = node.closest(".visually-hidden") || node.classList.contains("skip") || inSentence(node);
          if (apart || !node.checkVisibility({ visibilityProperty: true })) return false;
          const { width, height } = (node.closest("label") ?? node).getBoundingClientRect();
          return width < 23.9 || height < 23.9;
        }).map((node) => `${node.outerHTML.slice(0, 80)} ${node.getBoundingClientRect().width}×${node.getBoundingClientRect().height}`);
      });
      assert.deepEqual(small, [], `${path} at ${width}`);
      await page.end();
    }
  }
});
