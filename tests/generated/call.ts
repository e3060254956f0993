// A call through the types that `openapi-typescript` makes of /openapi.json: it compiles only if every
// answer has the type of its address, and a field that does not exist is refused.
import createClient from "openapi-fetch";
import type { components, paths } from "./description.js";

declare const process: { argv: string[] };

const client = createClient<paths>({ baseUrl: process.argv[2] ?? "" });

const fiche = await client.GET("/api/v1/fiches/{id}", { params: { path: { id: "commune-13056" } } });
if (fiche.data === undefined) throw new Error(fiche.error.detail);
const nom: string = fiche.data.properties.nom;
const type: components["schemas"]["TypeDeFiche"] = fiche.data.properties.type;
// @ts-expect-error: no such field.
fiche.data.properties.inconnu;

const suggestions = await client.GET("/api/v1/suggestions", { params: { query: { q: "martig" } } });
if (suggestions.data === undefined) throw new Error(suggestions.error.detail);
const premier: string | undefined = suggestions.data.territoires[0]?.nom;

const refus = await client.GET("/reverse/", { params: { query: { lon: 500, lat: 43.4 } } });
const faute: string | undefined = refus.error?.errors?.[0]?.parametre;

console.log(JSON.stringify({ nom, type, premier, faute }));
