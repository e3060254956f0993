// Comparisons and reports: few sheets of paper, nothing wider than a phone, the form by keyboard alone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./browser.mjs";

const PLACES = ["commune-13056", "commune-19015", "epci-200054807", "departement-48"];

/** Sheets of A4 that a page prints on. */
async function sheets(path) {
  const page = await open(path);
  const margin = { top: "12mm", bottom: "12mm", left: "12mm", right: "12mm" };
  const pdf = (await page.pdf({ format: "A4", printBackground: false, margin })).toString("latin1");
  await page.end();
  return pdf.match(/\/Type\s*\/Page[^s]/g)?.length ?? 0;
}

for (const report of ["/releve", "/releve/region-93", "/releve/departement-13", "/releve/epci-200054807", "/releve/commune-13056"]) {
  test(`${report} prints on four sheets at most and fits a phone`, async () => {
    const count = await sheets(report);
    assert.ok(count >= 1 && count <= 4, `${count} sheets`);
    const page = await open(report, { viewport: { width: 360, height: 740 } });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 360, `${wide} px`);
    const drawn = await page.evaluate(() => [...document.images].every((image) => image.complete && image.naturalWidth > 0));
    assert.ok(drawn, "every map is drawn");
    assert.deepEqual(page.faults, []);
    await page.end();
  });
}

for (const place of PLACES) {
  test(`${place} prints on two sheets`, async () => {
    const count = await sheets(`/comparer/${place}`);
    assert.ok(count >= 1 && count <= 2, `${count} sheets`);
  });

  test(`${place} fits a phone`, async () => {
    const page = await open(`/comparer/${place}`, { viewport: { width: 360, height: 740 } });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 360, `${wide} px`);
    await page.end();
  });
}

test("the form is found, filled and sent with keys alone", async () => {
  const page = await open("/comparer");
  await page.focus("#lieu");
  await page.keyboard.type("Martigues");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  for (let tab = 0; tab < 3; tab += 1) await page.keyboard.press("Tab");
  await Promise.all([page.waitForURL(/comparer\/commune-13056/), page.keyboard.press("Enter")]);
  assert.match(page.url(), /lentille=rural/);
  assert.equal(await page.inputValue("#lentille"), "rural");
  assert.deepEqual(page.faults, []);
  await page.end();
});
