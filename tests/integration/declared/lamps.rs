//! The layer of the test: its declaration, and its rows as functions of their rank.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// A column of every type.
pub const DECLARATION: &str = r#"
id = "lampadaire"
couche = "lampadaires"
singulier = { fr = "lampadaire", en = "street lamp" }
pluriel = { fr = "lampadaires", en = "street lamps" }
titre = { fr = "Lampadaires", en = "Street lamps" }
description = { fr = "Lampadaires de la commune" }
mots = ["lampadaires", "réverbères"]
symbole = "carre"
origine = { producteur = "Éclairage public", source = "https://eclairage.exemple/donnees", licence = "https://opendatacommons.org/licenses/odbl/1-0/", millesime = "2026-03-01" }
couleur = "source"
compte = true

[[colonne]]
nom = "modele"
type = "texte"
recherche = true

[[colonne]]
nom = "histoire"
type = "texte_long"
recherche = true

[[colonne]]
nom = "source"
champs = ["Source lumineuse"]
type = "terme"
titre = { fr = "Source de lumière", en = "Light source" }
facette = true
recherche = true
tuiles = true

[[colonne]]
nom = "usages"
type = "termes"
facette = true

[[colonne]]
nom = "hauteur"
champs = ["Hauteur (m)"]
type = "nombre"
unite = "m"
titre = { fr = "Hauteur", en = "Height" }
facette = true
classes = [4, 8]
tri = true
tuiles = true

[[colonne]]
nom = "puissance"
type = "entier"
unite = "W"
facette = true

[[colonne]]
nom = "detecteur"
type = "oui_non"
facette = true

[[colonne]]
nom = "pose"
type = "date"
facette = true

[[colonne]]
nom = "fabrique"
type = "annee"
facette = true

[[colonne]]
nom = "notice"
type = "lien"

[[colonne]]
nom = "photo"
type = "image"

[[colonne]]
nom = "allumage"
type = "horaires"
"#;

/// How many lamps there are.
pub const ROWS: u32 = 300;
const LIGHTS: [&str; 3] = ["LED", "Sodium", "Mercure"];

/// Decimetres of the lamp of a rank: 2 to 10.9 m.
pub const fn decimetres(rank: u32) -> u32 {
    20 + rank % 90
}

/// Its data file.
pub fn table() -> String {
    let mut rows = String::from(
        "id;nom;modele;histoire;Source lumineuse;usages;Hauteur (m);puissance;detecteur;pose;fabrique;notice;photo;allumage;code_insee;latitude;longitude\n",
    );
    for rank in 0..ROWS {
        let light = LIGHTS[rank as usize % 3];
        let uses = if rank % 2 == 0 { "rue|place" } else { "parc" };
        let height = decimetres(rank);
        let sensor = if rank % 5 == 0 { "oui" } else { "non" };
        let (day, year) = (1 + rank % 28, 1990 + rank % 30);
        let latitude = 45.95 + f64::from(rank % 20) * 0.001;
        let longitude = 5.36 + f64::from(rank / 20) * 0.001;
        writeln!(
            rows,
            "{rank};Lampadaire {rank};Bellatrix {rank};Allumé par un gazier;{light};{uses};{},{};{};{sensor};2020-01-{day:02};{year};https://exemple.fr/{rank};https://exemple.fr/{rank}.jpg;Mo-Su 18:00-22:00;01004;{latitude:.3};{longitude:.3}",
            height / 10,
            height % 10,
            20 + rank,
        )
        .unwrap();
    }
    rows
}

/// Copies a folder and all that is in it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.path().is_dir() {
            copy(&entry.path(), &to.join(entry.file_name()));
        } else {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}
