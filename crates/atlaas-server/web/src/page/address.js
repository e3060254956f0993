// The address of the page: the query that every form of the answer shares, and what only the page knows.

/** Parameters of the page; the rest is the query. */
const OWN = ["fiche", "carte", "fond", "maille", "lang"];

/**
 * @typedef {object} Address
 * @property {URLSearchParams} query
 * @property {Record<string, string>} own
 */

/**
 * @param {string} search
 * @param {string[]} [known] names of the query: what strangers add to a link is left behind
 * @returns {Address}
 */
export function readAddress(search, known) {
  const query = new URLSearchParams();
  /** @type {Record<string, string>} */
  const own = {};
  for (const [name, value] of new URLSearchParams(search)) {
    if (OWN.includes(name)) own[name] = value;
    else if (value !== "" && (known?.includes(name) ?? true)) query.append(name, value);
  }
  return { query, own };
}

/** @param {Address} address @returns {string} with its `?`, or empty */
export function writeAddress({ query, own }) {
  const all = new URLSearchParams(query);
  for (const name of OWN) if (own[name]) all.set(name, own[name]);
  // Commas and slashes are legal in a query, and links are read by people.
  const text = all.toString().replaceAll("%2C", ",").replaceAll("%2F", "/");
  return text && `?${text}`;
}

/**
 * The query without paging: which fiches, not how they are listed.
 * @param {URLSearchParams} query
 */
export function withoutPaging(query) {
  const copy = new URLSearchParams(query);
  for (const name of ["offset", "apres"]) copy.delete(name);
  return copy;
}
