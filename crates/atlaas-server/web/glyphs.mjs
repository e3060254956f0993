// Draws a font as signed distances, in ranges of 256 signs, as map libraries ask for it: the form that
// Mapbox's `node-fontnik` gives (24 pixels to the em, a margin of 3, distances to 8 pixels, a quarter of
// them inside). Distances are measured to the outlines themselves, not to a picture of them.
import { readFileSync } from "node:fs";
import opentype from "opentype.js";
import { PbfWriter } from "pbf";

/** Pixels to the em, around a sign, and of the largest distance. */
const SIZE = 24;
const MARGIN = 3;
const RADIUS = 8;
/** Share of the distances that lies inside. */
const CUTOFF = 0.25;
/** Straight pieces of a curve. */
const PIECES = 8;
/** Latin with its accents, what is combined with it, Greek, punctuation and signs of money. */
const RANGES = [0, 256, 512, 768, 7680, 8192];

/** The outlines of a sign as straight edges `[x1, y1, x2, y2]`, in pixels, downwards. */
function edges(commands) {
  const found = [];
  let [x, y, startX, startY] = [0, 0, 0, 0];
  const to = (nextX, nextY) => {
    if (nextX !== x || nextY !== y) found.push([x, y, nextX, nextY]);
    [x, y] = [nextX, nextY];
  };
  const along = (point) => {
    for (let piece = 1; piece <= PIECES; piece++) to(...point(piece / PIECES));
  };
  for (const c of commands) {
    const [fromX, fromY] = [x, y];
    if (c.type === "M") [x, y, startX, startY] = [c.x, c.y, c.x, c.y];
    else if (c.type === "L") to(c.x, c.y);
    else if (c.type === "Q")
      along((t) => [
        (1 - t) ** 2 * fromX + 2 * (1 - t) * t * c.x1 + t * t * c.x,
        (1 - t) ** 2 * fromY + 2 * (1 - t) * t * c.y1 + t * t * c.y,
      ]);
    else if (c.type === "C")
      along((t) => [
        (1 - t) ** 3 * fromX + 3 * (1 - t) ** 2 * t * c.x1 + 3 * (1 - t) * t * t * c.x2 + t ** 3 * c.x,
        (1 - t) ** 3 * fromY + 3 * (1 - t) ** 2 * t * c.y1 + 3 * (1 - t) * t * t * c.y2 + t ** 3 * c.y,
      ]);
    else to(startX, startY);
  }
  return found;
}

/** Squared distance from a point to the nearest edge; whether the point is inside (non-zero winding). */
function measure(px, py, lines) {
  let nearest = Infinity;
  let winding = 0;
  for (const [x1, y1, x2, y2] of lines) {
    const [dx, dy] = [x2 - x1, y2 - y1];
    const t = Math.max(0, Math.min(1, ((px - x1) * dx + (py - y1) * dy) / (dx * dx + dy * dy)));
    nearest = Math.min(nearest, (px - x1 - t * dx) ** 2 + (py - y1 - t * dy) ** 2);
    if (y1 <= py !== y2 <= py && px < x1 + ((py - y1) / dy) * dx) winding += y2 > y1 ? 1 : -1;
  }
  return [Math.sqrt(nearest), winding !== 0];
}

/** One sign: its picture of distances with the margin, and where it stands. */
function draw(font, sign) {
  const glyph = font.charToGlyph(String.fromCodePoint(sign));
  const advance = Math.round((glyph.advanceWidth * SIZE) / font.unitsPerEm);
  const lines = edges(glyph.getPath(0, 0, SIZE).commands);
  if (lines.length === 0) return { id: sign, width: 0, height: 0, left: 0, top: 0, advance };
  const xs = lines.flatMap(([x1, , x2]) => [x1, x2]);
  const ys = lines.flatMap(([, y1, , y2]) => [y1, y2]);
  const [left, top] = [Math.floor(Math.min(...xs)), Math.floor(Math.min(...ys))];
  const [width, height] = [Math.ceil(Math.max(...xs)) - left, Math.ceil(Math.max(...ys)) - top];
  const across = width + 2 * MARGIN;
  const bitmap = new Uint8Array(across * (height + 2 * MARGIN));
  bitmap.forEach((_, rank) => {
    const [px, py] = [left - MARGIN + (rank % across) + 0.5, top - MARGIN + Math.floor(rank / across) + 0.5];
    const [distance, inside] = measure(px, py, lines);
    const outside = (inside ? -distance : distance) / RADIUS;
    bitmap[rank] = Math.max(0, Math.min(255, Math.round(255 * (1 - CUTOFF - outside))));
  });
  // `top` is counted from the ascender, as fontnik does.
  const ascender = Math.round((font.ascender * SIZE) / font.unitsPerEm);
  return { id: sign, bitmap, width, height, left, top: -top - ascender, advance };
}

function writeGlyph(glyph, pbf) {
  pbf.writeVarintField(1, glyph.id);
  if (glyph.bitmap) pbf.writeBytesField(2, glyph.bitmap);
  pbf.writeVarintField(3, glyph.width);
  pbf.writeVarintField(4, glyph.height);
  pbf.writeSVarintField(5, glyph.left);
  pbf.writeSVarintField(6, glyph.top);
  pbf.writeVarintField(7, glyph.advance);
}

/** The ranges of a font file, as `[name, bytes]`. */
export function ranges(file, name) {
  const bytes = readFileSync(file);
  const font = opentype.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  return RANGES.map((first) => {
    const range = `${first}-${first + 255}`;
    const signs = Array.from({ length: 256 }, (_, rank) => first + rank);
    const known = signs.filter((sign) => font.charToGlyphIndex(String.fromCodePoint(sign)) > 0);
    const pbf = new PbfWriter();
    pbf.writeMessage(1, (_, stack) => {
      stack.writeStringField(1, name);
      stack.writeStringField(2, range);
      for (const sign of known) stack.writeMessage(3, writeGlyph, draw(font, sign));
    });
    return [range, pbf.finish()];
  });
}
