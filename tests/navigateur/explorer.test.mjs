// The explorer, line by line: what each control promises, with a mouse, with a keyboard, without a network.
import assert from "node:assert/strict";
import { test } from "node:test";
import { BASE, api, drawn, open } from "./browser.mjs";

const query = (page) => page.evaluate(() => document.getElementById("results").dataset.query);
const settled = (page, part) =>
  page.waitForFunction((text) => document.getElementById("results").dataset.query.includes(text), part);
const counted = async (page) => Number((await page.textContent("#results h2")).replace(/\D/g, ""));
const state = (page) => new URL(page.url()).searchParams.get("carte");

test("the position is asked for on request only, and serves a search around it", async () => {
  const page = await open("/", {
    permissions: ["geolocation"],
    geolocation: { latitude: 43.2965, longitude: 5.3698 },
    init: (fresh) => fresh.addInitScript(() => {
      window.asked = 0;
      const own = navigator.geolocation.getCurrentPosition.bind(navigator.geolocation);
      navigator.geolocation.getCurrentPosition = (...args) => {
        window.asked += 1;
        own(...args);
      };
    }),
  });
  await drawn(page);
  assert.equal(await page.evaluate(() => window.asked), 0);
  await page.click("#locate");
  await settled(page, "rayon=20");
  assert.equal(await page.evaluate(() => window.asked), 1);
  assert.match(await query(page), /lat=43\.29.*lon=5\.36/);
  // The radius slider: the value follows the hand, the results follow when it lets go.
  await page.focus("#radius");
  await page.keyboard.press("ArrowRight");
  assert.match(await page.textContent("#radius-value"), /^21/);
  await settled(page, "rayon=21");
  assert.equal(await counted(page), (await api(await query(page))).numberMatched);
  await page.end();
});

test("a refused position is told", async () => {
  const page = await open("/", { permissions: [] });
  await drawn(page);
  await page.click("#locate");
  await page.waitForFunction(() => document.getElementById("status").textContent.includes("position"));
  await page.end();
});

test("facets: live counts, search inside, one cross an active filter, everything cleared at once", async () => {
  const page = await open("/?type=initiative");
  await drawn(page);
  const input = page.locator("#facet-enjeu-search");
  await input.fill("zzzz");
  await page.waitForSelector("#facet-enjeu li:has-text('Aucune valeur')");
  await input.fill("educ");
  await page.waitForFunction(() => document.querySelectorAll("#facet-enjeu ul a").length < 4);
  await page.click("#facet-enjeu ul a:has-text('éducation')");
  await settled(page, "enjeu=education");
  assert.equal(await counted(page), (await api("type=initiative&enjeu=education")).numberMatched);
  const crosses = page.locator(".active a[aria-current]");
  assert.equal(await crosses.count(), 2);
  await crosses.filter({ hasText: "éducation" }).click();
  await page.waitForFunction(() => !document.getElementById("results").dataset.query.includes("enjeu"));
  await page.click(".active a:has-text('Tout effacer')");
  await page.waitForFunction(() => document.getElementById("results").dataset.query === "");
  await page.end();
});

test("list and map light each other up", async () => {
  const page = await open("/?type=initiative&commune=13055");
  await drawn(page);
  await page.hover("#results .hit a");
  const lit = await page.evaluate(() => new Promise((done) => {
    requestAnimationFrame(() => requestAnimationFrame(() => {
      const canvas = document.querySelector(".points-canvas");
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      const accent = getComputedStyle(document.documentElement).getPropertyValue("--accent").trim();
      const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(accent.slice(at, at + 2), 16));
      let found = 0;
      for (let at = 0; at < data.length; at += 4) {
        if (data[at] === r && data[at + 1] === g && data[at + 2] === b && data[at + 3] === 255) found += 1;
      }
      done(found);
    }));
  }));
  assert.ok(lit > 20, `${lit} pixels of the accent colour`);
  await page.end();
});

test("shortcuts overseas, the colours of the ground and their legend, by the address too", async () => {
  const page = await open("/");
  await drawn(page);
  await page.click(".map-controls summary:has-text('Aller à')");
  await page.click("button:has-text('La Réunion')");
  await page.waitForFunction(() => location.search.includes("carte="));
  const [, lat, lon] = state(page).split("/").map(Number);
  assert.ok(Math.abs(lat + 21.1) < 0.5 && Math.abs(lon - 55.5) < 0.5, state(page));
  await page.click(".map-controls summary:has-text('Fond de carte')");
  await page.check("input[name=map-theme] >> nth=1");
  await page.waitForSelector(".map-legend:visible");
  assert.match(page.url(), /fond=arobases/);
  assert.equal(await page.locator(".map-legend li").count(), 6);
  const again = await open(page.url());
  await drawn(again);
  assert.ok(await again.isVisible(".map-legend"));
  assert.equal(state(again), state(page));
  await again.end();
  await page.end();
});

test("every export is of the current query and arrives", async () => {
  const page = await open("/?type=initiative&enjeu=education&departement=13");
  const links = await page.evaluate(() => [...document.querySelectorAll("#menu-export a")].map((link) => link.href));
  assert.equal(links.length, 7);
  for (const link of links) {
    assert.match(link, /enjeu=education/);
    const response = await fetch(link);
    assert.equal(response.status, 200, link);
    assert.ok((await response.arrayBuffer()).byteLength > 100, link);
  }
  assert.match(links.join(" "), /\.csv.*dialecte=excel-fr.*\.xlsx.*\.geojson.*\.atom.*api\/v1\/fiches\?/);
  await page.end();
});

test("every address that the generator gives answers", async () => {
  const page = await open("/integrer?commune=13055&enjeu=education&fond=arobases&lang=fr");
  await page.click("[role=tab]:has-text('Tuiles')");
  const [tiles, style] = (await page.textContent("#code-tiles pre")).split("\n");
  const tile = tiles.replace("{z}", "6").replace("{x}", "32").replace("{y}", "23");
  for (const address of [tile, style]) assert.ok((await fetch(address)).ok, address);
  assert.match(style, /enjeu=education.*fond=arobases/);
  const frame = /src="([^"]+)"/.exec(await page.textContent("#code-iframe pre"))[1].replaceAll("&amp;", "&");
  assert.equal((await fetch(frame)).status, 200);
  const picture = /src="([^"]+)"/.exec(await page.textContent("#code-image pre"))[1].replaceAll("&amp;", "&");
  assert.equal((await fetch(picture)).headers.get("content-type"), "image/png");
  await page.end();
});

test("the keyboard alone: map by arrows and signs, suggestions closed by Esc, then the fiche", async () => {
  const page = await open("/", { reducedMotion: "reduce" });
  await drawn(page);
  await page.focus("#live-map");
  await page.keyboard.press("+");
  await page.waitForFunction(() => location.search.includes("carte="));
  const zoom = Number(state(page).split("/")[0]);
  const before = state(page);
  await page.keyboard.press("ArrowUp");
  await page.waitForFunction((old) => new URL(location.href).searchParams.get("carte") !== old, before);
  assert.equal(Number(state(page).split("/")[0]), zoom);
  await page.keyboard.press("/");
  await page.keyboard.type("nantes");
  await page.waitForSelector("[role=option]");
  assert.equal(await page.getAttribute("#q", "aria-expanded"), "true");
  await page.keyboard.press("Escape");
  assert.equal(await page.getAttribute("#q", "aria-expanded"), "false");
  await page.keyboard.press("Enter");
  await settled(page, "nantes");
  assert.match(await page.textContent("#status"), /\d/, "the count is announced");
  await page.end();
});

test("offline is told as such, and mended by trying again", async () => {
  const page = await open("/?type=initiative");
  await drawn(page);
  await page.context().setOffline(true);
  await page.click("#facet-enjeu ul a");
  await page.waitForSelector(".trouble");
  assert.match(await page.textContent(".trouble"), /hors connexion/);
  await page.context().setOffline(false);
  await page.click(".trouble button");
  await settled(page, "enjeu=");
  assert.equal(await page.locator(".trouble").count(), 0);
  await page.end();
});

test("nothing found: what to try instead leads to something", async () => {
  const page = await open("/?q=zzzzqqqq&q_brut=1&type=initiative&region=93");
  assert.match(await page.textContent("#results .notice"), /Rien ne correspond/);
  const proposals = page.locator("#results .notice a");
  if ((await proposals.count()) > 0) {
    await proposals.first().click();
    await page.waitForFunction(() => !document.getElementById("results").dataset.query.includes("zzzz"));
  }
  await page.end();
});

test("in print: the map, a numbered list, the source, the date, the licence, and no control", async () => {
  const page = await open("/?type=initiative&commune=13055");
  await drawn(page);
  await page.emulateMedia({ media: "print" });
  for (const hidden of [".site-header", "#search", ".map-controls", ".facets", ".menus"]) {
    assert.ok(!(await page.isVisible(hidden)), `${hidden} is not printed`);
  }
  assert.ok(await page.isVisible("#map"));
  assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector("#results .hits")).listStyleType), "decimal");
  assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector("#results .hit")).display), "list-item");
  assert.match(await page.textContent(".site-footer"), /données du \d\d\/\d\d\/\d{4}/);
  await page.end();
});

test("without WebGL everything is drawn: nothing here needs it", async () => {
  const page = await open("/?type=initiative", {
    init: (fresh) => fresh.addInitScript(() => {
      const own = HTMLCanvasElement.prototype.getContext;
      HTMLCanvasElement.prototype.getContext = function context(kind, ...rest) {
        return /webgl/.test(kind) ? null : own.call(this, kind, ...rest);
      };
    }),
  });
  assert.ok((await drawn(page)) > 0);
  assert.deepEqual(page.faults, []);
  await page.end();
});

test("English by the address, kept from view to view", async () => {
  const page = await open("/?lang=en");
  await drawn(page);
  assert.equal(await page.getAttribute("html", "lang"), "en");
  await page.fill("#q", "wifi");
  await page.keyboard.press("Enter");
  await settled(page, "wifi");
  assert.match(page.url(), /lang=en/);
  assert.match(await page.textContent("#results h2"), /entr(y|ies)/);
  assert.equal((await fetch(`${BASE}/`, { headers: { "accept-language": "en" } })).headers.get("content-language"), "en");
  await page.end();
});
