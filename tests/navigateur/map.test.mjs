// Our own map over filtered tiles: what it draws stays apart, adds up, and stays put when one moves.
import assert from "node:assert/strict";
import { test } from "node:test";
import { api, drawn, open } from "./browser.mjs";

/** Symbols that the keyboard reaches, as they lie on the map; a button is never under 24 pixels, a point has 14. */
const symbols = (page) => page.evaluate(() => {
  const map = document.getElementById("live-map").getBoundingClientRect();
  return [...document.querySelectorAll(".symbol-keys button")].map((button) => {
    const { left, top, width, height } = button.getBoundingClientRect();
    const [x, y] = [left + width / 2 - map.left, top + height / 2 - map.top];
    return { key: button.dataset.key, name: button.getAttribute("aria-label"), x, y, size: width > 24 ? width : 14 };
  });
});

const countOf = ({ name }) => Number(/^(\d+) (initiatives|colieux)/.exec(name)?.[1] ?? 1);

for (const query of ["type=initiative&enjeu=education", "region=93", "q=ecole"]) {
  test(`symbols of ${query} do not overlap and stay put while the map is panned across tiles`, async () => {
    const page = await open(`/?${query}&carte=8/43.7/5.6`, { reducedMotion: "reduce" });
    await drawn(page);
    await page.waitForTimeout(400);
    const before = await symbols(page);
    assert.ok(before.length > 0);
    before.forEach((a, rank) => before.slice(rank + 1).forEach((b) => {
      const gap = Math.hypot(a.x - b.x, a.y - b.y) - (a.size + b.size) / 2;
      assert.ok(gap > -1, `${a.name} and ${b.name} overlap by ${-gap} pixels`);
    }));
    const places = new Map(before.map((symbol) => [symbol.key, symbol]));
    await page.focus("#live-map");
    for (let step = 1; step <= 6; step += 1) {
      await page.keyboard.press("ArrowRight");
      await page.waitForTimeout(500);
      await drawn(page);
      await page.waitForTimeout(300);
      for (const symbol of await symbols(page)) {
        const old = places.get(symbol.key);
        if (!old) continue;
        assert.equal(symbol.name, old.name);
        const drift = Math.hypot(symbol.x + 80 * step - old.x, symbol.y - old.y);
        assert.ok(drift <= 2, `${symbol.name} drifted by ${drift} pixels after ${step} steps`);
      }
    }
    await page.end();
  });
}

test("what the map counts is what the API counts", async () => {
  for (const query of ["type=initiative&region=93", "type=colieu&departement=13", "type=initiative&enjeu=education&region=93"]) {
    const page = await open(`/?${query}`);
    const { numberMatched } = await api(query);
    await drawn(page);
    await page.waitForTimeout(300);
    const shown = (await symbols(page)).reduce((sum, symbol) => sum + countOf(symbol), 0);
    assert.equal(shown, numberMatched, query);
    await page.end();
  }
});

test("fiches at one place open as a list, and the focus comes back", async () => {
  const page = await open("/?type=initiative");
  await drawn(page);
  const pile = await page.evaluate(async () => {
    // The deepest tiles hold the piles that no zoom separates.
    const { base, snapshot } = JSON.parse(document.getElementById("atlaas-data").textContent);
    const found = await (await fetch(`${base}/api/v1/fiches?type=initiative&limit=1000`)).json();
    const places = new Map();
    for (const { geometry } of found.features) {
      const key = geometry?.coordinates.join(",");
      if (key) places.set(key, (places.get(key) ?? 0) + 1);
    }
    return { snapshot, place: [...places].sort((a, b) => b[1] - a[1])[0] };
  });
  await page.end();
  const [lon, lat] = pile.place[0].split(",");
  if (pile.place[1] < 2) return;
  const near = await open(`/?type=initiative&carte=17/${lat}/${lon}`);
  await drawn(near);
  await near.waitForSelector(".symbol-keys button[aria-label*='au même endroit']");
  await near.focus(".symbol-keys button[aria-label*='au même endroit']");
  await near.keyboard.press("Enter");
  await near.waitForSelector("#panel:not([hidden]) h2");
  const listed = await near.locator("#panel .hit").count();
  assert.match(await near.textContent("#panel h2"), new RegExp(`^${listed} `));
  await near.click("#panel .hit a");
  await near.waitForSelector("#panel h1");
  assert.match(near.url(), /fiche=initiative-/);
  assert.deepEqual(near.faults, []);
  await near.end();
});
