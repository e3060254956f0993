// Journeys: what people come to do, and whether list, map, address and API tell the same story.
import assert from "node:assert/strict";
import { test } from "node:test";
import { BASE, api, drawn, open, unfold } from "./browser.mjs";

const query = (page) => page.evaluate(() => document.getElementById("results").dataset.query);
const settled = (page, part) =>
  page.waitForFunction((text) => document.getElementById("results").dataset.query.includes(text), part);

test("a commune is found with a typo, filtered, opened, shared and found again", async () => {
  const page = await open("/");
  await drawn(page);
  await page.fill("#q", "");
  await page.type("#q", "Marseile");
  await page.waitForSelector("[role=option]");
  assert.match(await page.textContent("[role=option]"), /Marseille/);
  await page.keyboard.press("ArrowDown");
  assert.ok(await page.getAttribute("#q", "aria-activedescendant"));
  await page.keyboard.press("Enter");
  await settled(page, "commune=13055");
  await unfold(page);
  await page.click("#facet-type a:has-text('initiatives')");
  await settled(page, "type=initiative");
  const { numberMatched } = await api(await query(page));
  assert.equal(Number((await page.textContent("#results h2")).replace(/\D/g, "")), numberMatched);
  await page.click("#results .hit a");
  await page.waitForSelector("#panel:not([hidden]) h1");
  const title = await page.textContent("#panel h1");
  const shared = page.url();
  assert.match(shared, /fiche=initiative-/);
  const again = await open(shared);
  assert.equal(await again.textContent("#panel h1"), title);
  assert.equal(await query(again), await query(page));
  await again.end();
  await page.end();
});

test("the map shows as many points as the API counts", async () => {
  for (const filter of ["type=initiative&enjeu=education&region=93", "type=colieu&departement=44", "commune=13055&type=initiative"]) {
    const page = await open(`/?${filter}`);
    const shown = await drawn(page);
    const { numberMatched } = await api(filter);
    // The view may cut off what lies overseas or just outside: never more, and most of it.
    assert.ok(shown <= numberMatched, `${filter}: ${shown} on the map, ${numberMatched} counted`);
    assert.ok(shown >= numberMatched * 0.9, `${filter}: ${shown} on the map, ${numberMatched} counted`);
    await page.end();
  }
});

test("back and forward restore the query and the panel", async () => {
  const page = await open("/?q=%C3%A9cole");
  await drawn(page);
  const before = await query(page);
  await unfold(page);
  await page.click("#facet-type a:has-text('initiatives')");
  await settled(page, "type=initiative");
  const after = await query(page);
  await page.click("#results .hit a");
  await page.waitForSelector("#panel:not([hidden]) h1");
  await page.goBack();
  await page.waitForSelector("#panel", { state: "hidden" });
  assert.equal(await query(page), after);
  await page.goBack();
  await page.waitForFunction((text) => document.getElementById("results").dataset.query === text, before);
  await page.goForward();
  await settled(page, "type=initiative");
  assert.match(page.url(), /type=initiative/);
  await page.end();
});

test("a late answer to an old question never replaces a newer one", async () => {
  const page = await open("/", {
    init: (page) =>
      page.route("**/fragments/resultats**", async (route) => {
        if (route.request().url().includes("lente")) await new Promise((go) => setTimeout(go, 1500));
        await route.continue().catch(() => {});
      }),
  });
  await drawn(page);
  await page.fill("#q", "lente");
  await page.keyboard.press("Enter");
  await page.fill("#q", "rapide");
  await page.keyboard.press("Enter");
  await settled(page, "rapide");
  await page.waitForTimeout(2000);
  assert.match(await query(page), /rapide/);
  assert.match(page.url(), /q=rapide/);
  await page.end();
});

test("the list follows the map when asked, and lets go", async () => {
  const page = await open("/?type=initiative&region=93");
  await drawn(page);
  await page.check("#limit");
  await settled(page, "bbox=");
  const all = (await api("type=initiative&region=93")).numberMatched;
  await page.click(".leaflet-control-zoom-in");
  await page.click(".leaflet-control-zoom-in");
  await page.waitForFunction(
    (most) => Number(document.querySelector("#results h2").textContent.replace(/\D/g, "")) < most,
    all,
  );
  await page.uncheck("#limit");
  await page.waitForFunction(() => !document.getElementById("results").dataset.query.includes("bbox="));
  await page.end();
});

test("a failing service is told, and trying again works", async () => {
  let down = true;
  const page = await open("/", {
    init: (page) => page.route("**/fragments/resultats**", (route) => (down ? route.abort() : route.continue())),
  });
  await drawn(page);
  await page.fill("#q", "wifi");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#results .trouble button");
  down = false;
  await page.click("#results .trouble button");
  await settled(page, "wifi");
  await page.end();
});

test("without scripts one searches, filters, pages and opens", async () => {
  const page = await open("/", { javaScriptEnabled: false });
  await page.fill("#q", "école");
  await page.click("form#search button");
  assert.match(page.url(), /q=%C3%A9cole/);
  assert.ok(await page.$("#map svg[role=img]"), "a still map");
  const total = Number((await page.textContent("#results h2")).replace(/\D/g, ""));
  assert.equal(total, (await api("q=%C3%A9cole")).numberMatched);
  await unfold(page);
  await page.click("#facet-type a:has-text('initiatives')");
  assert.match(page.url(), /type=initiative/);
  const next = await page.$("a[rel=next]");
  if (next) await next.click();
  await page.click("#results .hit a");
  assert.match(page.url(), /\/fiche\/initiative-/);
  assert.ok((await page.textContent("h1")).length > 3);
  await page.end();
});

test("every page tells search engines and cards who it is", async () => {
  for (const path of ["/?q=wifi", "/commune/13055", "/palmares", "/integrer"]) {
    const page = await open(path, { javaScriptEnabled: false });
    const head = await page.evaluate(() => ({
      title: document.title,
      description: document.querySelector("meta[name=description]")?.content,
      canonical: document.querySelector("link[rel=canonical]")?.href,
      image: document.querySelector("meta[property='og:image']")?.content,
      oembed: document.querySelector("link[type='application/json+oembed']")?.href,
      lang: document.documentElement.lang,
    }));
    const embeds = path !== "/palmares" && path !== "/integrer";
    assert.equal(Boolean(head.oembed), embeds, `${path}: a link to oEmbed where it answers, and only there`);
    delete head.oembed;
    for (const [name, value] of Object.entries(head)) assert.ok(value, `${path}: ${name}`);
    assert.equal((await fetch(head.image)).headers.get("content-type"), "image/png", path);
    await page.end();
  }
  const oembed = await fetch(`${BASE}/oembed?url=${encodeURIComponent(`${BASE}/commune/13055`)}`);
  assert.match((await oembed.json()).html, /<iframe src="[^"]+commune=13055"/);
});

/** Tab stops from the top of the page until one matches. */
async function stops(page, selector) {
  for (let count = 1; count < 90; count += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return count;
  }
  throw new Error(`${selector} is never reached`);
}

test("results come before filters: the first one is near, and skip links lead to both", async () => {
  const page = await open("/?type=initiative&region=93");
  await drawn(page);
  const first = await stops(page, "#results .hit a");
  console.log(`first result: tab stop ${first}`);
  assert.ok(first <= 30, `tab stop ${first}`);
  for (const [name, wanted] of [["Aller aux résultats", "#results-title"], ["Aller aux filtres", "#filters-title"]]) {
    await page.goto(page.url().split("#")[0]);
    await drawn(page);
    await page.keyboard.press("Tab");
    while ((await page.evaluate(() => document.activeElement.textContent)) !== name) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForFunction((target) => document.activeElement.matches(target), wanted);
  }
  assert.ok(await page.isVisible("#facet-type"), "who goes to the filters finds them open");
  assert.match(await page.textContent("#filters-title"), /\(2\)/, "two are in force");
  // Count, order, exports and sharing stand on one line.
  const tops = await page.$$eval("#results-title, .menus summary", (nodes) => nodes.map((node) => {
    const { top, height } = node.getBoundingClientRect();
    return top + height / 2;
  }));
  assert.equal(tops.length, 4);
  assert.ok(Math.max(...tops) - Math.min(...tops) < 8, tops.join(", "));
  await page.click("#menu-sort summary");
  await page.click("#menu-sort a:has-text('nom')");
  await settled(page, "type=initiative");
  await page.waitForFunction(() => location.search.includes("tri=nom"));
  await page.end();
});

test("on a phone one switches between map and list, and a sheet comes from below", async () => {
  const { features } = await api("type=colieu&departement=15&limit=1");
  const [lon, lat] = features[0].geometry.coordinates;
  const page = await open(`/?type=colieu&departement=15&carte=15/${lat}/${lon}`, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  await drawn(page);
  await page.tap(".view-switch button:has-text('Carte')");
  await drawn(page);
  assert.equal(await page.isVisible("#results"), false);
  const map = await (await page.$("#live-map")).boundingBox();
  assert.ok(map.height >= 730 && map.y <= 1, JSON.stringify(map));
  assert.equal(await page.evaluate(() => getComputedStyle(document.getElementById("live-map")).touchAction), "none", "the map is alone");
  await page.waitForTimeout(300);
  await page.evaluate((name) => {
    [...document.querySelectorAll(".symbol-keys button")].find((button) => button.getAttribute("aria-label").includes(name)).click();
  }, features[0].properties.nom);
  await page.waitForSelector("#panel:not([hidden]) h1");
  await page.waitForTimeout(800);
  assert.equal((await page.textContent("#panel h1")).trim(), features[0].properties.nom, "the ground under it does not open too");
  const panel = await (await page.$("#panel")).boundingBox();
  assert.ok(panel.y > 250 && Math.abs(panel.y + panel.height - 740) < 2, JSON.stringify(panel));
  const place = await page.evaluate(() => {
    const { left, top, width, height } = document.querySelector(".symbol-keys button[data-key*=colieu]").getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  });
  assert.ok(place.y > 0 && place.y < panel.y, `${JSON.stringify(place)} above ${panel.y}`);
  await page.tap(".panel-close");
  await page.tap(".view-switch button:has-text('Liste')");
  assert.ok(await page.isVisible("#results .hit"));
  assert.equal(await page.locator(".view-switch [aria-pressed=true]").textContent(), "Liste");
  await page.end();
  const desk = await open("/");
  await drawn(desk);
  assert.equal(await desk.isVisible(".view-switch"), false);
  await desk.end();
});
