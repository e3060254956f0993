// Lightness: what a page costs before it shows its map, and whom it calls.
import assert from "node:assert/strict";
import { test } from "node:test";
import { brotliCompressSync, constants } from "node:zlib";
import { BASE, drawn, open } from "./browser.mjs";

const KB = 1000;
const isTile = (url) => url.includes("/tiles/");

/** Size of a body as brotli, as our assets and a proxy's dynamic compression send it. */
async function weight(url) {
  const body = Buffer.from(await (await fetch(url)).arrayBuffer());
  const quality = url.includes("/actifs/") ? 11 : 5;
  return brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }).length;
}

async function weightOf(urls) {
  const loaded = [...new Set(urls)].filter((url) => url.startsWith("http") && !isTile(url));
  const sizes = await Promise.all(loaded.map(weight));
  return { count: loaded.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

test("the explorer stays within 75 kB and 8 requests before tiles", async () => {
  const page = await open("/");
  await drawn(page);
  const { count, bytes } = await weightOf(page.requests);
  console.log(`explorer: ${bytes} bytes, ${count} requests`);
  assert.ok(bytes <= 75 * KB, `${bytes} bytes`);
  assert.ok(count <= 8, `${count} requests: ${page.requests}`);
  assert.deepEqual(page.faults, []);
  await page.end();
});

test("the element is under 4 kB, and the embedded page under 60 kB", async () => {
  const element = await weight(`${BASE}/embed/v1/atlaas.js`);
  for (const query of ["enjeu=education", "semblables_a=commune-19015&type=initiative"]) {
    const page = await open(`/embed?${query}`);
    await drawn(page);
    const { bytes } = await weightOf(page.requests);
    console.log(`element: ${element} bytes; embedded page of ${query}: ${bytes} bytes`);
    assert.ok(element <= 4 * KB, `${element} bytes`);
    assert.ok(bytes + element <= 60 * KB, `${query}: ${bytes} bytes`);
    await page.end();
  }
});

test("without scripts a page loads no script and at most 8 kB of style", async () => {
  const page = await open("/?q=wifi", { javaScriptEnabled: false });
  const scripts = page.requests.filter((url) => url.endsWith(".js"));
  const sheets = page.requests.filter((url) => url.endsWith(".css"));
  const { bytes } = await weightOf(sheets);
  assert.deepEqual(scripts, []);
  assert.ok(bytes > 0 && bytes <= 8 * KB, `${bytes} bytes`);
  await page.end();
});

test("nobody else is called, and nothing is kept in the browser", async () => {
  for (const path of ["/", "/?q=wifi&fiche=commune-75056", "/commune/75056", "/palmares", "/integrer", "/embed"]) {
    const page = await open(path);
    await page.waitForTimeout(1500);
    const foreign = page.requests.filter((url) => url.startsWith("http") && new URL(url).origin !== new URL(BASE).origin);
    const kept = await page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length]);
    assert.deepEqual(foreign, [], path);
    assert.deepEqual(kept, ["", 0, 0], path);
    assert.deepEqual(page.faults, [], path);
    await page.end();
  }
});

test("the first map is drawn within two seconds", async () => {
  const page = await open("/", { waitUntil: "commit" });
  const started = Date.now();
  await page.waitForFunction(() => Number(document.getElementById("live-map")?.dataset.drawn) > 0, null, { timeout: 30_000 });
  // Told, not judged: the machine may be busy with other tests.
  console.log(`first map: ${Date.now() - started} ms`);
  await page.end();
});
