// Lighthouse on each kind of page: accessibility and best practices are whole.
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { BASE } from "./browser.mjs";

const PAGES = {
  explorer: "/",
  results: "/?q=wifi",
  fiche: "/fiche/FICHE",
  commune: "/commune/75056",
  embed: "/embed?commune=13055",
  generator: "/integrer?commune=75056",
  examples: "/exemples",
};
const CATEGORIES = ["accessibility", "best-practices"];

let chrome;

before(async () => {
  chrome = await launch({
    chromePath: process.env.ATLAAS_CHROMIUM ?? "/usr/bin/chromium",
    chromeFlags: ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage"],
  });
});

after(() => chrome.kill());

for (const [name, path] of Object.entries(PAGES)) {
  test(`${name}: 100 in accessibility and in best practices`, async () => {
    const { features } = await (await fetch(`${BASE}/api/v1/fiches?type=initiative&limit=1`)).json();
    const url = BASE + path.replace("FICHE", features[0].id);
    const { lhr } = await lighthouse(url, { port: chrome.port, onlyCategories: CATEGORIES, logLevel: "silent" });
    const failed = Object.values(lhr.audits).filter(({ score, scoreDisplayMode }) => scoreDisplayMode === "binary" && score < 1);
    const scores = CATEGORIES.map((category) => lhr.categories[category].score);
    assert.deepEqual(scores, [1, 1], failed.map(({ id, details }) => `${id} ${details?.items?.[0]?.node?.snippet ?? ""}`).join("; "));
  });
}
