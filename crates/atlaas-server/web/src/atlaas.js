// Atlaas, carte à insérer, version 1 : <atlaas-carte commune="13056" enjeu="education"><a href="…">…</a></atlaas-carte>
//
// Attributs : ceux de la recherche (q, commune, enjeu…), `hauteur` en pixels, `lang`, `fond`, `carte`.
// Événements : `atlaas:selection`, `atlaas:deplacement`. Méthodes : allerA(longitude, latitude, zoom),
// filtrer({ enjeu: "education" }). Rien n'est chargé avant que l'élément soit visible.
(() => {
  // As a module there is no current script: then the one that bears our address.
  const own = document.currentScript ?? document.querySelector('script[src*="/embed/v1/atlaas.js"]');
  const base = own?.src ? own.src.replace(/\/embed\/v1\/atlaas\.js.*$/, "") : "";
  // Of the element itself: every other attribute is a parameter of the search.
  const OWN = ["hauteur", "title", "style", "class", "id", "slot", "hidden", "tabindex", "role", "dir"];
  const LEAST = 200;

  class AtlaasCarte extends HTMLElement {
    connectedCallback() {
      this.style.display = "block";
      this.hear = (event) => this.onMessage(event);
      addEventListener("message", this.hear);
      this.watch = new IntersectionObserver((entries) => {
        if (entries.some((entry) => entry.isIntersecting)) this.load();
      }, { rootMargin: "200px" });
      this.watch.observe(this);
      this.change = new MutationObserver(() => {
        if (this.frame && this.frame.src !== this.address()) this.frame.src = this.address();
      });
      this.change.observe(this, { attributes: true });
    }

    disconnectedCallback() {
      removeEventListener("message", this.hear);
      this.watch.disconnect();
      this.change.disconnect();
      this.frame = undefined;
    }

    address() {
      const query = new URLSearchParams();
      for (const { name, value } of this.attributes) {
        if (value && !OWN.includes(name) && !/^(aria|data)-|^on/.test(name)) query.set(name, value);
      }
      return `${base}/embed?${query}`;
    }

    load() {
      if (this.frame) return;
      this.watch.disconnect();
      const frame = document.createElement("iframe");
      frame.src = this.address();
      frame.title = this.getAttribute("title") || this.textContent.trim() || "Carte Atlaas";
      frame.style.cssText = "display:block;width:100%;border:0";
      frame.style.height = `${Math.max(LEAST, Number(this.getAttribute("hauteur")) || 480)}px`;
      frame.allow = "geolocation";
      this.frame = frame;
      this.replaceChildren(frame);
    }

    onMessage({ source, data }) {
      if (!this.frame || source !== this.frame.contentWindow || data?.atlaas !== 1) return;
      const { type, ...detail } = data;
      if (type === "hauteur") {
        if (!this.hasAttribute("hauteur")) this.frame.style.height = `${Math.max(LEAST, Math.min(4000, detail.hauteur))}px`;
      } else if (type === "selection" || type === "deplacement") {
        this.dispatchEvent(new CustomEvent(`atlaas:${type}`, { detail, bubbles: true }));
      }
    }

    say(message) {
      this.load();
      this.frame.contentWindow?.postMessage({ atlaas: 1, ...message }, "*");
    }

    allerA(longitude, latitude, zoom) {
      this.say({ type: "allerA", longitude, latitude, zoom });
    }

    filtrer(filtres) {
      this.say({ type: "filtrer", filtres });
    }
  }

  if (!customElements.get("atlaas-carte")) customElements.define("atlaas-carte", AtlaasCarte);
})();
