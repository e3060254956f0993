// An operator's base map: its pictures, its attribution, its one origin, and nothing else of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { BASE, drawn, open } from "./browser.mjs";

const MAPPED = process.env.ATLAAS_MAPPED_URL;
const PICTURES = process.env.ATLAAS_PICTURES_URL;
const policyOf = async (url) => (await fetch(url)).headers.get("content-security-policy");

for (const path of ["/?q=wifi", "/embed?commune=13055", "/?fond=arobases"]) {
  test(`${path} shows the base map under ours, with its attribution`, async () => {
    const page = await open(MAPPED + path);
    await drawn(page);
    const origins = new Set(page.requests.filter((url) => url.startsWith("http")).map((url) => new URL(url).origin));
    assert.deepEqual(origins, new Set([MAPPED, PICTURES]));
    assert.ok((await page.locator("#live-map img.leaflet-tile-loaded").count()) > 0, "pictures are shown");
    const attribution = page.locator(".leaflet-control-attribution");
    assert.match(await attribution.textContent(), /Fond <b>d’essai<\/b>/, "as text, not as markup");
    assert.deepEqual(page.faults, []);
    await page.end();
  });
}

test("the policy opens pictures to that origin on pages with a live map, and nothing more", async () => {
  for (const path of ["/", "/embed"]) {
    const plain = await policyOf(BASE + path);
    assert.doesNotMatch(plain, /http/);
    assert.equal(await policyOf(MAPPED + path), plain.replace("img-src 'self' data:", `img-src 'self' data: ${PICTURES}`));
  }
  for (const path of ["/palmares", "/commune/13055", "/integrer"]) {
    assert.equal(await policyOf(MAPPED + path), await policyOf(BASE + path));
  }
});
