// Vector tiles by address: fetched once, decoded, shared by layers, cancelled when nobody waits.
import { VectorTile } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";

/** Decoded tiles that are kept after their last user left. */
const KEPT = 96;

/**
 * @typedef {object} Entry
 * @property {Promise<VectorTile | null>} promise
 * @property {AbortController} controller
 * @property {number} users
 * @property {boolean} settled
 */

export class TileSource {
  /**
   * @param {string} address with `{z}`, `{x}` and `{y}`
   * @param {number} maxZoom deepest zoom that exists; deeper views show its tiles larger
   */
  constructor(address, maxZoom) {
    this.address = address;
    this.maxZoom = maxZoom;
    /** @type {Map<string, Entry>} */
    this.entries = new Map();
  }

  /**
   * Asks for a tile; every call is answered by one later call of `release` with the same numbers.
   * @param {number} z @param {number} x @param {number} y
   * @returns {Promise<VectorTile | null>} null for an empty tile
   */
  request(z, x, y) {
    const key = `${z}/${x}/${y}`;
    let entry = this.entries.get(key);
    if (!entry) {
      const controller = new AbortController();
      const promise = load(this.address, z, x, y, controller.signal);
      const fresh = { promise, controller, users: 0, settled: false };
      promise.then(
        () => {
          fresh.settled = true;
        },
        () => {
          if (this.entries.get(key) === fresh) this.entries.delete(key);
        },
      );
      entry = fresh;
    }
    // Moves the entry to the young end of the map.
    this.entries.delete(key);
    this.entries.set(key, entry);
    entry.users += 1;
    return entry.promise;
  }

  /** @param {number} z @param {number} x @param {number} y */
  release(z, x, y) {
    const key = `${z}/${x}/${y}`;
    const entry = this.entries.get(key);
    if (!entry) return;
    entry.users -= 1;
    if (entry.users <= 0 && !entry.settled) {
      this.entries.delete(key);
      entry.controller.abort();
    }
    this.trim();
  }

  /** Forgets the oldest tiles that nobody uses. */
  trim() {
    let idle = 0;
    for (const [key, entry] of [...this.entries].reverse()) {
      if (entry.users > 0) continue;
      idle += 1;
      if (idle > KEPT) this.entries.delete(key);
    }
  }

  /** Cancels whatever is under way. */
  close() {
    for (const entry of this.entries.values()) {
      if (!entry.settled) entry.controller.abort();
    }
    this.entries.clear();
  }
}

/**
 * @param {string} address @param {number} z @param {number} x @param {number} y
 * @param {AbortSignal} signal
 */
async function load(address, z, x, y, signal) {
  const url = address
    .replace("{z}", String(z))
    .replace("{x}", String(x))
    .replace("{y}", String(y));
  const response = await fetch(url, { signal, credentials: "omit" });
  if (response.status === 204) return null;
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  const bytes = await response.arrayBuffer();
  return bytes.byteLength === 0 ? null : new VectorTile(new PbfReader(bytes));
}
