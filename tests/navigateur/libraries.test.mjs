// Our styles in the map libraries that people have: each draws the land and the names on it, with signs of
// ours. Those before MapLibre 5.11 show no map at all when a style has text and no signs.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { BASE, open } from "./browser.mjs";

/** Package, and the name under which its script puts the library. */
const LIBRARIES = [
  ["maplibre-gl-3", "maplibregl"],
  ["maplibre-gl-4", "maplibregl"],
  ["maplibre-gl-5-10", "maplibregl"],
  ["maplibre-gl-5", "maplibregl"],
  ["mapbox-gl-1", "mapboxgl"],
];

let server;
let host;

before(async () => {
  server = createServer((request, response) => {
    const [, name] = request.url.split("/");
    const known = LIBRARIES.find(([library]) => library === name);
    if (!known) {
      response.writeHead(204).end();
      return;
    }
    const file = known[1] === "mapboxgl" ? "mapbox-gl.js" : "maplibre-gl.js";
    const script = readFileSync(`node_modules/${name}/dist/${file}`, "utf8").replaceAll("</script", "<\\/script");
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    response.end(`<!doctype html><title>${name}</title><div id="map" style="width:900px;height:600px"></div><script>${script}</script>`);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  host = `http://127.0.0.1:${server.address().port}`;
});

after(() => {
  server.closeAllConnections();
  server.close();
});

const style = await (await fetch(`${BASE}/styles/clair.json`)).json();
const skip = style.glyphs ? false : "built without Node.js: styles have no text";

for (const [library, name] of LIBRARIES) {
  test(`${library} draws our styles with their names`, { skip }, async () => {
    for (const [path, written] of [["clair", true], ["sombre", true], ["contraste", true], ["clair.json?texte=non", false]]) {
      const address = `${BASE}/styles/${path.includes(".") ? path : `${path}.json`}`;
      const page = await open(`${host}/${library}`);
      const drawn = await page.evaluate(async ([global, url]) => {
        const map = new window[global].Map({ container: "map", style: url, center: [5.2, 43.5], zoom: 7, fadeDuration: 0 });
        const errors = [];
        map.on("error", ({ error }) => errors.push(String(error)));
        await new Promise((done) => { map.once("idle", done); });
        const count = (prefix) => map.queryRenderedFeatures().filter(({ layer }) => layer.type === prefix).length;
        return { errors, land: count("fill"), names: count("symbol") };
      }, [name, address]);
      assert.deepEqual(drawn.errors, [], address);
      assert.ok(drawn.land > 0, `${address}: no land`);
      assert.equal(drawn.names > 0, written, `${address}: ${drawn.names} names`);
      const foreign = page.requests.filter((url) => url.startsWith("http") && !url.startsWith(BASE) && !url.startsWith(host));
      assert.deepEqual(foreign, [], address);
      await page.end();
    }
  });
}
