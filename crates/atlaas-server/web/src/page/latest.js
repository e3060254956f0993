// Fetching where only the latest question counts: an older answer is cancelled, and never wins.

export class Latest {
  constructor() {
    this.sequence = 0;
    /** @type {AbortController | null} */
    this.controller = null;
  }

  /**
   * @template T
   * @param {string} url @param {(response: Response) => Promise<T>} read
   * @returns {Promise<T | undefined>} undefined when a newer question was asked meanwhile
   */
  async ask(url, read) {
    this.cancel();
    const sequence = this.sequence;
    this.controller = new AbortController();
    try {
      const response = await fetch(url, { signal: this.controller.signal, credentials: "omit" });
      const answer = await read(response);
      return sequence === this.sequence ? answer : undefined;
    } catch (error) {
      if (sequence !== this.sequence || error.name === "AbortError") return undefined;
      throw error;
    }
  }

  cancel() {
    this.sequence += 1;
    this.controller?.abort();
  }
}

/** @param {Response} response */
export async function readDocument(response) {
  return new DOMParser().parseFromString(await response.text(), "text/html");
}
