// Our own map over filtered tiles: what it draws stays apart, adds up, and stays put when one moves.
import assert from "node:assert/strict";
import { test } from "node:test";
import { api, drawn, open, unfold } from "./browser.mjs";

/** Symbols that the keyboard reaches, as they lie on the map; a button is never under 24 pixels, a point has 14. */
const symbols = (page) => page.evaluate(() => {
  const map = document.getElementById("live-map").getBoundingClientRect();
  return [...document.querySelectorAll(".symbol-keys button")].map((button) => {
    const { left, top, width, height } = button.getBoundingClientRect();
    const [x, y] = [left + width / 2 - map.left, top + height / 2 - map.top];
    return { key: button.dataset.key, name: button.getAttribute("aria-label"), x, y, size: width > 24 ? width : 14 };
  });
});

const countOf = ({ name }) => Number(/^(\d+) (initiatives|lieux de médiation)/.exec(name)?.[1] ?? 1);

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

test("every ground of our styles colours the map or leaves it plain, and no name breaks it", async () => {
  for (const path of ["/", "/embed"]) {
    for (const [ground, classes] of [["aucun", 0], ["epci", 6], ["arobases", 6], ["initiatives", 6], ["rouge", 0], ["constructor", 0]]) {
      const page = await open(`${path}?fond=${ground}`);
      assert.ok((await drawn(page)) > 0, ground);
      assert.equal(await page.locator(".map-legend li").count(), classes, `${path}?fond=${ground}`);
      assert.deepEqual(page.faults, [], `${path}?fond=${ground}`);
      await page.end();
    }
  }
});

test("a measure of the barometer colours the ground under the query, its legend says what it is", async () => {
  for (const [path, meaning] of [["/?fond=barometre-taux&lang=fr", "ne participe pas"], ["/embed?fond=barometre-fiches&type=initiative&lang=en", "does not take part"]]) {
    const page = await open(path);
    await drawn(page);
    await page.waitForSelector(".map-legend-title");
    assert.match(await page.textContent(".map-legend"), new RegExp(meaning));
    assert.ok((await page.locator(".map-legend .swatch").count()) > 2, path);
    assert.deepEqual(page.faults, [], path);
    await page.end();
  }
});

/** Where the map looks: zoom by the scale, place by a symbol that the browser drew. */
const look = (page) => page.evaluate(() => {
  const [, zoom, lat, lon] = /carte=(\d+)\/([\d.-]+)\/([\d.-]+)/.exec(location.search) ?? [];
  return { zoom, lat, lon, scale: document.querySelector(".leaflet-control-scale-line").textContent };
});
const queryOf = (page) => page.evaluate(() => document.getElementById("results").dataset.query);
const queryHas = (page, text, wanted = true) => page.waitForFunction(
  ([part, has]) => document.getElementById("results").dataset.query.includes(part) === has,
  [text, wanted],
);

async function drag(page, dx, dy) {
  const box = await (await page.$("#live-map")).boundingBox();
  const [x, y] = [box.x + box.width * 0.6, box.y + box.height * 0.6];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + dx / 2, y + dy / 2, { steps: 4 });
  await page.mouse.move(x + dx, y + dy, { steps: 4 });
  await page.waitForTimeout(200);
  await page.mouse.up();
  await page.waitForFunction(() => location.search.includes("carte="));
  await drawn(page);
}

test("the map stays where it is under facets, orders and words, and moves when the place changes", async () => {
  const page = await open("/?region=93", { reducedMotion: "reduce" });
  await drawn(page);
  await page.click(".leaflet-control-zoom-in");
  await drag(page, -120, 60);
  const before = await look(page);
  await unfold(page);
  for (const [click, part] of [
    ["#facet-type a:has-text('initiatives')", "type=initiative"],
    ["#facet-enjeu ul a:has-text('éducation')", "enjeu=education"],
    [".active a[aria-current]:has-text('éducation')", null],
  ]) {
    await page.click(click);
    await (part ? queryHas(page, part) : queryHas(page, "enjeu=", false));
    await drawn(page);
    assert.deepEqual(await look(page), before, click);
  }
  await page.fill("#q", "école");
  await page.keyboard.press("Enter");
  await queryHas(page, "q=");
  await drawn(page);
  assert.deepEqual(await look(page), before, "words without a place");
  await page.click(".active a[aria-current]:has-text('Provence')");
  await queryHas(page, "region=", false);
  await drawn(page);
  const after = await look(page);
  assert.notEqual(after.scale, before.scale, "another place is shown");
  assert.equal(after.zoom, undefined);
  await page.end();
});

test("a facet under a list that follows the map keeps the box", async () => {
  const page = await open("/?type=initiative&carte=8/43.7/5.6", { reducedMotion: "reduce" });
  await drawn(page);
  await page.check("#limit");
  await queryHas(page, "bbox=");
  const [box] = /bbox=[^&]+/.exec(await queryOf(page));
  const before = await look(page);
  await unfold(page);
  await page.click("#facet-enjeu ul a:has-text('éducation')");
  await queryHas(page, "enjeu=education");
  await drawn(page);
  assert.ok((await queryOf(page)).includes(box), "the same box");
  assert.deepEqual(await look(page), before);
  assert.ok(await page.isChecked("#limit"));
  // Another place leaves the box behind, and is shown.
  await page.fill("#q", "brest");
  await page.waitForSelector("[role=option]:has-text('Brest')");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await queryHas(page, "bbox=", false);
  await drawn(page);
  assert.notEqual((await look(page)).scale, before.scale);
  assert.equal(await page.isChecked("#limit"), false);
  await page.end();
});

test("after a pan one searches what is shown, as often as one likes", async () => {
  const page = await open("/?type=initiative&region=93", { reducedMotion: "reduce" });
  await drawn(page);
  const button = page.locator(".search-here");
  assert.equal(await button.isVisible(), false);
  await page.click(".leaflet-control-zoom-in");
  await drag(page, -100, 40);
  assert.ok(await button.isVisible());
  const before = await look(page);
  await button.click();
  await queryHas(page, "bbox=");
  await drawn(page);
  assert.deepEqual(await look(page), before, "asking moves nothing");
  assert.equal(await button.isVisible(), false);
  assert.equal(await page.isChecked("#limit"), false, "the list does not follow");
  const asked = await queryOf(page);
  await drag(page, 90, -40);
  assert.equal(await queryOf(page), asked);
  await button.click();
  await page.waitForFunction((old) => document.getElementById("results").dataset.query !== old, asked);
  await page.click(".active a:has-text('zone affichée')");
  await queryHas(page, "bbox=", false);
  await page.end();
});

/** Where a place lies in the map and what stands over it. */
const standing = (page, at) => page.evaluate(([lon, lat]) => {
  const [, zoom, centreLat, centreLon] = /carte=(\d+)\/([\d.-]+)\/([\d.-]+)/.exec(location.search) ?? [];
  const map = document.getElementById("live-map").getBoundingClientRect();
  const world = 256 * 2 ** Number(zoom);
  const y = (degrees) => 0.5 - Math.asinh(Math.tan((degrees * Math.PI) / 180)) / (2 * Math.PI);
  const place = {
    x: map.left + map.width / 2 + ((lon - centreLon) / 360) * world,
    y: map.top + map.height / 2 + (y(lat) - y(Number(centreLat))) * world,
  };
  const over = document.elementFromPoint(place.x, place.y);
  return { ...place, onMap: over?.closest("#live-map") !== null, panel: over?.closest("#panel") !== null };
}, at);

test("a sheet never covers its point, whether it opens from the list, the map or the address", async () => {
  const { features } = await api("type=initiative&commune=13055&limit=1");
  const [lon, lat] = features[0].geometry.coordinates;
  // Where the panel will stand, on the west of the map.
  for (const carte of [`12/${lat}/${lon + 0.09}`, `12/${lat}/${lon}`, `9/${lat + 3}/${lon}`]) {
    const page = await open(`/?type=initiative&commune=13055&carte=${carte}`, { reducedMotion: "reduce" });
    await drawn(page);
    await page.click("#results .hit a");
    await page.waitForSelector("#panel:not([hidden]) h1");
    await page.waitForTimeout(400);
    // The hand of the test moves nothing: the page writes where the map looks when one asks it to.
    await page.focus("#live-map");
    await page.keyboard.press("+");
    await drawn(page);
    await page.keyboard.press("-");
    await drawn(page);
    const at = await page.evaluate(() => document.querySelector("#panel article").dataset.at.split(",").map(Number));
    const found = await standing(page, at);
    assert.ok(found.onMap && !found.panel, `${carte}: ${JSON.stringify(found)}`);
    assert.match(await page.title(), new RegExp(`^${(await page.textContent("#panel h1")).trim().replace(/[.*+?^${}()|[\]\\]/g, "\\$&")} – `));
    const again = await open(page.url());
    await drawn(again);
    assert.equal(await again.title(), await page.title(), "the server gives the same title");
    await again.end();
    await page.keyboard.press("Escape");
    await page.waitForSelector("#panel", { state: "hidden" });
    assert.match(await page.title(), /^initiatives, |^Marseille, /);
    await page.end();
  }
});

test("pointing at a symbol shows a card: name, type and town of a point, composition of a group", async () => {
  const { features } = await api("type=colieu&departement=15&limit=1");
  const { nom } = features[0].properties;
  const [lon, lat] = features[0].geometry.coordinates;
  const page = await open(`/?type=colieu&departement=15&carte=16/${lat}/${lon}`, { reducedMotion: "reduce" });
  await drawn(page);
  const box = await (await page.$("#live-map")).boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.waitForSelector(".hover-card:visible");
  const text = await page.textContent(".hover-card");
  assert.ok(text.includes(nom) && text.includes(" · "), text);
  await page.mouse.move(box.x + 20, box.y + box.height - 20);
  await page.waitForSelector(".hover-card", { state: "hidden" });
  await page.end();
  const all = await open("/?type=initiative", { reducedMotion: "reduce" });
  await drawn(all);
  await all.focus(".symbol-keys button[tabindex='0']");
  await all.waitForSelector(".hover-card:visible");
  const rows = await all.locator(".hover-card .hover-part").allTextContents();
  const total = Number((await all.textContent(".hover-card strong")).replace(/\D/g, ""));
  assert.equal(rows.reduce((sum, row) => sum + Number.parseInt(row, 10), 0), total, rows.join(", "));
  const inside = await all.evaluate(() => {
    const card = document.querySelector(".hover-card").getBoundingClientRect();
    const map = document.getElementById("live-map").getBoundingClientRect();
    return card.left >= map.left && card.right <= map.right && card.top >= map.top && card.bottom <= map.bottom;
  });
  assert.ok(inside, "the card stays on the map");
  await all.end();
});

test("a click on the ground opens the commune, two zoom, and none opens where communes are not drawn", async () => {
  const { features } = await api("type=commune&commune=15014&limit=1");
  const [lon, lat] = features[0].geometry.coordinates;
  const page = await open(`/?type=colieu&q=zzzz&q_brut=1&carte=12/${lat}/${lon}`, { reducedMotion: "reduce" });
  await drawn(page);
  await page.waitForTimeout(500);
  const box = await (await page.$("#live-map")).boundingBox();
  const middle = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.dblclick(...middle);
  await page.waitForFunction(() => location.search.includes("carte=13"));
  await drawn(page);
  await page.waitForTimeout(500);
  assert.equal(await page.isVisible("#panel"), false, "a double click opens nothing");
  await page.mouse.click(...middle);
  await page.waitForSelector("#panel:not([hidden]) h1");
  assert.match(await page.textContent("#panel h1"), /Aurillac/);
  assert.match(page.url(), /fiche=commune-15014/);
  await page.end();
  const wide = await open("/?type=colieu&q=zzzz&q_brut=1&carte=6/45/3", { reducedMotion: "reduce" });
  await drawn(wide);
  await wide.mouse.click(...middle);
  await wide.waitForTimeout(800);
  assert.equal(await wide.isVisible("#panel"), false);
  await wide.end();
});
