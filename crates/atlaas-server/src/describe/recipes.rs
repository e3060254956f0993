//! Short recipes for the tools that people have: what `/docs` shows, and tests run where they can.

/// Stands for the public address in the code of a recipe.
const ADDRESS: &str = "ADRESSE";

/// A recipe.
#[derive(Clone, Copy)]
pub struct Recipe {
    /// Anchor in the page.
    pub id: &'static str,
    /// What for.
    pub title: &'static str,
    /// How, in a sentence.
    pub about: &'static str,
    code: &'static str,
    tests: Tests,
}

/// What tests do of a recipe.
#[derive(Clone, Copy)]
enum Tests {
    /// They run it as it is written.
    Run,
    /// They ask for its address and look at the answer; the tool is not run.
    Ask,
    /// They open a page that does the same, `/exemples/…`, in a browser.
    Page(&'static str),
    /// They read with the library that the tool reads with.
    Gdal,
    /// Nothing.
    No,
}

impl Recipe {
    /// What to copy, with the public address in it.
    pub fn code(&self, base: &str) -> String {
        self.code.replace(ADDRESS, base)
    }

    /// What tests do of it, for readers.
    pub fn note(&self, base: &str) -> String {
        let fixed = match self.tests {
            Tests::Page(name) => {
                return format!(
                    "Une page qui fait de même est ouverte par nos tests dans un navigateur : {base}/exemples/{name}."
                );
            }
            Tests::Run => "Cette recette est exécutée par nos tests.",
            Tests::Ask => "Cette adresse est demandée par nos tests ; l’outil n’y est pas lancé.",
            Tests::Gdal => {
                "Nos tests lisent cette adresse avec GDAL, que QGIS emploie ; QGIS n’y est pas lancé."
            }
            Tests::No => "Cette recette n’est pas exécutée par nos tests.",
        };
        fixed.to_owned()
    }
}

/// Every recipe.
pub static RECIPES: [Recipe; 12] = [
    Recipe {
        id: "maplibre",
        title: "MapLibre GL JS",
        about: "Une source vectorielle par le TileJSON ; les paramètres de la recherche la filtrent.",
        // Names of its own: our styles have a source and layers that are called « initiatives… ».
        code: r#"map.addSource("mes-initiatives", {
  type: "vector",
  url: "ADRESSE/tiles/initiatives.json?enjeu=education",
});
map.addLayer({
  id: "mes-initiatives",
  type: "circle",
  source: "mes-initiatives",
  "source-layer": "initiatives",
});"#,
        tests: Tests::Page("maplibre.html"),
    },
    Recipe {
        id: "leaflet",
        title: "Leaflet",
        about: "Les fiches d’une requête, en GeoJSON.",
        code: r#"fetch("ADRESSE/api/v1/fiches?type=colieu&departement=13&limit=1000")
  .then((answer) => answer.json())
  .then((fiches) => L.geoJSON(fiches, {
    onEachFeature: (fiche, layer) => layer.bindPopup(fiche.properties.nom),
  }).addTo(map));"#,
        tests: Tests::Ask,
    },
    Recipe {
        id: "openlayers",
        title: "OpenLayers",
        about: "Les tuiles vectorielles, par leur adresse.",
        code: r#"new VectorTileLayer({
  source: new VectorTileSource({
    format: new MVT(),
    maxZoom: 14,
    url: "ADRESSE/tiles/atlaas/{z}/{x}/{y}.mvt",
  }),
});"#,
        tests: Tests::Page("openlayers.html"),
    },
    Recipe {
        id: "qgis",
        title: "QGIS",
        about: "WFS / OGC API – Features, nouvelle connexion à la première adresse ; Tuiles vectorielles, nouvelle connexion générique à la seconde.",
        code: "ADRESSE/ogc\nADRESSE/tiles/atlaas/{z}/{x}/{y}.mvt",
        tests: Tests::Gdal,
    },
    Recipe {
        id: "umap",
        title: "uMap",
        about: "Données distantes d’un calque, format geojson, « Dynamique » : uMap remplace {bbox} par le cadre de la carte.",
        code: "ADRESSE/api/v1/fiches?type=initiative&enjeu=education&limit=1000&bbox={bbox}",
        tests: Tests::Ask,
    },
    Recipe {
        id: "excel",
        title: "Excel et Power Query",
        about: "Données > À partir du web ; ou ouvrir le fichier d’un double clic.",
        code: "ADRESSE/api/v1/fiches.csv?type=initiative&departement=13&dialecte=excel-fr",
        tests: Tests::Ask,
    },
    Recipe {
        id: "datawrapper",
        title: "Datawrapper",
        about: "« Link external dataset » avec cette adresse : le graphique suit les données.",
        code: "ADRESSE/api/v1/fiches.csv?type=commune&arobases=4,5",
        tests: Tests::Ask,
    },
    Recipe {
        id: "atom",
        title: "Lecteur de flux",
        about: "S’abonner à une requête : les nouvelles fiches arrivent.",
        code: "ADRESSE/api/v1/fiches.atom?type=initiative&pres_de=Martigues&rayon=30",
        tests: Tests::Ask,
    },
    Recipe {
        id: "r",
        title: "R",
        about: "Avec le paquet sf.",
        code: r#"library(sf)
colieux <- st_read("ADRESSE/api/v1/fiches?type=colieu&departement=15&limit=1000")"#,
        tests: Tests::No,
    },
    Recipe {
        id: "python",
        title: "Python",
        about: "Sans rien installer.",
        code: r#"import csv, io, urllib.request

url = "ADRESSE/api/v1/fiches.csv?type=colieu&departement=15"
texte = urllib.request.urlopen(url).read().decode("utf-8")
for fiche in csv.DictReader(io.StringIO(texte)):
    print(fiche["nom"], fiche["commune"], fiche["latitude"], fiche["longitude"])"#,
        tests: Tests::Run,
    },
    Recipe {
        id: "gdal",
        title: "GDAL",
        about: "Toutes les fiches d’une collection, jusqu’à la dernière.",
        code: "ogr2ogr colieux.gpkg OAPIF:ADRESSE/ogc colieux",
        tests: Tests::Run,
    },
    Recipe {
        id: "geocodage",
        title: "Géocodeur d’un site",
        about: "L’adresse de l’API Adresse, remplacée par celle-ci : même forme de réponse, pour les communes.",
        code: "ADRESSE/search/?q=saint+etienne+du+gres&limit=5",
        tests: Tests::Ask,
    },
];
