// What the scripts themselves say, in the language of the page. `words.js` is written by build.rs from
// the catalogue of words, `../words`: a message `script-zoom-in` is `zoomIn` here.
import { ENGLISH, FRENCH } from "./words.js";

export const TEXTS = document.documentElement.lang === "en" ? ENGLISH : FRENCH;
