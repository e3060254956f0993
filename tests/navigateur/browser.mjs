// One browser for all tests of a file, pages that watch what they load, and the service's address.
import { chromium } from "playwright-core";
import { after } from "node:test";

/** Address of the service under test, without a final slash. */
export const BASE = process.env.ATLAAS_URL ?? "http://127.0.0.1:8080";

let browser;

async function launched() {
  browser ??= await chromium.launch({
    executablePath: process.env.ATLAAS_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-dev-shm-usage", ...(process.env.ATLAAS_BROWSER_ARGS ?? "").split(" ").filter(Boolean)],
  });
  return browser;
}

after(async () => {
  await browser?.close();
});

/**
 * Opens a page of the service, or another address.
 * @param {string} path @param {object} [options] of the browser's context, and `init` to prepare the page
 */
export async function open(path, options = {}) {
  const { init, waitUntil = "load", ...context } = options;
  const owned = await (await launched()).newContext({ viewport: { width: 1280, height: 800 }, locale: "fr-FR", ...context });
  const page = await owned.newPage();
  page.requests = [];
  page.faults = [];
  page.on("request", (request) => page.requests.push(request.url()));
  page.on("pageerror", (error) => page.faults.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") page.faults.push(message.text());
  });
  if (init) await init(page);
  await page.goto(path.startsWith("http") ? path : BASE + path, { waitUntil });
  page.end = () => owned.close();
  return page;
}

/** Waits until the map has drawn everything it asked for, and gives the number of fiches on it. */
export async function drawn(page) {
  await page.waitForSelector("#live-map[data-drawn]", { timeout: 20_000 });
  let last = "";
  for (let round = 0; round < 60; round += 1) {
    const now = await page.getAttribute("#live-map", "data-drawn");
    if (now === last && round > 2) return Number(now);
    last = now;
    await page.waitForTimeout(250);
  }
  throw new Error("the map never settled");
}

/** The API's answer to a query. */
export async function api(query) {
  const response = await fetch(`${BASE}/api/v1/fiches?${query}`);
  return response.json();
}

/** Opens the filters, which are folded above the list; they stay open from query to query. */
export async function unfold(page) {
  if (await page.evaluate(() => !document.getElementById("filters").open)) await page.click("#filters > summary");
}
