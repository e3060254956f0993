// Journeys: what people come to do, and whether list, map, address and API tell the same story.
import assert from "node:assert/strict";
import { test } from "node:test";
import { BASE, api, drawn, open } from "./browser.mjs";

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
    for (const [name, value] of Object.entries(head)) assert.ok(value, `${path}: ${name}`);
    assert.equal((await fetch(head.image)).headers.get("content-type"), "image/png", path);
    await page.end();
  }
  const oembed = await fetch(`${BASE}/oembed?url=${encodeURIComponent(`${BASE}/commune/13055`)}`);
  assert.match((await oembed.json()).html, /<iframe src="[^"]+commune=13055"/);
});
