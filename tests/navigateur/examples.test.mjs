// The pages to copy, each with the library that it is for: they draw what our addresses give, and call nobody else.
import assert from "node:assert/strict";
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { after, before, test } from "node:test";
import { BASE, open } from "./browser.mjs";

const TYPES = { ".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".png": "image/png" };
const WAIT = { timeout: 60_000 };

let server;
let host;

/** A file, or the part of it that is asked for, as any static host sends it. */
function send(file, request, response) {
  const { size } = statSync(file);
  response.setHeader("content-type", TYPES[extname(file)] ?? "application/octet-stream");
  response.setHeader("etag", `"${size}"`);
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "");
  if (!range) {
    createReadStream(file).pipe(response);
    return;
  }
  const start = Number(range[1]);
  const end = Math.min(size - 1, range[2] === "" ? size - 1 : Number(range[2]));
  response.writeHead(206, { "content-range": `bytes ${start}-${end}/${size}`, "content-length": end - start + 1 });
  createReadStream(file, { start, end }).pipe(response);
}

before(async () => {
  // Someone's site: the page as it was copied, its library beside it, the archive beside both.
  server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(request.url.split("?")[0]));
    const library = path.startsWith("/bibliotheques/") && join("node_modules", path.slice("/bibliotheques/".length));
    if (path === "/territoires.pmtiles") send(process.env.ATLAAS_PMTILES, request, response);
    else if (library && existsSync(library)) send(library, request, response);
    else if (path.endsWith(".html")) {
      const page = await fetch(`${BASE}/exemples${path}`);
      response.writeHead(page.status, { "content-type": "text/html; charset=utf-8" });
      response.end(await page.text());
    } else {
      // Browsers ask for an icon by themselves; anything else should not be asked for.
      response.writeHead(path === "/favicon.ico" ? 204 : 404);
      response.end();
    }
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  host = `http://127.0.0.1:${server.address().port}`;
});

after(() => {
  server.closeAllConnections();
  server.close();
});

/** Opens an example, and checks at its end that nothing failed and that nobody else was called. */
async function example(name, check) {
  const page = await open(`${host}/${name}.html`);
  try {
    await page.waitForFunction(() => "carte" in window, null, WAIT);
    await check(page);
    const foreign = page.requests.filter((url) => /^(http|ws)/.test(url) && !url.startsWith(host) && !url.startsWith(BASE));
    assert.deepEqual(foreign, []);
    assert.deepEqual(page.faults, []);
    const tiles = page.requests.filter((url) => /\/tiles\/|pmtiles|bbox=/.test(url));
    assert.ok(tiles.length > 0, "our addresses are asked");
  } finally {
    await page.end();
  }
}

const idle = (page) => page.evaluate(() => new Promise((done) => {
  if (carte.loaded() && carte.areTilesLoaded()) done();
  else carte.once("idle", done);
}));

/** Groups and points on the map: place on the screen, radius, properties. */
const symbols = (page) => page.evaluate(() => carte.queryRenderedFeatures({ layers: ["fiches"] }).map((feature) => {
  const { x, y } = carte.project(feature.geometry.coordinates);
  return { x, y, radius: rayon(feature.properties), properties: feature.properties };
}));

const keyOf = ({ properties }) => String(properties.id ?? properties.cluster_id);

for (const name of ["maplibre", "maplibre-5"]) {
  test(`${name}: groups under a filter add up, do not overlap and do not move when the map is panned`, async () => {
    await example(name, async (page) => {
      await page.waitForFunction(() => carte.getLayer("fiches") !== undefined, null, WAIT);
      await idle(page);
      const ground = await page.evaluate(() => carte.queryRenderedFeatures({ layers: ["terre"] }).length);
      assert.ok(ground > 0, "the ground of the style is drawn");
      for (const zoom of [6, 9]) {
        await page.evaluate((level) => carte.jumpTo({ zoom: level, center: [5.6, 43.7] }), zoom);
        await idle(page);
        const drawn = await symbols(page);
        assert.ok(drawn.length > 0, `something is drawn at zoom ${zoom}`);
        for (const { properties } of drawn) {
          if (!properties.point_count) continue;
          const parts = Object.entries(properties).filter(([key]) => key.startsWith("n_"));
          assert.equal(parts.reduce((sum, [, n]) => sum + n, 0), properties.point_count, JSON.stringify(properties));
        }
        const groups = drawn.filter(({ properties }) => properties.point_count);
        groups.forEach((a, rank) => groups.slice(rank + 1).forEach((b) => {
          const gap = Math.hypot(a.x - b.x, a.y - b.y) - a.radius - b.radius;
          assert.ok(gap >= 0 || keyOf(a) === keyOf(b), `groups overlap by ${-gap} pixels at zoom ${zoom}`);
        }));
        assert.equal(new Set(drawn.map(keyOf)).size, drawn.length, "a group is drawn once, whatever edge it lies on");
        // Far enough to cross the edge of a tile, in small steps as a hand does.
        const before = new Map(drawn.map((symbol) => [keyOf(symbol), symbol]));
        for (let step = 1; step <= 3; step += 1) {
          await page.evaluate(() => carte.panBy([90, 50], { animate: false }));
          await idle(page);
          let shared = 0;
          for (const symbol of await symbols(page)) {
            const old = before.get(keyOf(symbol));
            if (!old) continue;
            shared += 1;
            const drift = Math.hypot(symbol.x + 90 * step - old.x, symbol.y + 50 * step - old.y);
            assert.ok(drift < 1, `${keyOf(symbol)} moved by ${drift} pixels at zoom ${zoom}`);
          }
          assert.ok(step > 1 || shared > 0, "the same groups are still in sight");
        }
      }
    });
  });
}

test("openlayers draws communes and the fiches of a query", async () => {
  await example("openlayers", async (page) => {
    await page.waitForFunction(() => {
      const extent = carte.getView().calculateExtent(carte.getSize());
      return territoires.getFeaturesInExtent(extent).length > 0 && fiches.getFeaturesInExtent(extent).length > 0;
    }, null, WAIT);
    const enjeux = await page.evaluate(() => {
      const extent = carte.getView().calculateExtent(carte.getSize());
      return [...new Set(fiches.getFeaturesInExtent(extent).flatMap((fiche) => Object.keys(fiche.getProperties()).filter((key) => key.startsWith("n_"))))];
    });
    assert.deepEqual(enjeux.filter((key) => key !== "n_education"), [], "the filter of the address holds");
  });
});

test("leaflet-vectorgrid draws communes and the fiches of a query", async () => {
  await example("leaflet-vectorgrid", async (page) => {
    await page.waitForFunction(() => document.querySelectorAll("#carte svg path").length > 3, null, WAIT);
    assert.ok(await painted(page), "communes are painted");
  });
});

test("protomaps-leaflet draws the archive from a static host", async () => {
  await example("protomaps-leaflet", async (page) => {
    await page.waitForFunction(() => document.querySelectorAll("#carte canvas").length > 0, null, WAIT);
    for (let round = 0; round < 60 && !(await painted(page)); round += 1) await page.waitForTimeout(250);
    assert.ok(await painted(page), "communes are painted");
    assert.ok(page.requests.every((url) => !url.startsWith(BASE)), "the archive alone serves");
  });
});

/** Whether some canvas holds more than one colour. */
const painted = (page) => page.evaluate(() => [...document.querySelectorAll("#carte canvas")].some((canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const pixels = new Uint32Array(data.buffer);
  return new Set(pixels.filter((_, rank) => rank % 97 === 0)).size > 2;
}));

test("umap: remote data follow the frame of the map", async () => {
  await example("umap", async (page) => {
    await page.waitForFunction(() => /fiches dans le cadre/.test(document.getElementById("etat").textContent), null, WAIT);
    const count = async () => Number(/^\d+/.exec(await page.textContent("#etat"))[0]);
    assert.equal(await page.evaluate(() => calque.getLayers().length), await count());
    assert.ok((await count()) > 0);
    const answered = page.waitForResponse((response) => response.url().includes("bbox="));
    await page.evaluate(() => carte.setView([48.85, 2.35], 10));
    assert.equal((await answered).status(), 200);
  });
});

test("the page of a library that is not there says what it waits for, and shows what is at hand", async () => {
  for (const name of ["maplibre", "maplibre-5", "openlayers", "leaflet-vectorgrid", "protomaps-leaflet", "umap"]) {
    const page = await open(`${BASE}/exemples/${name}.html`);
    assert.match(await page.textContent("#etat"), /bibliotheques\//);
    const picture = await page.waitForSelector("#carte img");
    const width = await picture.evaluate(async (image) => {
      await image.decode();
      return image.naturalWidth;
    });
    assert.ok(width > 500, `${name}: ${width} pixels`);
    await page.end();
  }
  const list = await open("/exemples");
  assert.equal(await list.locator("main h2 a").count(), 7);
  await list.end();
  for (const [path, status] of [["/exemples/qgis.html", 200], ["/exemples/rien.html", 404]]) {
    assert.equal((await fetch(BASE + path)).status, status);
  }
});

test("the MapLibre recipe of the documentation runs as it is written, over our own style", async () => {
  const docs = await open("/docs");
  const code = await docs.textContent("#maplibre ~ pre code");
  await docs.end();
  const page = await open(`${host}/maplibre.html`);
  await page.waitForFunction(() => "carte" in window && carte.isStyleLoaded(), null, WAIT);
  // The whole style, with the points and all the names that it has.
  await page.evaluate((style) => new Promise((done) => {
    carte.setStyle(style).once("idle", done);
  }), `${BASE}/styles/clair.json?enjeu=education`);
  const [source] = /(?<=addSource\(")[^"]+/.exec(code);
  await page.evaluate((text) => new Function("map", text)(carte), code);
  await page.waitForFunction((id) => carte.isSourceLoaded(id) && carte.queryRenderedFeatures({ layers: [id] }).length > 0, source, WAIT);
  assert.deepEqual(page.faults, []);
  await page.end();
});

test("styles are valid, absolute, filtered, and say which ones there are", async () => {
  const { styles } = await (await fetch(`${BASE}/styles`)).json();
  const { validateStyleMin } = await import("@maplibre/maplibre-gl-style-spec");
  for (const { url } of styles) {
    for (const query of ["", "?fond=initiatives", "?enjeu=education&type=initiative", "?fond=barometre-taux&maille=epci", "?fond=barometre-fiches&q=zzzzqqqq"]) {
      const response = await fetch(url + query);
      assert.equal(response.headers.get("access-control-allow-origin"), "*");
      const style = await response.json();
      assert.deepEqual(validateStyleMin(style), [], url + query);
      for (const source of Object.values(style.sources)) assert.ok(source.url.startsWith(`${BASE}/tiles/`), source.url);
      const again = await fetch(url + query, { headers: { "if-none-match": response.headers.get("etag") } });
      assert.equal(again.status, 304);
      const { vector_layers: layers } = await (await fetch(style.sources.territoires.url)).json();
      const known = layers.map(({ id }) => id);
      for (const layer of style.layers.filter((one) => one.source === "territoires")) {
        assert.ok(known.includes(layer["source-layer"]), `${layer.id} draws a layer that exists`);
      }
    }
  }
  const unknown = await fetch(`${BASE}/styles/bleu.json`);
  assert.equal(unknown.status, 404);
  assert.match(await unknown.text(), /clair, sombre, contraste/);
  assert.equal((await fetch(`${BASE}/styles/clair.json?fond=rouge`)).status, 400);
});
