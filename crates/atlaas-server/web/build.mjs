// Bundles the entries into `dist/`, and compresses every file there for serving as it is.
// Run by ../build.rs in a copy of this directory, beside the words that it took from the catalogue.
import { build } from "esbuild";
import { ranges } from "./glyphs.mjs";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

await build({
  entryPoints: ["src/explorer.js", "src/embed.js", "src/integrer.js", "src/atlaas.js"],
  outdir: "dist",
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  legalComments: "none",
  banner: { js: "/* Atlaas ; Leaflet BSD-2-Clause, vector-tile et pbf BSD-3-Clause : voir /mentions */" },
  logLevel: "warning",
});

// What map libraries draw names with; drawn again only with other packages.
const FONT = "node_modules/@expo-google-fonts/noto-sans";
if (!existsSync("dist/glyphs-0-255.pbf")) {
  for (const [range, bytes] of ranges(`${FONT}/400Regular/NotoSans_400Regular.ttf`, "Noto Sans Regular")) {
    writeFileSync(`dist/glyphs-${range}.pbf`, bytes);
  }
}

// Their licences ask that the text goes along with what is distributed.
const licences = ["leaflet", "@mapbox/vector-tile", "@mapbox/point-geometry", "pbf"].map((name) => {
  const file = ["LICENSE", "LICENSE.txt", "LICENSE.md"].map((base) => `node_modules/${name}/${base}`).find(existsSync);
  if (!file) throw new Error(`${name} has no licence file`);
  return `${name}\n${"=".repeat(name.length)}\n\n${readFileSync(file, "utf8").trim()}\n`;
});
const font = readFileSync(`${FONT}/LICENSE_FONT`, "utf8").trim();
licences.push(`Noto Sans\n=========\n\n${font}\n`);
writeFileSync("dist/licences.txt", licences.join("\n\n"));

for (const name of readdirSync("dist")) {
  if (!/\.(js|css|txt|pbf)$/.test(name)) continue;
  const bytes = readFileSync(`dist/${name}`);
  const quality = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  writeFileSync(`dist/${name}.br`, brotliCompressSync(bytes, { params: quality }));
  writeFileSync(`dist/${name}.gz`, gzipSync(bytes, { level: 9 }));
}
