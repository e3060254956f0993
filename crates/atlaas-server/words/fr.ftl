# What is told to people in French. Code asks for each message by its name; a test holds that both
# languages have the same ones with the same arguments, and that each is asked for.

## Errors: titles and details of problem documents and error pages

error-bad-request = Requête incorrecte
error-parameters = { $n } paramètres sont à corriger, voir « errors ».
error-not-utf8 = L’adresse contient des octets qui ne sont pas de l’UTF-8.
error-cursor-in-export = « apres » ne vaut que pour les pages : un export donne tout, ou « offset » et « limit ».
error-tile-address = Une adresse de tuile s’écrit avec trois nombres entiers : /tiles/{"{"}jeu{"}"}/{"{"}z{"}"}/{"{"}x{"}"}/{"{"}y{"}"}.mvt.
error-side = `{ $name }` est un nombre de pixels entre { $least } et { $most }.
error-not-found = Introuvable
error-no-address = Cette adresse n’existe pas ; la liste est sur /docs.
error-unknown-fiche = Aucune fiche ne porte l’identifiant « { $id } ».
error-unknown-territory = Aucun territoire de type « { $kind } » ne porte le code « { $code } ».
error-nowhere = Aucune place n’est connue de ce territoire : demander « format=json ».
error-no-form = Un formulaire « multipart/form-data » est attendu, avec le fichier dans le champ « data ».
error-no-file = Le champ « data » manque : il porte le fichier.
error-table-empty = Le fichier est vide.
error-table-encoding = Il n’y a pas d’encodage « { $name } » : « utf-8 », « windows-1252 », « utf-16le »…
error-table-character = « { $text } » n’est pas un caractère ASCII unique.
error-table-column = Il n’y a pas de colonne « { $name } » ; l’en-tête a : { $known }.
error-table-no-position = Pas de colonnes de latitude et de longitude ; l’en-tête a : { $known }.
error-table-too-wide = Plus de { $most } colonnes.
error-unknown-tile-matrix-set = Il n’y a pas de grille de tuiles « { $name } » : il y a { $known }.
error-unknown-tileset = Il n’y a pas de jeu de tuiles « { $name } » : choisir parmi { $known }.
error-too-deep = « { $tileset } » s’arrête au zoom { $deepest } : agrandir ses tuiles au-delà (maxzoom du TileJSON).
error-outside = La tuile { $z }/{ $x }/{ $y } est hors du monde : colonnes et lignes vont de 0 à { $last } au zoom { $z }.
error-unknown-clusters = Il n’y a pas de grappes « { $name } » : choisir parmi { $known }.
error-unknown-cluster = Pas de grappe { $id } sous ces filtres : un cluster_id vaut pour un instantané et une requête.
error-unknown-style = Il n’y a pas de style « { $name } » : choisir parmi { $known }.
error-unknown-collection = Il n’y a pas de collection « { $name } » : choisir parmi { $known }.
error-unknown-example = Il n’y a pas d’exemple « { $name } » : choisir parmi { $known }.
error-no-asset = Ce fichier n’existe pas ou plus ; rechargez la page.
error-no-part = Cette partie du plan n’existe pas : voir /sitemap.xml.
error-not-our-page = `url` doit être l’adresse d’une page de ce service : recherche, fiche ou territoire.
error-no-table = Aucune table ne s’appelle { $name }.
error-no-year = Aucun label n’est connu pour l’année « { $year } ».
error-not-acceptable = Format non proposé
error-no-format = Aucun des formats acceptés n’est proposé ici ; il y a : { $offered }.
error-no-coding = Aucun des codages acceptés n’est proposé ici ; il y a : zstd, br, gzip, identity.
error-not-implemented = Format non proposé
error-oembed-format = Seul `format=json` est proposé.
error-method = Méthode refusée
error-method-detail = Cette adresse ne répond qu’à GET et HEAD.
error-body = Corps trop long
error-body-detail = Aucun corps n’est attendu.
error-address = Adresse trop longue
error-address-detail = L’adresse dépasse la longueur admise, donnée sur /docs.
error-headers = En-têtes trop longs
error-headers-detail = Les en-têtes dépassent la longueur admise, donnée sur /docs.
error-other = Erreur
error-other-detail = { $reason }
error-too-many = Trop de requêtes
error-too-many-detail = Trop de requêtes depuis cette adresse ; réessayez dans { $seconds } s.
error-service-busy = Service occupé
error-busy = Trop de calculs en cours ; réessayez dans { $seconds } s.
error-late = La réponse n’a pas pu commencer à temps ; réessayez dans un instant.
error-internal = Erreur interne
error-internal-detail = Une erreur est survenue de notre côté ; elle est consignée.

## What is wrong with a parameter

mistake-too-long = Valeur trop longue : { $most } caractères au plus.
mistake-unknown-value = Valeur inconnue.
mistake-required = Ce paramètre est obligatoire, par exemple « { $name }={ $example } ».
mistake-not-here = Le paramètre « { $name } » n’existe pas ici.
mistake-whole-number = Un nombre entier de { $first } à { $last } est attendu.
mistake-whole-number-from = Un nombre entier à partir de { $least } est attendu.
mistake-degrees-number = Un nombre de degrés de -{ $most } à { $most } est attendu.
mistake-numbers = { $count } nombres séparés par des virgules sont attendus.
mistake-lon-and-lat = « lon » et « lat » vont ensemble.
mistake-language = Langue inconnue.
mistake-snapshot = Ce n’est pas un identifiant d’instantané.
mistake-geojson-only = Seul le GeoJSON est proposé ici.
mistake-json-only = Seul le JSON est proposé ici.
mistake-interval = Une date ou un intervalle est attendu : 2024-01-01, 2024-01-01/.., ../2024-12-31.
mistake-text-length = Le texte doit avoir de { $first } à { $last } caractères.
mistake-all-outlines = Les contours de toutes les communes à la fois : donner « codeDepartement », « nom », « code »…, ou prendre les tuiles.
mistake-ground = Fond inconnu.
mistake-format = Ce format n’existe pas.
mistake-dialect = Ce dialecte de CSV n’existe pas.
mistake-unknown-parameter = Paramètre inconnu.
mistake-too-many-parameters = { $given } paramètres : { $most } au plus.
mistake-twice = Paramètre donné deux fois avec des valeurs différentes : gardez-en une.
mistake-too-many-values = Trop de valeurs : { $most } au plus.
mistake-too-many-words = { $given } mots : { $most } au plus.
mistake-no-word = Aucun mot : des lettres ou des chiffres sont attendus.
mistake-not-a-number = Nombre attendu, avec un point pour les décimales.
mistake-degrees = Degrés attendus, entre -{ $most } et { $most }.
mistake-kilometres = Kilomètres attendus, entre { $least } et { $most }.
mistake-beyond = Nombre attendu, entre { $least } et { $most }.
mistake-count = Nombre entier attendu, entre 0 et { $most }.
mistake-longitude = Longitude { $degrees } hors de -180 à 180.
mistake-latitude = Latitude { $degrees } hors de -90 à 90.
mistake-vertex-longitude = Sommet hors du globe : longitude { $degrees } hors de -180 à 180.
mistake-vertex-latitude = Sommet hors du globe : latitude { $degrees } hors de -90 à 90.
mistake-bbox = Quatre nombres attendus : ouest,sud,est,nord (degrés), comme -1.8,47.1,-1.4,47.3.
mistake-upside-down = Le sud ({ $south }) est au-dessus du nord ({ $north }) ; l’ordre est ouest,sud,est,nord.
mistake-polygon = Polygone attendu en WKT ou en GeoJSON, comme POLYGON((-1.7 47.1,-1.4 47.1,-1.5 47.3,-1.7 47.1)).
mistake-polygon-too-large = { $vertices } sommets, { $rings } contours : { $most } et { $most_rings } au plus.
mistake-code-or-name = Un code ou un nom est attendu.
mistake-facet-and-words = Une facette et des mots sont attendus, comme categorie:médiathèque.
mistake-territory-id = Un identifiant de territoire est attendu, comme commune-13056.
mistake-not-a-date = Une date est attendue, comme 2024-03-01.
mistake-range-upside-down = Le moindre est au-dessus du plus grand.
mistake-years = Année attendue entre { $first } et { $last } : 2015, 2015-2018, 2015- ou -2018.
mistake-inhabitants = Nombre d’habitants attendu, ou un intervalle : 500-1999, 500- ou -999.
mistake-levels = Niveau attendu entre 1 et 5 : 4, 2-4, 4- ou -2.
mistake-half-position = `lat` et `lon` vont ensemble : donnez les deux.
mistake-cursor = Curseur abîmé ou d’une autre requête : reprenez celui du lien « next », ou retirez-le.
mistake-cursor-and-offset = `apres` et `offset` s’excluent : gardez l’un des deux.
mistake-radius-alone = `rayon` demande un centre : `pres_de`, ou `lat` et `lon`.
mistake-one-territory = Un territoire est attendu, et un seul : territoire=commune-13056, ou `commune`, `epci`, `departement`, `region`.
lens-own = Mes poids
lens-own-reason = Les poids sont ceux de l’adresse ; ce qui n’y est pas ne compte pas.
mistake-peers-of-what = Dit comment choisir des territoires semblables : `semblables_a` dit à qui (semblables_a=commune-19015).
mistake-count-between = Nombre entier attendu, entre { $least } et { $most }.
mistake-weights = Une variable, deux points et un poids de plus de 0 à { $most } sont attendus : population:2.
mistake-weights-beside-lens = Une lentille a ses propres poids : donner l’un ou l’autre, ou lentille=libre.
mistake-free-without-weights = La lentille libre demande des poids : poids=population:2,revenu:1.
mistake-stratum-beside-choice = Une strate et des territoires choisis ne vont pas ensemble.
mistake-standard-of-what = Les taux se standardisent par une seule dimension, de territoires : par=departement, par=region, par=epci…
mistake-nothing-to-compare = Rien de ce qui pèse n’est connu de ce territoire.
mistake-around-what = `autour` demande un territoire, ou trente d'un même niveau au plus : `commune`, `epci`, `departement`, `region` ou `pres_de`.
mistake-around-nothing = Aucun territoire n’est nommé : `autour` en demande un.
mistake-distance-from-nowhere = `tri=distance` demande un lieu : `pres_de`, `lat` et `lon`, ou un territoire.
mistake-unknown-territory = Territoire inconnu : un code ou un nom est attendu.
mistake-unknown-place = Lieu inconnu : un nom, un code ou lon,lat est attendu.
mistake-no-place-in-words = Aucun lieu n’est reconnu dans `q` : ajoutez `pres_de`, ou `lat` et `lon`.
mistake-place-without-position = La position de ce lieu n’est pas connue : donnez lon,lat.

## Kinds of fiches: one, several, counted

kind-epci = intercommunalité
kind-departement = département
kind-region = région
kind-commune = commune
kinds-commune = communes
kinds-epci = intercommunalités
kinds-departement = départements
kinds-region = régions
count-of = { $n } { $n ->
    [one] { $one }
   *[other] { $many }
}
count-entries = { $n } { $n ->
    [one] fiche
   *[other] fiches
}

## Titles of facets

facet-type = Type
facet-arobases = Label (arobases)
facet-region = Région
facet-departement = Département
facet-epci = Intercommunalité
facet-mention = Mention
class-below = moins de { $most }
class-from = { $least } et plus
class-between = { $least } à { $most }
range-most = { $most } au plus
range-least = { $least } au moins
range-between = de { $least } à { $most }

## Distances

distance-here = sur place

## Around every page

layout-skip = Aller au contenu
layout-navigation = Navigation principale
layout-winners = Palmarès
layout-other-language = English
layout-demonstration = Démonstration
layout-demonstration-about = Données de démonstration : initiatives, lieux, labels et contours sont inventés.
layout-data-of = données du
layout-licence = Licence Ouverte 2.0
layout-footer = Pied de page

## On several pages

page-accessibility = Accessibilité
page-map = Carte
page-entry = Fiche
page-demonstration-data = Données de démonstration
page-data-of = Données du
page-perhaps = Peut-être
page-site-map = Plan du site
page-embed = Intégrer
page-notices = Mentions et licences
page-year = Année
page-map-title = Carte Atlaas

## The explorer

explorer-heading = Initiatives numériques et lieux de médiation, partout en France
explorer-skip-results = Aller aux résultats
explorer-skip-filters = Aller aux filtres
explorer-search-label = Chercher un lieu, une initiative, un sujet
explorer-search = Chercher
explorer-example-around = tiers-lieu près de Nantes
explorer-example-place = médiathèque à Lyon
explorer-example-topic = wifi public
explorer-around-place = Autour d’un lieu
explorer-place = Lieu
explorer-radius-km = Rayon (km)
explorer-around-me = Autour de moi
explorer-limit-to-area = Limiter à la zone affichée
explorer-radius = Rayon
explorer-mistaken = Cette requête est à corriger
explorer-mistaken-title = Requête à corriger – Atlaas
explorer-description = initiatives numériques des communes et lieux de médiation, sur une carte et en données ouvertes

## Its results

results-label = Résultats
results-understood = Compris :
results-alternatives = Ou plutôt :
results-active = Filtres actifs
results-remove = (retirer)
results-clear = Tout effacer
results-filter = Filtrer
results-no-value = Aucune valeur
results-sort = Trier
results-filters = Filtres
results-embed = Intégrer cette carte sur un site
results-nothing = Rien ne correspond à tous ces critères.
results-examples = Par exemple :
results-start-again = Tout effacer et recommencer
results-pages = Pages
results-previous = Page précédente
results-next = Page suivante
results-export = Exporter
results-share = Partager
results-address = Adresse de cette recherche
results-home-title = Atlaas, les initiatives numériques des communes

## What to try when nothing matches

advice-wider = Chercher à moins de { $km } km
advice-without-facet = Retirer le filtre « { $facet } »
advice-beyond-commune = Chercher hors de la commune
advice-without-word = Chercher sans « { $word } »
advice-word-alone = Chercher « { $word } » partout
advice-place-alone = Voir tout ce qui se trouve là, sans les mots
advice-everywhere = Chercher partout

## How a query was read

echo-around = autour d’un lieu
echo-shown-area = zone affichée
echo-drawn-area = zone dessinée
echo-near = près de { $place }
echo-in = dans { $place }
echo-formerly = { $place }, autrefois { $name }
echo-words = mots cherchés : « { $words } »
echo-correction = « { $written } » lu « { $read } »
echo-close = « { $words } » ne se trouve pas tel quel : compris aussi comme { $meant }.
echo-without = Rien ne réunit tous les mots : cherché sans { $words }.
echo-then-radius = Rien en ce lieu ({ $place }) : cherché jusqu’à { $km }, le plus proche d’abord.
echo-then-name = Rien en ce lieu ({ $place }) : cherché dans tout le territoire « { $name } », le plus proche d’abord.
echo-then-france = Rien en ce lieu ({ $place }) : cherché dans toute la France, le plus proche d’abord.
echo-nearest = Le plus proche : { $name }, à { $km }.
echo-strictly = Exactement ce que j’ai écrit
echo-exactly = exactement les mots « { $words } »

## A line of a list

hit-label-of = label du territoire : { $name }
hit-inhabitants = { $n } habitants

## Orders of a list

order-relevance = pertinence
order-name = nom
order-distance = distance
order-date = date

## Exports of a list

export-csv-excel = CSV pour Excel
export-atom = Atom (suivre les nouveautés)
export-about = À propos
export-about-title = Contenu
export-about-query = Requête
export-about-address = Adresse
export-about-snapshot = Instantané
export-about-date = Date
export-about-licence = Licence
export-about-terms = Texte de la licence
export-about-column = Colonne
export-about-heading = Titre
export-about-meaning = Sens
export-about-unit = Unité
export-gpx = GPX (points pour GPS)
export-api = Lien de l’API

## The page of a fiche

fiche-around = Voir autour
fiche-address-of-entry = Adresse de la fiche
fiche-similar = Fiches semblables
fiche-at-commune = Position : le centre de la commune.
fiche-at-territory = Position : le centre du territoire.
fiche-nowhere = Position inconnue.
fiche-address = Adresse
fiche-territory = Territoire
fiche-updated = Mise à jour
fiche-yes = oui
fiche-no = non

## The page of a territory

territory-unknown = Aucun territoire de type « { $kind } » ne porte le code « { $code } ».
territory-postcodes = Codes postaux
territory-other-names = Autres noms
territory-explore = Explorer ce territoire
territory-nothing = Rien n’est encore connu ici.
territory-see-near = Voir à moins de 20 km
territory-label-by-year = Label par année
territory-made-up = (fictif)
territory-by = { $what } par { $facet }
territory-data = Données :
territory-embed = Intégrer cette carte
territory-address = Adresse de la page
territory-members = Territoires qui le composent
territory-neighbours = Territoires voisins

## The label, year by year

winners-ept = établissement public territorial
winners-years = Années
winners-mentions = Mentions
winners-description = Communes et intercommunalités labellisées, par niveau.
winners-heading = Palmarès du label { $year }
winners-count = { $n } communes et intercommunalités distinguées.

## The plan of the site

sitemap-title = Plan du site – Atlaas
sitemap-description = Toutes les pages de l’Atlaas, par région et par département.
sitemap-search = Rechercher sur la carte et dans la liste
sitemap-winners = Palmarès du label
sitemap-embed = Intégrer une carte dans une page
sitemap-examples = Exemples à copier
sitemap-docs = Documentation des données et de l’API
sitemap-territories = Régions et départements

## The generator of embeds

generator-heading = Intégrer une carte
generator-lead = Choisissez ce que la carte montre, copiez le code, collez-le sur votre site. Aucun compte, aucun cookie, aucun tiers.
generator-alike = Chercher dans les communes qui ressemblent à celle-ci, à sa place
generator-alike-whom = Pour montrer les communes semblables, indiquez une commune et une seule.
generator-commune = Commune (nom ou code INSEE)
generator-words = Mots cherchés
generator-all = Tous
generator-ground = Fond de carte
generator-ground-none = Neutre
ground-label = Label (arobases)
ground-label-of-groups = Label des intercommunalités
ground-count = { $layer } par commune
ground-none = aucune
ground-no-label = sans label
ground-more = et plus
generator-height = Hauteur (pixels)
generator-update = Mettre à jour
generator-preview = Aperçu
generator-preview-map = Aperçu de la carte
generator-code = Le code
generator-further = Pour aller plus loin
generator-further-how = L’élément atlaas-carte accepte tous les paramètres de la recherche comme attributs. Il émet les événements atlaas:selection et atlaas:deplacement, et répond aux méthodes allerA(longitude, latitude, zoom) et filtrer({"{"} enjeu: … {"}"}). Sa version 1 ne changera pas de sens.
generator-title = Intégrer une carte – Atlaas
generator-description = Le code à copier pour montrer une carte de l’Atlaas sur un site.
generator-element = Élément
generator-element-when = Le plus léger : rien n’est chargé avant que la carte soit visible.
generator-iframe-when = Quand l’éditeur du site refuse les scripts.
generator-oembed-when = WordPress et autres : coller cette adresse seule sur une ligne.
generator-image-when = Pour une lettre, un courriel, un document.
generator-tiles = Tuiles et style
generator-tiles-when = Pour MapLibre, Leaflet, OpenLayers ou QGIS.

## The embedded page

embed-data-of = Données du
embed-open = Voir dans l’Atlaas
embed-new-tab = (nouvel onglet)

## Maps to copy

examples-heading = Exemples de cartes
examples-lead = Des pages entières à copier, une par bibliothèque. Chacune attend une copie de sa bibliothèque à côté d’elle, dans bibliotheques/ : nous n’en servons pas, et n’envoyons personne en chercher ailleurs.
examples-code-of = Code de
examples-title = Exemples de cartes – Atlaas
examples-description = Des pages à copier, une par bibliothèque de cartes.

## Accessibility

accessibility-lead = Chaque vue est une page complète : elle se lit sans script, sans image, au clavier et avec un lecteur d’écran. La carte n’est jamais le seul moyen d’accéder à une fiche.
accessibility-keyboard = Au clavier
accessibility-key-search = aller à la recherche
accessibility-escape = Échap
accessibility-key-escape = fermer les suggestions ou la fiche
accessibility-arrows = flèches, + et − sur la carte
accessibility-key-arrows = se déplacer, zoomer
accessibility-tab = tabulation depuis la carte
accessibility-key-tab = aller aux points, puis flèches de l’un à l’autre, Entrée pour ouvrir
accessibility-checked = Ce qui est vérifié
accessibility-checked-how = Des tests automatiques (axe-core, règles WCAG 2.2 AA et RGAA 4) passent sur chaque page, en clair et en sombre, à chaque version. Ils ne remplacent pas un audit par des personnes : aucun n’a encore été fait, et cette page le dira.
accessibility-limits = Limites connues
accessibility-limit-points = Sur la carte, les 60 points les plus proches du centre sont atteints au clavier ; la liste les a tous.
accessibility-limit-texts = Les titres et textes des fiches sont ceux de leurs auteurs.
accessibility-title = Accessibilité – Atlaas
accessibility-description = Comment utiliser l’Atlaas au clavier, avec un lecteur d’écran, sans script.

## Catalogue

catalogue-title = Catalogue des données
catalogue-description = Tout ce que l’Atlaas publie : jeux de données, fichiers, services, sources, licences.
catalogue-lead = Ce que l’Atlaas publie : un jeu de données par niveau de territoire et par couche, dans toutes leurs formes, les services qui les interrogent, et ce dont ils sont faits.
catalogue-harvest = Pour les moissonneurs (DCAT-AP) :
catalogue-dictionary = Dictionnaire des colonnes
catalogue-dictionaries = Toutes les tables et leurs dictionnaires
catalogue-datasets = Jeux de données
catalogue-services = Services
catalogue-sources = Sources
catalogue-pages = Une page du résultat : le lien next mène à la suivante.
catalogue-newest = Dernier changement à la source :
catalogue-years = Années :
catalogue-how = Comment demander
catalogue-source = Source
catalogue-source-vintage = Millésime
catalogue-source-rows = Lignes
catalogue-source-licence = Licence
catalogue-source-digest = SHA-256
catalogue-dataset = { $title } – Atlaas
catalogue-entries-of = Les { $kinds } de l’Atlaas : ce qu’en disent les sources, leurs territoires, leur position, leur label.
catalogue-figures = Ce qui se fait, où, depuis quand : fiches, communes actives, communes qui participent, taux lissés et leurs intervalles, par dimension.
catalogue-demonstration = Démonstration : objets inventés (graine { $seed }) sur les communes réelles
catalogue-provenance = Instantané { $snapshot }, construit le { $date } des sources citées.
catalogue-keyword-communes = communes
catalogue-keyword-digital = numérique public
catalogue-service-api = API de l’Atlaas
catalogue-service-api-about = Une requête, toutes les formes : mots, lieux, facettes, exports entiers.
catalogue-service-ogc = OGC API – Features de l’Atlaas
catalogue-service-ogc-about = Les mêmes fiches en collections, et les tuiles, selon les normes de l’OGC.
catalogue-service-tiles = Tuiles vectorielles de l’Atlaas
catalogue-service-tiles-about = Territoires et points regroupés, filtrés par toute requête (TileJSON, MVT).
catalogue-service-geocoder = Géocodeur de l’Atlaas
catalogue-service-geocoder-about = Communes et territoires par leur nom, dans la forme de l’API Adresse.

## Columns of tables, as data dictionaries tell them

column-id = Identifiant
column-id-about = Unique parmi toutes les fiches ; reste le même d’un instantané à l’autre.
column-type = Type de fiche
column-type-about = Niveau de territoire, ou ce qu’est un objet de la couche.
column-name = Nom
column-name-about = Nom d’un territoire ou d’un lieu, titre d’une initiative.
column-text = Texte
column-text-about = Description, sans mise en forme.
column-updated = Mise à jour
column-updated-about = Dernier changement à la source.
column-address = Adresse
column-address-about = Numéro et voie.
column-commune = Commune
column-commune-about = Nom de la commune d’aujourd’hui où se trouve la fiche.
column-commune-code = Code de la commune
column-commune-code-about = Code INSEE de la commune d’aujourd’hui.
column-epci = EPCI
column-epci-about = Nom de l’intercommunalité à fiscalité propre.
column-epci-code = SIREN de l’EPCI
column-epci-code-about = Numéro SIREN de l’intercommunalité.
column-departement = Département
column-departement-about = Nom du département, ou de la collectivité d’outre-mer qui en tient lieu.
column-departement-code = Code du département
column-departement-code-about = Numéro INSEE du département.
column-region = Région
column-region-about = Nom de la région.
column-region-code = Code de la région
column-region-code-about = Numéro INSEE de la région.
column-code = Code du territoire
column-code-about = Code INSEE ou SIREN d’un territoire ; vide pour toute autre fiche.
column-postcodes = Codes postaux
column-postcodes-about = Codes postaux d’un territoire.
column-level = Arobases
column-level-about = Niveau du label Territoires, Villes et Villages Internet qui vaut pour la fiche ; 0 sans label.
column-label-of = Territoire labellisé
column-label-of-about = EPCI ou EPT labellisé d’un seul tenant, quand le label n’est pas celui de la commune elle-même.
column-labels = Labels par année
column-labels-about = L’année, deux points, le niveau ; puis la mention et le territoire labellisé, s’il y en a : 2021:3 (Plaine Commune).
column-longitude = Longitude
column-longitude-about = Degrés WGS 84, six décimales au plus ; centre d’un territoire.
column-latitude = Latitude
column-latitude-about = Degrés WGS 84, six décimales au plus ; centre d’un territoire.
column-precision = Précision de la position
column-precision-about = Le point lui-même, le centre de la commune ou d’un territoire plus large, ou inconnue.
column-distance = Distance
column-distance-about = Depuis le lieu demandé ; vide sans lieu.
column-page = Page de la fiche
column-page-about = Adresse de la page que lisent les personnes.
column-snapshot = Instantané
column-snapshot-about = Nom de l’instantané dont vient la ligne.

table-all = Toutes les fiches
table-comparison = Comparaison d’un territoire avec ceux qui lui ressemblent
table-package = Toutes les tables que l’Atlaas exporte, et ce que sont leurs colonnes.

## Columns of the barometer

figure-line = Ligne
figure-line-about = total : tout ce que la requête trouve.
figure-value-name = { $title } (nom)
figure-value-name-about = La valeur, telle que les personnes la lisent.
figure-entries = Fiches
figure-entries-about = Fiches de la requête sous cette valeur.
figure-share = Part des fiches
figure-share-about = Part de toutes les fiches de la requête ; la somme dépasse 1 quand une fiche a plusieurs valeurs.
figure-active = Communes actives
figure-active-about = Communes qui ont au moins une fiche de la requête.
figure-participating = Communes qui participent
figure-participating-about = Communes qui ont une fiche, quelle qu’en soit la date, ou une ligne du label l’année demandée.
figure-communes = Communes
figure-communes-about = Toutes les communes du territoire.
figure-population = Population
figure-population-about = Habitants des communes auxquelles les taux sont rapportés.
figure-rate = Fiches pour 10 000 habitants
figure-rate-about = Taux brut.
figure-smoothed = Taux lissé
figure-smoothed-about = Le même, lissé par l’estimateur bayésien empirique de Marshall.
figure-low = Taux lissé, borne basse
figure-low-about = Borne basse de l’intervalle à 95 %.
figure-high = Taux lissé, borne haute
figure-high-about = Borne haute de l’intervalle à 95 %.
figure-verdict = Écart du taux
figure-verdict-about = Au-delà de quelles limites de l’entonnoir se trouve le taux : hasard, 95 ou 99,8 %.
figure-standard = Taux standardisé
figure-standard-about = Taux qu’il y aurait avec la composition de l’ensemble par strate de population.
figure-standard-low = Taux standardisé, borne basse
figure-standard-low-about = Borne basse de l’intervalle à 95 %.
figure-standard-high = Taux standardisé, borne haute
figure-standard-high-about = Borne haute de l’intervalle à 95 %.
figure-part = Part de communes actives
figure-part-about = Communes actives, de celles auxquelles les taux sont rapportés.
figure-part-verdict = Écart de la part
figure-part-verdict-about = Au-delà de quelles limites de l’entonnoir se trouve la part : hasard, 95 ou 99,8 %.
figure-first-quartile = Fiches par commune active, premier quartile
figure-first-quartile-about = Un quart des communes actives en a moins.
figure-median = Fiches par commune active, médiane
figure-median-about = La moitié des communes actives en a moins.
figure-third-quartile = Fiches par commune active, troisième quartile
figure-third-quartile-about = Un quart des communes actives en a plus.
figure-level-one = Communes à une arobase
figure-level-two = Communes à deux arobases
figure-level-three = Communes à trois arobases
figure-level-four = Communes à quatre arobases
figure-level-five = Communes à cinq arobases
figure-level-about = Communes dont le label a ce niveau.
figure-objects-about = Tous les objets de la couche dans ces communes, quoi qu’on demande.
figure-partial = Année partielle
figure-partial-about = oui : l’année des sources, qu’elles ne connaissent qu’en partie.
figure-among = Rapportés à
figure-among-about = Communes auxquelles les taux et les parts sont rapportés : celles qui participent, ou toutes.
figure-list = Liste
figure-list-about = Adresse des fiches qui sont comptées ; vide où aucune requête ne peut le dire.

## Columns of a comparison

compared-line = Ligne
compared-line-about = Le territoire, un de ses semblables, ou un quartile des semblables ou de tous.
compared-rank = Rang
compared-rank-about = Du plus semblable au moins semblable.
compared-id = Identifiant
compared-id-about = Identifiant de la fiche du territoire ; vide pour un quartile.
compared-name = Nom
compared-name-about = Nom du territoire ; vide pour un quartile.
compared-departement = Département
compared-departement-about = Nom du département.
compared-population = Population
compared-population-about = Habitants.
compared-level = Arobases
compared-level-about = Niveau du label ; 0 sans label.
compared-distance = Distance
compared-distance-about = Distance standardisée au territoire, sans unité : petite quand ils se ressemblent.
compared-missing = Part manquante
compared-missing-about = Part du poids des variables dont la valeur manque.
compared-share = Part de la distance : { $title }
compared-share-about = Ce que cette variable apporte à la distance.
compared-objects-about = Objets de la couche qui s’y trouvent.

## Notices

notices-data = Données
notices-data-demonstration = Ce service montre des données de démonstration : les noms, codes, populations et centres des communes sont réels ; les initiatives, les lieux, les labels et les contours sont inventés.
notices-data-sources = Contours et noms : IGN et INSEE. Lieux et initiatives : leurs producteurs. Licence Ouverte 2.0 ; citez la source et la date
notices-snapshot = Instantané
notices-privacy = Vie privée
notices-privacy-how = Aucun cookie, aucun stockage dans le navigateur, aucun appel à un tiers. Votre position n’est demandée que si vous choisissez « Autour de moi », et ne sert qu’à cette recherche.
notices-software = Logiciels
notices-software-how = Atlaas est publié sous licence MIT ou Apache-2.0. Sa carte utilise Leaflet (BSD-2-Clause), vector-tile et pbf (BSD-3-Clause), point-geometry (ISC).
notices-licences = Textes des licences
notices-title = Mentions et licences – Atlaas
notices-description = Sources des données, licences, vie privée.

## Pages of errors

trouble-links = Ou bien :
trouble-search = Aller à la recherche

## Still maps

picture-location = Carte de situation
picture-france = Carte de France
picture-attribution = IGN, INSEE, données ouvertes – Licence Ouverte 2.0
picture-points = Carte : points dans la zone montrée : { $n }

## What the scripts of the pages say; build.rs hands it to them

script-absent = ne participe pas
script-map = Carte : flèches pour se déplacer, plus et moins pour zoomer, tabulation pour les points
script-points = Points de la carte : flèches pour passer de l’un à l’autre, Entrée pour ouvrir
script-gesture-wheel = Ctrl + molette pour zoomer sur la carte
script-gesture-wheel-mac = ⌘ + molette pour zoomer sur la carte
script-gesture-fingers = Deux doigts pour déplacer la carte
script-others = autres
script-view = Ce qui est montré
script-view-map = Carte
script-view-list = Liste
script-search-here = Chercher dans cette zone
script-zoom-in = Zoomer
script-zoom-out = Dézoomer
script-same-place = au même endroit
script-theme = Fond de carte
script-theme-none = Neutre
script-places = Aller à
script-corsica = Corse
script-new-caledonia = Nouvelle-Calédonie
script-french-polynesia = Polynésie française
script-mainland = Hexagone
script-loading = Chargement…
script-failed = La réponse n’est pas arrivée.
script-offline = Vous êtes hors connexion.
script-retry = Réessayer
script-close = Fermer
script-copied = Copié
script-copy = Copier
script-location-failed = Votre position n’a pas pu être obtenue.
script-suggestions = Suggestions
script-no-suggestion = Aucune suggestion
script-suggestion-count = suggestions, flèches pour choisir
script-filter-values = Chercher une valeur
script-km = km
script-map-failed = Une partie de la carte n’a pas pu être chargée.
script-group-territoires = Territoires

## Comparer

compare-choose = Comparer un territoire
compare-about = Les communes et intercommunalités qui ressemblent à la vôtre, ce qu’elles font, et des fiches à lire.
compare-promise = Les semblables sont choisis par le contexte seul : population, densité, revenu, situation… Ni les fiches ni le label n’y comptent. Le pré-diagnostic ne donne ni note ni rang.
compare-place = Commune, intercommunalité, département ou région
compare-unknown = Aucun territoire ne s’appelle « { $place } » : vérifier le nom, ou donner son code.
compare-several = Plusieurs territoires s’appellent « { $place } » : choisir le bon.
compare-own-stratum = { $n ->
    [one] Voir plutôt sa strate (une autre place)
   *[other] Voir plutôt sa strate ({ $n } autres places)
}
compare-see-nearest = Voir plutôt les plus proches
compare-nothing-known = Rien n’est connu de { $place } qui permette de trouver ses semblables.
compare-lens = Ce qui compte
compare-way = Qui ressemble
compare-nearest = Les plus proches
compare-stratum = Toute la strate (population et densité)
compare-count = Combien
compare-go = Comparer
compare-title = { $place } et ses semblables
compare-heading-before = À côté de
compare-communes = communes
compare-epci = intercommunalités
compare-departements = départements
compare-regions = régions
compare-lead-band = Les { $n } { $kinds } les plus semblables, parmi les { $candidates } qui ont de { $from } à { $to } habitants.
compare-lead-all = Les { $n } { $kinds } les plus semblables, parmi { $candidates } de toute taille.
compare-lead-stratum = Les { $n } { $kinds } de la même strate : de { $from } à { $to } habitants, { $width } (une strate de moins de { $least } places est élargie).
compare-lead-chosen = { $n } { $kinds } de votre choix.
compare-width-exact = même niveau de la grille de densité
compare-width-grouped = même groupe de la grille de densité
compare-width-class = toute densité
compare-width-classes = toute densité, classes voisines comprises
compare-lacking = Les données à disposition ne disent rien de : { $names }.
compare-incomplete = { $n ->
    [one] Une candidate manque d’une valeur au moins : sa distance en est allongée.
   *[other] { $n } candidates manquent d’une valeur au moins : leur distance en est allongée.
}
compare-missing = non connu
compare-spread = { $median } ({ $low } à { $high })
compare-share = { $title } { $percent } %
compare-have = { $n } sur { $all } en ont
compare-gaps = Ce que la plupart de ses semblables ont, et pas lui
compare-ideas = Ce que font ses semblables
compare-no-gap = Ses semblables n’ont rien qui manque ici.
compare-no-gap-but = Rien de ce que la plupart ont ne manque ici ; quelques-uns ont aussi :
compare-gap = pas ici
compare-beside = Services et lieux
compare-rate = { $layer } pour 10 000 habitants
compare-near = { $layer } à moins de { $km } km du centre
compare-having = Semblables qui en ont
compare-sheets-spread = Fiches par semblable : médiane (quartiles)
compare-peers = Semblables
compare-peers-spread = Semblables : médiane (quartiles)
compare-all-spread = Tous : médiane (quartiles)
compare-mention = mention
compare-profile = Profil
compare-strip-about = Sur chaque bande : le losange est ce territoire, les traits sont ses semblables, le bloc est la moitié centrale de tous.
compare-weight = Poids
compare-peers-heading = Qui lui ressemble, et pourquoi
compare-order = Ordre
compare-order-distance = les plus proches d’abord
compare-order-name = par nom
compare-order-population = par population
compare-name = Territoire
compare-inhabitants = Habitants
compare-distance = Distance
compare-why = Ce qui l’en sépare le plus
compare-more = { $n ->
    [one] Un autre n’est pas listé ici.
   *[other] { $n } autres ne sont pas listés ici.
}
compare-explore = Leurs fiches sur la carte
compare-embed = Intégrer cette carte
compare-method = Méthode
compare-method-about = Chaque variable est ramenée à sa médiane et à son écart interquartile, bornée à trois écarts ; population, superficie et revenu par leur logarithme. Distance :
compare-columns = Colonnes qui pèsent :
compare-link = Comparer avec des territoires semblables
compare-map = Carte des territoires semblables
compare-formula = √(Σ poids·écart² ÷ Σ poids + part manquante)
compare-similar = Territoires semblables
echo-alike = ce qui ressemble à { $place }
echo-inhabitants = communes de { $least } à { $most } habitants
echo-inhabitants-to = communes de { $most } habitants au plus
echo-inhabitants-from = communes de { $least } habitants et plus
echo-density = grille de densité : { $levels }
echo-updated = mises à jour en { $years }
echo-peers = territoires semblables

barometer-title = Baromètre
barometer-total = Total
barometer-stratum = Strate de population
barometer-commune = Commune
barometer-updated = Année de mise à jour
barometer-inhabitants-below = moins de { $to } habitants
barometer-inhabitants-from = { $from } habitants et plus
barometer-inhabitants-between = { $from } à { $to } habitants
barometer-method-about = Une commune est active quand elle a au moins une fiche de la requête ; elle participe quand elle en a saisi une, quelle qu’en soit la date, ou qu’elle a une ligne du label l’année demandée (n’importe laquelle sinon). Les communes fusionnées comptent sous celle d’aujourd’hui. Les taux qui reposent sur peu sont ramenés vers celui de l’ensemble, ou du département (bayésien empirique, Marshall 1991), avec un intervalle à 95 % ; l’écart au reste est dit par un entonnoir à 95 et 99,8 % (Spiegelhalter 2005).
barometer-about = Ce qui est fait, où, depuis quand : des chiffres avec leurs dénominateurs, chacun mène à sa liste.
barometer-words = Sujet, lieu, années (« école en Bretagne depuis 2015 »)
barometer-layer = Ce qui est compté
barometer-layer-usual = Ce que les communes saisissent
barometer-by = Par
barometer-and-by = et par
barometer-among = Rapporté aux
barometer-among-participating = communes qui participent
barometer-among-all = communes, toutes
barometer-go = Compter
barometer-lead = { $n ->
    [0] Aucune fiche
    [one] Une fiche
   *[other] { $n } fiches
} ; { $active } communes actives sur { $participating } qui participent, parmi { $communes }.
barometer-lead-all = { $n ->
    [0] Aucune fiche
    [one] Une fiche
   *[other] { $n } fiches
} ; { $active } communes actives sur { $communes }, dont { $participating } participent.
barometer-total-rate = Fiches pour 10 000 habitants :
barometer-total-per-active = Fiches par commune active, médiane (quartiles) :
barometer-several = Une fiche peut avoir plusieurs valeurs : les parts font plus de 100 %.
barometer-partial = * L’année { $year } est en cours : ses chiffres sont partiels.
barometer-sheets = Fiches
barometer-part = Part
barometer-active = Communes actives, sur celles qui participent
barometer-active-all = Communes actives, sur toutes
barometer-active-of = { $n } / { $all }
barometer-per-inhabitants = Fiches pour 10 000 habitants
barometer-rate = { $rate } ({ $low } à { $high })
barometer-difference = Écart à l’ensemble
barometer-per-active = Fiches par commune active
barometer-within = dans le hasard
barometer-beyond-95 = au-delà du hasard (95 %)
barometer-beyond-998 = au-delà du hasard (99,8 %)
barometer-more = { $n ->
    [one] Une ligne de plus dans le CSV.
   *[other] { $n } lignes de plus dans le CSV.
}
barometer-grid-cut = Les valeurs qui ont le plus de fiches ; toutes sont dans le CSV.
barometer-explore = Ces fiches sur la carte
barometer-chart-alone = Graphique seul
barometer-chart-bars = Fiches par { $by }
barometer-chart-years = Fiches par { $by }
barometer-chart-funnel = Fiches pour 10 000 habitants, par { $by } : l’entonnoir dit ce que le hasard seul donnerait (95 et 99,8 %)
barometer-chart-beside = Les mêmes chiffres sont dans le tableau.
barometer-axis-inhabitants = habitants (échelle logarithmique)
barometer-standardise = Taux standardisés par strate de population
barometer-standardised = Avec la composition de l’ensemble
barometer-chart-strip = Fiches pour 10 000 habitants (taux lissé), par { $by } : chacun est un trait ; la moitié du milieu et la médiane
barometer-chart-panels = Fiches par { $by } : une même échelle
barometer-source = Atlaas, instantané { $snapshot }, { $date }
barometer-method = Méthode
choropleth-sheets = Fiches
choropleth-rate = Fiches pour 10 000 habitants (taux lissé)
choropleth-active = Communes actives, en % de celles qui participent
choropleth-nothing = participe, aucune fiche
choropleth-described = { $measure } : { $some } territoires en ont, { $none } participent sans en avoir, { $absent } ne participent pas.
choropleth-ground = Baromètre : { $measure }
choropleth-absent = ne participe pas
choropleth-of-years = Classes de toutes les années : les cartes des années se comparent.

statement-heading = Relevé : { $name }
statement-about = Chiffres, évolution, cartes et label d’un territoire, datés, à imprimer.
statement-france = France
statement-figures = Ce qui est là
statement-beside = À côté de l’ensemble
statement-years = D’une année à l’autre
statement-change = En { $year } : { $now } fiches, contre { $then } en { $before } ({ $change }). { $verdict }
statement-within = C’est dans ce que le hasard seul ferait varier.
statement-beyond = C’est plus que ce que le hasard seul ferait varier (95 %).
statement-maps = Cartes
statement-map = Ce qui est là, sur la carte
choropleth-by-commune = { $what }, par commune
choropleth-by-epci = { $what }, par intercommunalité
choropleth-by-region = { $what }, par région
choropleth-by-departement = { $what }, par département
statement-strata = Par strate de population
statement-label = Le label, année par année : communes de chaque niveau
statement-group = L’intercommunalité
statement-method = Les cartes rangent les valeurs en cinq classes, les meilleures au sens des moindres carrés ; les hachures disent qui ne participe pas. Deux années se comparent par un test exact de deux comptes de Poisson.
statement-sources = Sources :
statement-snapshot = Instantané
statement-link = Relevé à imprimer
mistake-no-chart = Un graphique a une dimension, et une seule

## Changes: the journal, its page, its feeds, older snapshots

results-changes = Suivre les changements
results-dated = Adresse datée : cette liste, tant que ces données sont gardées
changes-title = Changements
changes-about = Ce qui est venu, a changé ou est parti à chaque indexation : à lire ici, ou à suivre par un lecteur de flux, sans compte.
changes-words-label = Sujet et lieu (« fablab dans le Cantal »)
changes-kind = Type de fiches
changes-kind-all = Tous
changes-since = Depuis (2026-11-01, ou le nom d’un instantané)
changes-follow = Suivre plusieurs recherches à la fois
changes-follow-about = Coller l’adresse d’une liste, d’une carte ou d’une recherche de ce site ; le flux obtenu les réunit. Rien n’est enregistré : tout est dans l’adresse.
changes-follow-one = Recherche
changes-go = Voir les changements
changes-lead = { $n ->
    [0] Aucun changement.
    [one] Un changement.
   *[other] { $n } changements.
}
changes-feeds = À suivre :
changes-next = Changements plus anciens
changes-begin = Le journal commence le { $date } et garde treize mois au plus.
changes-no-journal = Le journal est vide : il commence à la prochaine indexation.
changes-gaps = Des changements manquent au journal, perdus ou trop nombreux pour y être.
changes-words = Les fiches retirées ne sont pas filtrées par les mots, dont le journal ne garde rien : seulement par type, territoire, position, facettes et label.
changes-added = Ajoutée
changes-changed = Modifiée
changes-changed-in = Modifiée : { $fields }
changes-removed = Retirée
changes-left = Ne répond plus à la recherche
changes-field-name = nom
changes-field-text = description
changes-field-address = adresse
changes-field-updated = date de mise à jour
changes-field-labels = label
changes-field-position = position
changes-field-territory = territoire
changes-feed-title = { $subject } – changements
changes-several = Atlaas : { $n } recherches suivies
mistake-since = Un jour (2026-11-01), un instant (2026-11-01T12:00:00Z) ou le nom d’un instantané est attendu.
mistake-since-unknown = Le journal ne connaît pas cet instantané : donner une date.
mistake-change-place = Ce curseur n’est pas de ceux que donnent les liens « next » et « prev-archive ».
mistake-too-many-followed = { $most } requêtes au plus se suivent à la fois.
error-no-archive = Cette archive n’existe pas, ou n’est plus au journal.
error-snapshot = Instantané non gardé
error-snapshot-gone = L’instantané { $id }, du { $date }, n’est plus gardé ; le plus proche est { $nearest }. Gardés : { $kept }.
error-snapshot-unknown = Aucun instantané ne s’appelle « { $id } » ; l’actuel est { $nearest }. Gardés : { $kept }.
layout-older = Vous lisez un instantané plus ancien, du { $date }.
layout-older-current = Voir l’actuel
