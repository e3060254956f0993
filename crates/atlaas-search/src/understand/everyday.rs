//! Common French (and a few English) words that are also names of territories.
//!
//! Alone, or behind a weak preposition, such a word is read as a word, not as a place. The list was
//! made by crossing one-word names of communes, their article aside, with words that titles of
//! municipal projects and everyday French use, then read through.

/// Folded, without article, sorted.
#[rustfmt::skip]
const WORDS: [&str; 686] = [
    "abondance", "agneaux", "aigle", "aigre", "aiguilles", "aime", "aire", "aires", "allies",
    "allons", "alloue", "ames", "andouille", "ange", "angles", "angoisse", "anse", "appelle",
    "ara", "arches", "armes", "arrest", "athee", "attaques", "aubaine", "aube", "aucun", "aura",
    "aurons", "autels", "autruche", "aveux", "avion", "avril", "baby", "bach", "bains", "baleine",
    "ballon", "ballons", "bannieres", "bar", "barde", "barils", "baron", "barre", "bars", "basses",
    "bastide", "bataille", "bats", "baume", "bavent", "beaux", "belvedere", "berne", "bert",
    "biches", "bidon", "bief", "bille", "bio", "blanc", "blond", "bois", "bonhomme", "bonne",
    "bonnes", "bonnet", "bords", "born", "borne", "bosse", "bouchon", "boue", "bouee",
    "bouillante", "bouille", "bouillie", "bouillon", "boulon", "boulot", "bouquet", "bourdon",
    "bourdonne", "bourg", "bourre", "bouteille", "branches", "brandon", "bras", "breches",
    "breves", "brigue", "brosses", "brousse", "broye", "bru", "brulais", "brusque", "bruyere",
    "bu", "buisson", "bulle", "bulles", "bus", "busy", "by", "cabanes", "cagnotte", "caille",
    "cales", "camarade", "came", "campagne", "canari", "cannelle", "carnet", "cars", "casses",
    "cast", "cause", "cavalerie", "caves", "celle", "celles", "cellier", "cendre", "centre",
    "centres", "cercles", "cercueil", "cerise", "cerisiers", "cesse", "chaise", "chambre",
    "champagne", "champs", "chance", "change", "chantes", "chapeau", "chapelle", "chapelles",
    "charge", "charme", "charmes", "chars", "chassant", "chasse", "chataigneraie", "chateau",
    "chatelain", "chatte", "chaudiere", "chaume", "chaussee", "chauve", "chaux", "chemin", "chene",
    "cher", "cheres", "cheris", "cheville", "choisies", "choux", "cierges", "cieux", "cigogne",
    "cintre", "citerne", "clans", "clefs", "cloue", "coinces", "colombe", "colombier", "colonne",
    "combles", "compas", "compote", "comte", "condom", "confort", "conte", "contes", "contre",
    "coquille", "cordon", "corne", "corps", "cote", "coteau", "couches", "coudes", "coudre",
    "courant", "courbe", "courbes", "couronne", "cours", "courtes", "couture", "coutures",
    "creche", "crevant", "crique", "crisse", "croix", "crosses", "croutes", "cry", "cuis", "cult",
    "cultures", "cures", "cuve", "cuves", "dance", "dangers", "dauphin", "degre", "demie",
    "denier", "desert", "deserts", "detroit", "devise", "diamant", "don", "donjon", "doree",
    "doue", "douillet", "doux", "douze", "drain", "drap", "dunes", "echelle", "echelles",
    "eclaires", "ecole", "ecurie", "elan", "engins", "ens", "epargnes", "epine", "erp", "erre",
    "escale", "espere", "essarts", "est", "etable", "etais", "etalon", "etangs", "etoile", "eu",
    "eus", "fa", "falaise", "faucon", "faux", "fermete", "ferre", "fete", "feux", "feves", "fille",
    "fins", "fleurie", "flotte", "folie", "folies", "folles", "fontaine", "fontaines", "force",
    "forestiere", "forge", "forges", "forteresse", "fosse", "fosses", "four", "fourches",
    "fourneaux", "fours", "frais", "francs", "frise", "fronton", "gaillard", "garde", "gars",
    "gas", "gene", "geste", "gets", "giron", "givre", "gland", "goes", "gonds", "gorges", "gouts",
    "gouttieres", "gouvernes", "graces", "grand", "grange", "granges", "gras", "grave", "grenade",
    "grues", "gy", "habit", "haies", "haleine", "halles", "hanches", "herisson", "his", "hommes",
    "hopital", "hotellerie", "houlette", "hours", "huisserie", "irai", "irais", "island", "issus",
    "jardin", "jarret", "job", "joyeuse", "joyeux", "juif", "jumeaux", "jumelles", "jure", "jury",
    "lacs", "lama", "lance", "landes", "laps", "lasse", "lattes", "lay", "leches", "lent",
    "lentilles", "leves", "levier", "lez", "lies", "ligne", "lime", "linge", "lire", "lisse",
    "lisses", "littoral", "loge", "loges", "long", "lot", "louches", "loue", "louer", "loupe",
    "loupes", "lourde", "lue", "lutter", "luxe", "mache", "machine", "madeleine", "mage", "mages",
    "maille", "maillet", "maillot", "maire", "maisons", "male", "manche", "manoir", "many",
    "marche", "marches", "mare", "marges", "marie", "marin", "marques", "marquise", "marre",
    "mars", "martyre", "mas", "maux", "mene", "mens", "menus", "mer", "mere", "messe", "meures",
    "migre", "mire", "miroir", "moisson", "molles", "monastere", "monnaie", "mont", "montagne",
    "monte", "monts", "morte", "mortiers", "motte", "mouchard", "mouche", "mouches", "mouettes",
    "mouille", "moule", "moulines", "mousse", "mousson", "mouton", "moyen", "mure", "mures",
    "murs", "nages", "naq", "nice", "noce", "nord", "noue", "noyer", "nuits", "oie", "oison",
    "ondes", "ongles", "oo", "orange", "orgueil", "ouest", "our", "oz", "paille", "palais",
    "palme", "pannes", "parc", "parce", "parent", "parois", "pas", "passa", "passage", "passais",
    "pauvres", "peintre", "peintures", "pelouse", "pende", "perche", "pere", "perles", "perron",
    "piano", "pierre", "pierres", "pieux", "pin", "pince", "pins", "pis", "place", "places",
    "plaine", "plaisance", "plaisir", "plan", "planche", "planches", "planes", "planques", "plans",
    "plats", "pleure", "pleurs", "poil", "poisson", "poissons", "pommier", "pont", "ponts",
    "porcherie", "port", "porta", "portes", "poses", "possession", "pray", "preaux", "precheur",
    "precieux", "premieres", "pres", "priez", "prince", "publier", "puits", "pure", "puy", "py",
    "quarante", "quartier", "quinte", "racines", "raids", "ramasse", "rance", "rancon", "rang",
    "real", "relevant", "rene", "reunion", "reveillon", "ri", "riche", "rions", "ris", "rives",
    "riviere", "rivieres", "robert", "roc", "roche", "rocher", "roches", "romain", "romaine",
    "ronde", "rouge", "rouille", "routes", "routier", "roux", "rue", "ry", "sabres", "sache",
    "saignes", "saillant", "sains", "saint", "sales", "salle", "salles", "salon", "saules",
    "saurais", "sauvages", "sauve", "selles", "sens", "sentinelle", "sequestre", "serpent",
    "serre", "serres", "sers", "servant", "servies", "seuil", "sieges", "signes", "simple",
    "somme", "son", "souche", "soude", "souille", "soupir", "sourd", "souterraine", "soyons",
    "still", "sud", "suisse", "sure", "survie", "sus", "sy", "syndicat", "table", "tablier",
    "tache", "taillee", "talon", "tampon", "target", "tasse", "taule", "tech", "temple", "tendon",
    "tendu", "teneur", "termes", "terrasse", "this", "tierce", "titre", "tombe", "tonnerre",
    "touche", "touches", "tour", "tourne", "tournes", "tours", "trait", "tresse", "tresses",
    "treve", "tricot", "trimer", "tronche", "union", "us", "vaillant", "val", "vallee", "vanne",
    "vans", "vendes", "venere", "ventes", "ventouse", "ver", "vereux", "verger", "verges",
    "verriere", "verrieres", "verrue", "vers", "vert", "vertus", "very", "veuve", "veuves",
    "viens", "vieux", "vignes", "ville", "villes", "violes", "vire", "vitre", "vives", "vivier",
    "vogue", "voisines", "voue", "vue", "y",
];

/// Whether a folded word, without its article, is also a common word.
pub(crate) fn is_common(word: &str) -> bool {
    WORDS.binary_search(&word).is_ok()
}

/// Words before which, or before whose linking word, a name is a street's, an institution's or a
/// river's.
pub(super) const STREETS: [&str; 43] = [
    "rue",
    "avenue",
    "boulevard",
    "place",
    "route",
    "chemin",
    "quai",
    "impasse",
    "allee",
    "allees",
    "square",
    "pont",
    "gare",
    "faubourg",
    "cours",
    "college",
    "lycee",
    "saint",
    "sainte",
    "prix",
    "fondation",
    "stade",
    "gymnase",
    "esplanade",
    "porte",
    "vallee",
    "vallees",
    "bord",
    "bords",
    "gorges",
    "canal",
    "bassin",
    "estuaire",
    "rives",
    "berges",
    "riviere",
    "fleuve",
    "lac",
    "sources",
    "plateau",
    "monts",
    "massif",
    "ligne",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_sorted_and_told_from_towns() {
        assert!(WORDS.is_sorted());
        assert!(is_common("rue") && is_common("salle") && is_common("y"));
        assert!(!is_common("martigues") && !is_common("paris"));
    }
}
