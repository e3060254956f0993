// Reads a PMTiles archive with npm's `pmtiles` and `@mapbox/vector-tile`:
// `node read.mjs archive.pmtiles z/x/y…` prints what it says of itself and the features of each layer.
import { open } from 'node:fs/promises';
import { PMTiles } from 'pmtiles';
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';

/** Where `pmtiles` takes its bytes from. */
class FileSource {
  constructor(file) {
    this.file = file;
  }
  getKey() {
    return 'file';
  }
  async getBytes(offset, length) {
    const data = new Uint8Array(length);
    const { bytesRead } = await this.file.read(data, 0, length, offset);
    return { data: data.buffer.slice(0, bytesRead) };
  }
}

const [path, ...addresses] = process.argv.slice(2);
const file = await open(path);
const archive = new PMTiles(new FileSource(file));
const { minZoom, maxZoom, tileType } = await archive.getHeader();
const metadata = await archive.getMetadata();
const layers = metadata.vector_layers.map((layer) => layer.id);
const tiles = {};
for (const address of addresses) {
  const [z, x, y] = address.split('/').map(Number);
  const { data } = await archive.getZxy(z, x, y);
  const tile = new VectorTile(new PbfReader(new Uint8Array(data)));
  const counts = {};
  for (const [name, layer] of Object.entries(tile.layers)) {
    counts[name] = layer.length;
    for (let rank = 0; rank < layer.length; rank++) {
      const feature = layer.feature(rank);
      if (feature.loadGeometry().length === 0 || typeof feature.properties.code !== 'string') {
        throw new Error(`${address} ${name}: feature ${rank} has no geometry or no code`);
      }
    }
  }
  tiles[address] = counts;
}
await file.close();
console.log(JSON.stringify({ minZoom, maxZoom, vector: tileType === 1, layers, tiles }));
