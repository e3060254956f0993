// Embeds: in the hosts that they will meet, which are not kind.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { BASE, drawn, open } from "./browser.mjs";

const SNIPPET = `<script type="module" src="${BASE}/embed/v1/atlaas.js"></script>
<atlaas-carte commune="13055" enjeu="education"><a href="${BASE}/?commune=13055">Carte</a></atlaas-carte>`;
const FRAME = (attributes = "") => `<iframe ${attributes} src="${BASE}/embed?commune=13055&amp;type=initiative" title="Carte" width="100%" height="520"></iframe>`;

const HOSTS = {
  "/plain": [SNIPPET],
  // As a careless editor leaves it: no module, curly rests, paragraphs around.
  "/mangled": [`<p><script src="${BASE}/embed/v1/atlaas.js"></script></p><p><atlaas-carte commune="13055"><p><a href="${BASE}/?commune=13055&amp;amp;enjeu=education">Carte</a></p></atlaas-carte></p>`],
  "/sandboxed": [FRAME('sandbox="allow-scripts"')],
  "/strict": [FRAME(), `default-src 'none'; frame-src ${BASE}`],
  "/tall": [`${SNIPPET}<div style="height:3000px"></div>`],
  "/far": [`<div style="height:4000px"></div>${SNIPPET}`],
};

let server;
let host;

before(async () => {
  server = createServer((request, response) => {
    const [body, policy] = HOSTS[request.url] ?? ["nothing"];
    response.setHeader("content-type", "text/html; charset=utf-8");
    if (policy) response.setHeader("content-security-policy", policy);
    response.end(`<!DOCTYPE html><html lang="fr"><title>Mairie</title><style>a{color:red!important}iframe{max-width:100%}</style><h1>Mairie</h1>${body}`);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  host = `http://127.0.0.1:${server.address().port}`;
});

after(() => server.close());

async function embedded(page) {
  await page.waitForSelector("iframe");
  const frame = await (await page.$("iframe")).contentFrame();
  await frame.waitForSelector("#results .hit", { timeout: 20_000 });
  return frame;
}

for (const name of ["/plain", "/mangled"]) {
  test(`the element works in ${name}`, async () => {
    const page = await open(host + name);
    const frame = await embedded(page);
    await drawn(frame);
    assert.match(frame.url(), /commune=13055/);
    assert.deepEqual(page.faults, []);
    await page.end();
  });
}

test("the element loads nothing but itself until it is seen", async () => {
  const page = await open(`${host}/far`);
  await page.waitForTimeout(800);
  assert.deepEqual(page.requests.filter((url) => url.startsWith(BASE)), [`${BASE}/embed/v1/atlaas.js`]);
  await page.evaluate(() => document.querySelector("atlaas-carte").scrollIntoView());
  await embedded(page);
  await page.end();
});

test("host and map talk: selection, movement, methods", async () => {
  const page = await open(`${host}/plain`);
  const frame = await embedded(page);
  await drawn(frame);
  await page.evaluate(() => {
    window.heard = [];
    for (const name of ["atlaas:selection", "atlaas:deplacement"]) {
      document.addEventListener(name, (event) => window.heard.push([name, event.detail]));
    }
  });
  await frame.click("#results .hit a");
  await page.waitForFunction(() => window.heard.some(([name, detail]) => name === "atlaas:selection" && detail.id));
  await frame.waitForSelector("#panel:not([hidden]) h1");
  await page.evaluate(() => document.querySelector("atlaas-carte").filtrer({ enjeu: "emploi" }));
  await frame.waitForFunction(() => document.getElementById("results").dataset.query.includes("emploi"));
  // The host moves the map, then a hand does: only the hand is told, from where the host had gone.
  await page.evaluate(() => {
    window.heard.length = 0;
    document.querySelector("atlaas-carte").allerA(2.35, 48.85, 11);
  });
  await drawn(frame);
  await frame.click(".leaflet-control-zoom-in");
  await page.waitForFunction(() => window.heard.some(([name]) => name === "atlaas:deplacement"));
  const [[, moved], ...others] = await page.evaluate(() => window.heard);
  assert.match(moved.etat, /^12\/48\.8[45]\d*\/2\.3[45]/);
  assert.equal(moved.bbox.length, 4);
  assert.deepEqual(others, []);
  await page.end();
});

test("the height that the map wants is heard from its own window only", async () => {
  const page = await open(`${host}/plain`, { viewport: { width: 360, height: 740 } });
  const frame = await embedded(page);
  const height = () => page.evaluate(() => document.querySelector("atlaas-carte iframe").getBoundingClientRect().height);
  await page.waitForFunction(() => document.querySelector("atlaas-carte iframe").style.height !== "480px");
  const own = await height();
  assert.ok(own >= 320 && own <= 700, `${own} pixels`);
  await page.evaluate(() => window.postMessage({ atlaas: 1, type: "hauteur", hauteur: 3000 }, "*"));
  await page.waitForTimeout(300);
  assert.equal(await height(), own, "a stranger's message changes nothing");
  assert.ok(await frame.$("#results .hit"));
  await page.end();
});

for (const name of ["/sandboxed", "/strict"]) {
  test(`the frame works in ${name}`, async () => {
    const page = await open(host + name);
    const frame = await embedded(page);
    assert.ok((await drawn(frame)) > 0);
    await page.end();
  });
}

test("the frame works without scripts, at 320 pixels", async () => {
  const page = await open("/embed?commune=13055&type=initiative", { javaScriptEnabled: false, viewport: { width: 320, height: 520 } });
  assert.ok(await page.$("#map svg[role=img]"));
  assert.ok((await page.locator("#results .hit").count()) > 0);
  await page.end();
});

test("other pages of the service cannot be framed by strangers, embeds can", async () => {
  const policy = async (path) => (await fetch(BASE + path)).headers.get("content-security-policy");
  assert.match(await policy("/"), /frame-ancestors 'self'/);
  assert.match(await policy("/embed"), /frame-ancestors \*/);
  for (const path of ["/", "/embed", "/palmares"]) assert.doesNotMatch(await policy(path), /unsafe/);
});

const zoomOf = (frame) => frame.evaluate(() => document.querySelector(".leaflet-control-scale-line").textContent);
const hinted = (frame) => frame.isVisible(".gesture-hint");

test("the wheel over an embed scrolls the page around it, unless Ctrl or a click gives it to the map", async () => {
  const page = await open(`${host}/tall`);
  const frame = await embedded(page);
  await drawn(frame);
  const { x, y, width } = await (await page.$("iframe")).boundingBox();
  const before = await zoomOf(frame);
  await page.mouse.move(x + width / 4, y + 200);
  await page.mouse.wheel(0, 120);
  await frame.waitForSelector(".gesture-hint:visible");
  assert.match(await frame.textContent(".gesture-hint"), /Ctrl/);
  await page.waitForFunction(() => scrollY > 0);
  assert.equal(await zoomOf(frame), before, "the map stays");
  await frame.waitForSelector(".gesture-hint", { state: "hidden" });

  await page.evaluate(() => scrollTo(0, 0));
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -120);
  await page.keyboard.up("Control");
  await frame.waitForFunction((old) => document.querySelector(".leaflet-control-scale-line").textContent !== old, before);
  assert.equal(await page.evaluate(() => scrollY), 0);
  await drawn(frame);

  const closer = await zoomOf(frame);
  // On the sea of the corner, where nothing opens.
  await frame.evaluate(() => document.getElementById("live-map").dispatchEvent(new MouseEvent("click", { bubbles: true })));
  await page.mouse.wheel(0, -120);
  await frame.waitForFunction((old) => document.querySelector(".leaflet-control-scale-line").textContent !== old, closer);
  await drawn(frame);
  const closest = await zoomOf(frame);
  await page.mouse.move(x + width / 4, 2);
  await page.mouse.move(x + width / 4, y + 200);
  await page.mouse.wheel(0, 120);
  await frame.waitForSelector(".gesture-hint:visible");
  assert.equal(await zoomOf(frame), closest, "leaving gives the wheel back");
  await page.end();
});

/** Fingers on the screen, each from one place to another. */
async function swipe(page, fingers) {
  const session = await page.context().newCDPSession(page);
  const at = (share) => fingers.map(([from, to], id) => ({
    id,
    x: from[0] + (to[0] - from[0]) * share,
    y: from[1] + (to[1] - from[1]) * share,
  }));
  await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: at(0) });
  for (let step = 1; step <= 8; step += 1) {
    await session.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: at(step / 8) });
    await page.waitForTimeout(20);
  }
  await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await page.waitForTimeout(500);
}

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

test("one finger on an embed scrolls the page, two move the map", async () => {
  const page = await open(`${host}/tall`, PHONE);
  const frame = await embedded(page);
  await drawn(frame);
  const moves = () => page.evaluate(() => {
    window.heard ??= 0;
    return window.heard;
  });
  await page.evaluate(() => {
    window.heard = 0;
    document.addEventListener("atlaas:deplacement", () => {
      window.heard += 1;
    });
  });
  assert.equal(await frame.evaluate(() => getComputedStyle(document.getElementById("live-map")).touchAction), "pan-y");
  const { x, y } = await (await page.$("iframe")).boundingBox();
  await swipe(page, [[[x + 150, y + 150], [x + 150, y + 40]]]);
  assert.equal(await moves(), 0, "the map stays");
  assert.ok((await page.evaluate(() => scrollY)) > 20, "the page scrolls");
  await page.evaluate(() => scrollTo(0, 0));
  await swipe(page, [[[x + 60, y + 100], [x + 160, y + 101]]]);
  assert.equal(await moves(), 0);
  assert.ok(await hinted(frame), "one finger is told that two are needed");
  await swipe(page, [[[x + 100, y + 100], [x + 180, y + 130]], [[x + 160, y + 100], [x + 240, y + 130]]]);
  assert.ok((await moves()) > 0, "two fingers move the map");
  await page.end();
});

test("on a phone one finger on the map of the explorer scrolls the page; an embed by itself keeps its gestures", async () => {
  for (const [path, action] of [["/", "pan-y"], ["/embed?commune=13055", "none"]]) {
    const page = await open(path, PHONE);
    await drawn(page);
    assert.equal(await page.evaluate(() => getComputedStyle(document.getElementById("live-map")).touchAction), action, path);
    await page.end();
  }
  const page = await open("/", PHONE);
  await drawn(page);
  const { y } = await (await page.$("#live-map")).boundingBox();
  await swipe(page, [[[180, y + 250], [180, y + 60]]]);
  assert.ok((await page.evaluate(() => scrollY)) > 20);
  assert.doesNotMatch(page.url(), /carte=/);
  await page.end();
});
