// The explorer, line by line: what each control promises, with a mouse, with a keyboard, without a network.
import assert from "node:assert/strict";
import { test } from "node:test";
import { BASE, api, drawn, open, unfold } from "./browser.mjs";

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
  assert.match(await page.textContent(".tools-failed:visible"), /position/, "and seen");
  await page.end();
});

test("facets: live counts, search inside, one cross an active filter, everything cleared at once", async () => {
  const page = await open("/?type=initiative");
  await drawn(page);
  await unfold(page);
  const input = page.locator("#facet-enjeu-search");
  await input.fill("zzzz");
  await page.waitForSelector("#facet-enjeu li:has-text('Aucune valeur')");
  await input.fill("educ");
  await page.waitForFunction(() => document.querySelectorAll("#facet-enjeu ul a").length < 4);
  await unfold(page);
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
  await unfold(page);
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
  for (const hidden of [".site-header", "#search", ".map-controls", "#filters", ".menus"]) {
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

test("pairs of a sheet: labels stand above their values where the column is narrow", async () => {
  const colieu = (await api("type=colieu&limit=1")).features[0].id;
  const shapes = async (page, root) => {
    const found = await page.evaluate((selector) => [...document.querySelectorAll(`${selector} .facts dd`)].map((value) => {
      const label = value.previousElementSibling.getBoundingClientRect();
      const box = value.getBoundingClientRect();
      const column = value.parentElement.getBoundingClientRect();
      return { above: label.bottom <= box.top + 1, share: box.width / column.width };
    }), root);
    assert.ok(found.length > 2, "a sheet has pairs");
    return found;
  };
  for (const path of [`/fiche/${colieu}`, "/commune/75056"]) {
    const phone = await open(path, { viewport: { width: 360, height: 740 } });
    for (const { above, share } of await shapes(phone, "main")) assert.ok(above && share > 0.9, `${path}: ${share} of the column`);
    const { height } = await phone.locator("main .facts").boundingBox();
    assert.ok(height < 1500, `${path}: ${height} pixels of pairs`);
    await phone.end();
    const desk = await open(path);
    for (const { above, share } of await shapes(desk, "main")) assert.ok(!above && share > 0.5, `${path}: ${share} of the column`);
    await desk.end();
  }
  // A panel is as narrow on a wide screen.
  const panel = await open(`/?fiche=${colieu}`);
  for (const { above } of await shapes(panel, "#panel")) assert.ok(above);
  await panel.end();
});

test("a link that a network has marked opens as if it had not, and gives clean links on", async () => {
  const page = await open("/?q=wifi&fbclid=stranger&utm_source=stranger&gclid=stranger");
  await drawn(page);
  assert.deepEqual(page.faults, []);
  const links = await page.evaluate(() => [...document.querySelectorAll("[href], [content], [value]")].map((node) => node.outerHTML));
  assert.deepEqual(links.filter((link) => link.includes("stranger")), []);
  await unfold(page);
  await page.click(".facet a >> nth=0");
  await page.waitForFunction(() => document.getElementById("results").dataset.query !== "q=wifi");
  assert.doesNotMatch(page.url(), /stranger/);
  await page.end();
});

test("a map that is panned around the world keeps its box and its place on Earth", async () => {
  const page = await open("/?carte=5/46/365");
  await drawn(page);
  await page.check("#limit");
  await settled(page, "bbox=");
  const [west, , east] = new URLSearchParams(await query(page)).get("bbox").split(",").map(Number);
  assert.ok(west > -180 && east < 180 && west < 5 && east > 5, `${west} to ${east}`);
  assert.ok((await counted(page)) > 0);
  const far = await fetch(`${BASE}/api/v1/fiches?bbox=360,43,366,46&limit=0`);
  assert.equal((await far.json()).numberMatched, (await api("bbox=0,43,6,46&limit=0")).numberMatched);
  await page.end();
});

test("the other language shows the same query, sheet and place, and its own placeholder", async () => {
  const page = await open("/?type=initiative");
  await drawn(page);
  await unfold(page);
  await page.click("#facet-enjeu ul a:has-text('éducation')");
  await settled(page, "enjeu=education");
  await page.click(".leaflet-control-zoom-in");
  await page.waitForFunction(() => location.search.includes("carte="));
  await page.click("#results .hit a");
  await page.waitForSelector("#panel:not([hidden]) h1");
  const [title, before] = [await page.textContent("#panel h1"), await query(page)];
  const [french, place, fiche] = [await page.getAttribute("#q", "placeholder"), state(page), new URL(page.url()).searchParams.get("fiche")];
  await page.click("a[hreflang=en]");
  await page.waitForSelector("html[lang=en]");
  await drawn(page);
  assert.equal(await query(page), before);
  assert.equal(state(page), place);
  assert.equal(new URL(page.url()).searchParams.get("fiche"), fiche);
  assert.equal(await page.textContent("#panel h1"), title);
  assert.notEqual(await page.getAttribute("#q", "placeholder"), french);
  await page.end();
  // Without scripts, the form keeps a language that the address says.
  const plain = await open("/?lang=fr", { javaScriptEnabled: false, locale: "en-GB" });
  await plain.fill("#q", "wifi");
  await plain.click("#search button");
  assert.equal(await plain.getAttribute("html", "lang"), "fr");
  await plain.end();
});

for (const lang of ["fr", "en"]) {
  test(`nothing found, in ${lang}: examples that find something, and how to start again`, async () => {
    const page = await open(`/?q=zzzzqqqq&q_brut=1&type=initiative&lang=${lang}`, { javaScriptEnabled: false });
    const links = await page.evaluate(() => [...document.querySelectorAll("#results .notice p a")].map((link) => link.getAttribute("href")));
    assert.equal(links.length, 4);
    assert.equal(links.pop(), `/?lang=${lang}`);
    for (const link of links) assert.ok((await api(link.split("?")[1])).numberMatched > 0, link);
    await page.end();
  });
}

test("an error page has the header, a search box that works and links", async () => {
  for (const path of ["/commune/00000", "/rien/du/tout", "/fiche/initiative-0000000"]) {
    const page = await open(path);
    for (const link of await page.$$eval("a[href]", (nodes) => nodes.map((node) => node.href))) {
      assert.equal((await fetch(link)).status < 400 || link.includes("#"), true, `${path}: ${link}`);
    }
    assert.equal(await page.locator("header nav a").count(), 3);
    await page.fill("#q", "wifi");
    await page.click("form[role=search] button");
    await page.waitForSelector("#results .hit");
    assert.match(page.url(), /\/\?q=wifi/);
    await page.end();
  }
});

test("one goes to Corsica and to every collectivity, and the list closes", async () => {
  const page = await open("/", { reducedMotion: "reduce" });
  await drawn(page);
  for (const [name, lat, lon] of [
    ["Corse", 42.1, 9.1], ["Saint-Pierre-et-Miquelon", 46.9, -56.3], ["Saint-Barthélemy", 17.9, -62.8], ["Saint-Martin", 18.1, -63.1],
    ["Wallis-et-Futuna", -13.8, -177.2], ["Polynésie française", -17, -150.8], ["Nouvelle-Calédonie", -21.1, 165.8], ["Hexagone", 46.5, 2.2],
  ]) {
    await page.click(".map-controls summary:has-text('Aller à')");
    await page.click(`.map-places button:has-text('${name}')`);
    await page.waitForFunction(([y, x]) => {
      const [, atY, atX] = (new URL(location.href).searchParams.get("carte") ?? "").split("/").map(Number);
      return Math.abs(atY - y) < 0.6 && Math.abs(atX - x) < 0.6;
    }, [lat, lon]);
    assert.equal(await page.isVisible(".map-places"), false, name);
    assert.equal(await page.evaluate(() => document.activeElement.id), "live-map");
  }
  await page.end();
});

test("in print a list says its query, its address and its date, and shows no filter", async () => {
  const page = await open("/?q=wifi&departement=15&type=colieu");
  await drawn(page);
  await page.emulateMedia({ media: "print" });
  const told = await page.innerText("#results .print-only");
  assert.match(told, /wifi, Cantal, lieux de médiation/);
  assert.ok(told.includes(`${BASE}/?`) && told.includes("departement=15"), told);
  assert.ok(await page.isVisible(".banner"), "what is made up says so on paper too");
  assert.match(told, /Données du \d\d\/\d\d\/\d{4}/);
  for (const hidden of [".active", "#filters", ".chip", ".view-switch", ".menus"]) {
    for (const node of await page.$$(hidden)) assert.equal(await node.isVisible(), false, hidden);
  }
  await page.end();
});

test("in print a sheet says its address and its date, on its page and beside a list", async () => {
  const { features: [{ id }] } = await api("type=colieu&departement=15&limit=1");
  for (const [path, root, address] of [[`/fiche/${id}`, "main", `/fiche/${id}`], ["/commune/15014", "main", "/commune/15014"], [`/?departement=15&fiche=${id}`, "#panel", `/fiche/${id}`]]) {
    const page = await open(path);
    assert.equal(await page.isVisible(`${root} .print-only`), false);
    await page.emulateMedia({ media: "print" });
    const told = await page.innerText(`${root} article > .print-only`);
    assert.ok(told.includes(BASE + address), told);
    assert.match(told, /Données du \d\d\/\d\d\/\d{4}/);
    if (root === "#panel") {
      assert.equal(await page.isVisible("#results .hit"), false, "the sheet alone");
      assert.equal(await page.isVisible("#live-map"), false, "with its own map");
      assert.ok(await page.isVisible("#panel svg[role=img]"));
    }
    await page.end();
  }
});
