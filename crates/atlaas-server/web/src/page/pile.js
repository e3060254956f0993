// Several fiches at one position, which no zoom separates: their list, asked for by the group's id.
import { element } from "../map/controls.js";
import { TEXTS } from "../texts.js";

/** As many as one look takes in; the list of results has them all. */
const MOST = 100;

/**
 * @param {any} symbol the pile @param {{base: string, query: string, lang?: string}} page
 * @returns {{address: string, build: (found: any) => HTMLElement}}
 */
export function pile(symbol, { base, query, lang }) {
  const { cluster_id: id } = symbol.properties;
  const mark = query ? "&" : "";
  const address = `${base}/api/v1/grappes/${symbol.tileset}/${id}?${query}${mark}limit=${MOST}`;
  const build = (found) => {
    const box = element("div");
    const list = element("ul", "hits");
    box.append(element("h2", "", `${found.numberMatched} ${symbol.look.many} ${TEXTS.samePlace}`), list);
    for (const { id: fiche, properties } of found.features) {
      const item = element("li", "hit");
      item.dataset.fiche = fiche;
      const title = element("h3");
      const link = /** @type {HTMLAnchorElement} */ (element("a", "", properties.nom));
      link.href = `${base}/fiche/${encodeURIComponent(fiche)}${lang ? `?lang=${lang}` : ""}`;
      title.append(link);
      const facts = [properties.commune?.nom ?? properties.commune, properties.annee].filter(Boolean);
      item.append(title, element("p", "soft", facts.join(" · ")));
      list.append(item);
    }
    return box;
  };
  return { address, build };
}

/** @param {Response} response */
export async function readJson(response) {
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}
