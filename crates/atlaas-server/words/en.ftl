# What is told to people in English. Code asks for each message by its name; a test holds that both
# languages have the same ones with the same arguments, and that each is asked for.

## Errors: titles and details of problem documents and error pages

error-bad-request = Bad request
error-parameters = { $n } parameters need correcting, see "errors".
error-not-utf8 = The address holds bytes that are not UTF-8.
error-cursor-in-export = "apres" is for pages only: an export gives everything, or "offset" and "limit".
error-tile-address = A tile address is made of three whole numbers: /tiles/{"{"}tileset{"}"}/{"{"}z{"}"}/{"{"}x{"}"}/{"{"}y{"}"}.mvt.
error-side = `{ $name }` is a number of pixels between { $least } and { $most }.
error-not-found = Not found
error-no-address = There is nothing at this address; see /docs for the list.
error-unknown-fiche = No fiche bears the id "{ $id }".
error-unknown-territory = No territory of type "{ $kind }" bears the code "{ $code }".
error-nowhere = No place is known of this territory: ask for "format=json".
error-no-form = A "multipart/form-data" form is expected, with the file in its field "data".
error-no-file = The field "data" is missing: it holds the file.
error-table-empty = The file is empty.
error-table-encoding = There is no encoding "{ $name }": "utf-8", "windows-1252", "utf-16le"…
error-table-character = "{ $text }" is not one ASCII character.
error-table-column = There is no column "{ $name }"; the header has: { $known }.
error-table-no-position = No columns of latitude and longitude; the header has: { $known }.
error-table-too-wide = More than { $most } columns.
error-unknown-tile-matrix-set = There is no tile matrix set "{ $name }": there is { $known }.
error-unknown-tileset = There is no tileset "{ $name }": choose among { $known }.
error-too-deep = "{ $tileset }" ends at zoom { $deepest }: overzoom its tiles beyond (maxzoom of the TileJSON).
error-outside = tile { $z }/{ $x }/{ $y } is outside the world: columns and rows go from 0 to { $last } at zoom { $z }
error-unknown-clusters = There are no clusters "{ $name }": choose among { $known }.
error-unknown-cluster = No cluster { $id } under these filters: a cluster_id holds for one snapshot and one query.
error-unknown-style = There is no style "{ $name }": choose among { $known }.
error-unknown-collection = There is no collection "{ $name }": choose among { $known }.
error-unknown-example = There is no example "{ $name }": choose among { $known }.
error-no-asset = There is no such file, or no longer; reload the page.
error-no-part = There is no such part of the sitemap: see /sitemap.xml.
error-not-our-page = `url` must be the address of a page of this service: search, entry or territory.
error-no-table = No table is called { $name }.
error-no-year = No label is known for the year "{ $year }".
error-not-acceptable = Not acceptable
error-no-format = None of the accepted formats is offered here; there is: { $offered }.
error-no-coding = None of the accepted codings is offered here; there is: zstd, br, gzip, identity.
error-not-implemented = Not implemented
error-oembed-format = Only `format=json` is offered.
error-method = Method not allowed
error-method-detail = This address only answers GET and HEAD.
error-body = Payload too large
error-body-detail = No body is expected.
error-address = URI too long
error-address-detail = The address is longer than allowed; see /docs for how long it may be.
error-headers = Request header fields too large
error-headers-detail = The headers are longer than allowed; see /docs for how long they may be.
error-other = Error
error-other-detail = { $reason }
error-too-many = Too many requests
error-too-many-detail = Too many requests from this address; try again in { $seconds } s.
error-service-busy = Service busy
error-busy = Too much work under way; try again in { $seconds } s.
error-late = The answer could not begin in time; try again in a moment.
error-internal = Internal error
error-internal-detail = Something failed on our side; it has been logged.

## What is wrong with a parameter

mistake-too-long = Value too long: at most { $most } characters.
mistake-unknown-value = Unknown value.
mistake-required = This parameter is required, for example "{ $name }={ $example }".
mistake-not-here = There is no parameter "{ $name }" here.
mistake-whole-number = A whole number from { $first } to { $last } is expected.
mistake-whole-number-from = A whole number from { $least } is expected.
mistake-degrees-number = A number of degrees from -{ $most } to { $most } is expected.
mistake-numbers = { $count } numbers separated by commas are expected.
mistake-lon-and-lat = "lon" and "lat" go together.
mistake-language = Unknown language.
mistake-snapshot = This is not the id of a snapshot.
mistake-geojson-only = Only GeoJSON is offered here.
mistake-json-only = Only JSON is offered here.
mistake-interval = A date or an interval is expected: 2024-01-01, 2024-01-01/.., ../2024-12-31.
mistake-text-length = The text must have { $first } to { $last } characters.
mistake-all-outlines = The contours of all communes at once: give "codeDepartement", "nom", "code"…, or take the tiles.
mistake-ground = Unknown ground.
mistake-format = There is no such format.
mistake-dialect = There is no such CSV dialect.
mistake-unknown-parameter = Unknown parameter.
mistake-too-many-parameters = { $given } parameters: at most { $most }.
mistake-twice = Parameter given twice with different values: keep one.
mistake-too-many-values = Too many values: at most { $most }.
mistake-too-many-words = { $given } words: at most { $most }.
mistake-no-word = No word: expected letters or digits.
mistake-not-a-number = Expected a number, with a point for decimals.
mistake-degrees = Expected degrees between -{ $most } and { $most }.
mistake-kilometres = Expected kilometres between { $least } and { $most }.
mistake-beyond = Expected a number between { $least } and { $most }.
mistake-count = Expected a whole number between 0 and { $most }.
mistake-longitude = longitude { $degrees } is not a number between -180 and 180.
mistake-latitude = latitude { $degrees } is not a number between -90 and 90.
mistake-vertex-longitude = longitude { $degrees } is not a number between -180 and 180.
mistake-vertex-latitude = latitude { $degrees } is not a number between -90 and 90.
mistake-bbox = Expected four numbers: west,south,east,north (degrees), such as -1.8,47.1,-1.4,47.3.
mistake-upside-down = south { $south } is above north { $north }; the order is west,south,east,north.
mistake-polygon = Expected a polygon in WKT or GeoJSON, such as POLYGON((-1.7 47.1,-1.4 47.1,-1.5 47.3,-1.7 47.1)).
mistake-polygon-too-large = { $vertices } vertices, { $rings } rings: at most { $most } and { $most_rings }.
mistake-code-or-name = Expected a code or a name.
mistake-facet-and-words = Expected a facet and words, such as categorie:médiathèque.
mistake-territory-id = The id of a territory is expected, such as commune-13056.
mistake-not-a-date = A date is expected, such as 2024-03-01.
mistake-range-upside-down = The least is above the most.
mistake-years = Expected a year between { $first } and { $last }: 2015, 2015-2018, 2015- or -2018.
mistake-inhabitants = Number of inhabitants expected, or a span: 500-1999, 500- or -999.
mistake-levels = Expected a level between 1 and 5: 4, 2-4, 4- or -2.
mistake-half-position = `lat` and `lon` go together: give both.
mistake-cursor = Damaged cursor, or one of another query: take it from the `next` link, or leave it out.
mistake-cursor-and-offset = `apres` and `offset` exclude each other: keep one.
mistake-radius-alone = `rayon` needs a centre: `pres_de`, or `lat` and `lon`.
mistake-one-territory = One territory is expected, and only one: territoire=commune-13056, or `commune`, `epci`, `departement`, `region`.
lens-own = My weights
lens-own-reason = The weights are those of the address; what is not among them does not count.
mistake-peers-of-what = Says how to choose similar territories: `semblables_a` says to whom (semblables_a=commune-19015).
mistake-count-between = Expected a whole number between { $least } and { $most }.
mistake-weights = A variable, a colon and a weight above 0 and up to { $most } are expected: population:2.
mistake-weights-beside-lens = A lens has weights of its own: give one or the other, or lentille=libre.
mistake-free-without-weights = The lens “libre” needs weights: poids=population:2,revenu:1.
mistake-stratum-beside-choice = A stratum and chosen territories do not go together.
mistake-standard-of-what = Rates are standardised by one dimension, of territories: par=departement, par=region, par=epci…
mistake-nothing-to-compare = Nothing that weighs is known of this territory.
mistake-around-what = `autour` needs a territory, or thirty of one level at most: `commune`, `epci`, `departement`, `region` or `pres_de`.
mistake-around-nothing = No territory is named: `autour` needs one.
mistake-distance-from-nowhere = `tri=distance` needs a place: `pres_de`, `lat` and `lon`, or a territory.
mistake-unknown-territory = Unknown territory: expected a code or a name.
mistake-unknown-place = Unknown place: expected a name, a code or lon,lat.
mistake-no-place-in-words = No place is recognised in `q`: add `pres_de`, or `lat` and `lon`.
mistake-place-without-position = The position of this place is not known: give lon,lat.

## Kinds of fiches: one, several, counted

kind-epci = intercommunality
kind-departement = department
kind-region = region
kind-commune = commune
kinds-commune = communes
kinds-epci = intercommunalities
kinds-departement = departments
kinds-region = regions
count-of = { $n } { $n ->
    [one] { $one }
   *[other] { $many }
}
count-entries = { $n } { $n ->
    [0] entry
    [one] entry
   *[other] entries
}

## Titles of facets

facet-type = Type
facet-arobases = Label (arobases)
facet-region = Region
facet-departement = Department
facet-epci = Intercommunality
facet-mention = Mention
class-below = less than { $most }
class-from = { $least } and more
class-between = { $least } to { $most }
range-most = at most { $most }
range-least = at least { $least }
range-between = from { $least } to { $most }

## Distances

distance-here = on the spot

## Around every page

layout-skip = Skip to content
layout-navigation = Main navigation
layout-winners = Label winners
layout-other-language = Français
layout-demonstration = Demonstration
layout-demonstration-about = Demonstration data: initiatives, places, labels and boundaries are made up.
layout-data-of = data of
layout-licence = Licence Ouverte 2.0
layout-footer = Footer

## On several pages

page-accessibility = Accessibility
page-map = Map
page-entry = Entry
page-demonstration-data = Demonstration data
page-data-of = Data of
page-perhaps = Perhaps
page-site-map = Site map
page-embed = Embed
page-notices = Notices and licences
page-year = Year
page-map-title = Atlaas map

## The explorer

explorer-heading = Digital initiatives and places of digital help, all over France
explorer-skip-results = Skip to the results
explorer-skip-filters = Skip to the filters
explorer-search-label = Search for a place, an initiative, a topic
explorer-search = Search
explorer-example-around = fablab Nantes
explorer-example-place = médiathèque Lyon
explorer-example-topic = wifi Marseille
explorer-around-place = Around a place
explorer-place = Place
explorer-radius-km = Radius (km)
explorer-around-me = Around me
explorer-limit-to-area = Limit to the shown area
explorer-radius = Radius
explorer-mistaken = This request needs correcting
explorer-mistaken-title = Request to correct – Atlaas
explorer-description = digital initiatives of French communes and places of digital help, on a map and as open data

## Its results

results-label = Results
results-understood = Understood:
results-alternatives = Or rather:
results-active = Active filters
results-remove = (remove)
results-clear = Clear all
results-filter = Filter
results-no-value = No value
results-sort = Sort
results-filters = Filters
results-embed = Embed this map on a site
results-nothing = Nothing matches all of these criteria.
results-examples = For example:
results-start-again = Clear all and start again
results-pages = Pages
results-previous = Previous page
results-next = Next page
results-export = Export
results-share = Share
results-address = Address of this search
results-home-title = Atlaas, the digital initiatives of French communes

## What to try when nothing matches

advice-wider = Search within { $km } km
advice-without-facet = Remove the filter “{ $facet }”
advice-beyond-commune = Search beyond the commune
advice-without-word = Search without “{ $word }”
advice-word-alone = Search “{ $word }” everywhere
advice-place-alone = See all there is there, without the words
advice-everywhere = Search everywhere

## How a query was read

echo-around = around a place
echo-shown-area = shown area
echo-drawn-area = drawn area
echo-near = near { $place }
echo-in = in { $place }
echo-formerly = { $place }, formerly { $name }
echo-words = words: « { $words } »
echo-correction = « { $written } » read as « { $read } »
echo-close = « { $words } » is not found as it is: also taken to mean { $meant }.
echo-without = Nothing holds all the words: searched without { $words }.
echo-then-radius = Nothing in this place ({ $place }): searched as far as { $km }, nearest first.
echo-then-name = Nothing in this place ({ $place }): searched in all of « { $name } », nearest first.
echo-then-france = Nothing in this place ({ $place }): searched in all of France, nearest first.
echo-nearest = The nearest: { $name }, at { $km }.
echo-strictly = Exactly what I wrote
echo-exactly = exactly the words « { $words } »

## A line of a list

hit-label-of = label of the territory: { $name }
hit-inhabitants = { $n } inhabitants

## Orders of a list

order-relevance = relevance
order-name = name
order-distance = distance
order-date = date

## Exports of a list

export-csv-excel = CSV for French Excel
export-atom = Atom (follow what is new)
export-about = About
export-about-title = Content
export-about-query = Query
export-about-address = Address
export-about-snapshot = Snapshot
export-about-date = Date
export-about-licence = Licence
export-about-terms = Text of the licence
export-about-column = Column
export-about-heading = Title
export-about-meaning = Meaning
export-about-unit = Unit
export-gpx = GPX (waypoints)
export-api = API link

## The page of a fiche

fiche-around = See around
fiche-address-of-entry = Address of this entry
fiche-similar = Similar entries
fiche-at-commune = Position: the centre of the commune.
fiche-at-territory = Position: the centre of the territory.
fiche-nowhere = Position unknown.
fiche-address = Address
fiche-territory = Territory
fiche-updated = Updated
fiche-yes = yes
fiche-no = no

## The page of a territory

territory-unknown = No territory of type "{ $kind }" bears the code "{ $code }".
territory-postcodes = Post codes
territory-other-names = Other names
territory-explore = Explore this territory
territory-nothing = Nothing is known here yet.
territory-see-near = See within 20 km
territory-label-by-year = Label by year
territory-made-up = (made up)
territory-by = { $what } by { $facet }
territory-data = Data:
territory-embed = Embed this map
territory-address = Address of this page
territory-members = Territories in it
territory-neighbours = Neighbouring territories

## The label, year by year

winners-ept = territorial public establishment
winners-years = Years
winners-mentions = Mentions
winners-description = Communes and intercommunalities with the label, by level.
winners-heading = Label winners of { $year }
winners-count = { $n } communes and intercommunalities.

## The plan of the site

sitemap-title = Site map – Atlaas
sitemap-description = Every page of Atlaas, by region and department.
sitemap-search = Search on the map and in the list
sitemap-winners = Label winners
sitemap-embed = Embed a map in a page
sitemap-examples = Examples to copy
sitemap-docs = Documentation of data and API
sitemap-territories = Regions and departments

## The generator of embeds

generator-heading = Embed a map
generator-lead = Choose what the map shows, copy the code, paste it on your site. No account, no cookie, no third party.
generator-alike = Look in the communes like this one, in its place
generator-alike-whom = To show communes like it, name one commune and one only.
generator-commune = Commune (name or INSEE code)
generator-words = Words
generator-all = All
generator-ground = Map background
generator-ground-none = Plain
ground-label = Label (arobases)
ground-label-of-groups = Label of intermunicipalities
ground-count = { $layer } by commune
ground-none = none
ground-no-label = no label
ground-more = and more
generator-height = Height (pixels)
generator-update = Update
generator-preview = Preview
generator-preview-map = Preview of the map
generator-code = The code
generator-further = Going further
generator-further-how = The atlaas-carte element takes every search parameter as an attribute. It emits atlaas:selection and atlaas:deplacement, and answers allerA(longitude, latitude, zoom) and filtrer({"{"} enjeu: … {"}"}). Version 1 will not change its meaning.
generator-title = Embed a map – Atlaas
generator-description = The code to copy to show an Atlaas map on a site.
generator-element = Element
generator-element-when = The lightest: nothing is loaded before the map is visible.
generator-iframe-when = When the site's editor refuses scripts.
generator-oembed-when = WordPress and others: paste this address alone on a line.
generator-image-when = For a letter, a mail, a document.
generator-tiles = Tiles and style
generator-tiles-when = For MapLibre, Leaflet, OpenLayers or QGIS.

## The embedded page

embed-data-of = Data of
embed-open = Open in Atlaas
embed-new-tab = (new tab)

## Maps to copy

examples-heading = Examples of maps
examples-lead = Whole pages to copy, one for each library. Each waits for a copy of its library beside it, in bibliotheques/: we serve none, and send nobody elsewhere for it.
examples-code-of = Code of
examples-title = Examples of maps – Atlaas
examples-description = Pages to copy, one for each map library.

## Accessibility

accessibility-lead = Each view is a whole page: it can be read without scripts, without images, with a keyboard and with a screen reader. The map is never the only way to an entry.
accessibility-keyboard = With a keyboard
accessibility-key-search = go to the search
accessibility-escape = Esc
accessibility-key-escape = close the suggestions or the entry
accessibility-arrows = arrows, + and − on the map
accessibility-key-arrows = move, zoom
accessibility-tab = tab from the map
accessibility-key-tab = go to the points, then arrows from one to the next, Enter to open
accessibility-checked = What is checked
accessibility-checked-how = Automatic tests (axe-core, rules of WCAG 2.2 AA and RGAA 4) run on every page, light and dark, at every version. They do not replace an audit by people: none has been made yet, and this page will say when.
accessibility-limits = Known limits
accessibility-limit-points = On the map, the 60 points nearest to the centre are reached with the keyboard; the list has them all.
accessibility-limit-texts = Titles and texts of entries are those of their authors.
accessibility-title = Accessibility – Atlaas
accessibility-description = How to use Atlaas with a keyboard, a screen reader, without scripts.

## Catalogue

catalogue-title = Catalogue of data
catalogue-description = All that Atlaas publishes: data sets, files, services, sources, licences.
catalogue-lead = What Atlaas publishes: a data set for each level of territories and each layer, in all their forms, the services that answer questions about them, and what they were made of.
catalogue-harvest = For harvesters (DCAT-AP):
catalogue-dictionary = Dictionary of the columns
catalogue-dictionaries = All tables and their dictionaries
catalogue-datasets = Data sets
catalogue-services = Services
catalogue-sources = Sources
catalogue-pages = A page of the result: the link next leads to the next one.
catalogue-newest = Last change at the source:
catalogue-years = Years:
catalogue-how = How to ask
catalogue-source = Source
catalogue-source-vintage = Vintage
catalogue-source-rows = Rows
catalogue-source-licence = Licence
catalogue-source-digest = SHA-256
catalogue-dataset = { $title } – Atlaas
catalogue-entries-of = The { $kinds } of Atlaas: what the sources tell of them, their territories, their position, their label.
catalogue-figures = What is done, where, since when: entries, active communes, communes that take part, shrunk rates and their intervals, by dimension.
catalogue-demonstration = Demonstration: made-up objects (seed { $seed }) on real communes
catalogue-provenance = Snapshot { $snapshot }, built on { $date } from the sources that are named.
catalogue-keyword-communes = communes
catalogue-keyword-digital = public digital services
catalogue-service-api = API of Atlaas
catalogue-service-api-about = One query, every form: words, places, facets, whole exports.
catalogue-service-ogc = OGC API – Features of Atlaas
catalogue-service-ogc-about = The same entries as collections, and the tiles, by the standards of the OGC.
catalogue-service-tiles = Vector tiles of Atlaas
catalogue-service-tiles-about = Territories and clustered points, filtered by any query (TileJSON, MVT).
catalogue-service-geocoder = Geocoder of Atlaas
catalogue-service-geocoder-about = Communes and territories by their name, in the shape of the national address API.

## Columns of tables, as data dictionaries tell them

column-id = Identifier
column-id-about = Unique among all entries; stays the same from snapshot to snapshot.
column-type = Kind of entry
column-type-about = Level of territory, or what an object of the layer is.
column-name = Name
column-name-about = Name of a territory or place, title of an initiative.
column-text = Text
column-text-about = Description, plain.
column-updated = Updated
column-updated-about = Last change at the source.
column-address = Address
column-address-about = Number and street.
column-commune = Commune
column-commune-about = Name of the commune of today in which the entry lies.
column-commune-code = Code of the commune
column-commune-code-about = INSEE code of the commune of today.
column-epci = EPCI
column-epci-about = Name of the intermunicipal body with taxes of its own.
column-epci-code = SIREN of the EPCI
column-epci-code-about = SIREN number of the intermunicipal body.
column-departement = Département
column-departement-about = Name of the département, or of the overseas collectivity in its place.
column-departement-code = Code of the département
column-departement-code-about = INSEE number of the département.
column-region = Région
column-region-about = Name of the région.
column-region-code = Code of the région
column-region-code-about = INSEE number of the région.
column-code = Code of the territory
column-code-about = INSEE code or SIREN of a territory; empty for any other entry.
column-postcodes = Post codes
column-postcodes-about = Post codes of a territory.
column-level = Arobases
column-level-about = Level of the label Territoires, Villes et Villages Internet that counts for the entry; 0 without a label.
column-label-of = Labelled territory
column-label-of-about = EPCI or EPT that was labelled as a whole, when the label is not the commune’s own.
column-labels = Labels by year
column-labels-about = The year, a colon, the level; then the mention and the labelled territory, where there are any: 2021:3 (Plaine Commune).
column-longitude = Longitude
column-longitude-about = Degrees WGS 84, six decimals at most; the centre of a territory.
column-latitude = Latitude
column-latitude-about = Degrees WGS 84, six decimals at most; the centre of a territory.
column-precision = Precision of the position
column-precision-about = The point itself, the centre of the commune or of a wider territory, or unknown.
column-distance = Distance
column-distance-about = From the place asked for; empty without one.
column-page = Page of the entry
column-page-about = Address of the page that people read.
column-snapshot = Snapshot
column-snapshot-about = Name of the snapshot that the row is of.

table-all = All entries
table-comparison = A territory beside those that resemble it
table-package = All tables that Atlaas exports, and what their columns are.

## Columns of the barometer

figure-line = Line
figure-line-about = total: everything that the query finds.
figure-value-name = { $title } (name)
figure-value-name-about = The value, as people read it.
figure-entries = Entries
figure-entries-about = Entries of the query under this value.
figure-share = Share of entries
figure-share-about = Share of all entries of the query; the sum is above 1 when an entry has several values.
figure-active = Active communes
figure-active-about = Communes that have at least one entry of the query.
figure-participating = Communes that take part
figure-participating-about = Communes that have an entry, of whatever date, or a row of the label in the year asked for.
figure-communes = Communes
figure-communes-about = All communes of the territory.
figure-population = Population
figure-population-about = Inhabitants of the communes that rates are out of.
figure-rate = Entries per 10,000 inhabitants
figure-rate-about = Raw rate.
figure-smoothed = Shrunk rate
figure-smoothed-about = The same, shrunk by Marshall’s empirical Bayes estimator.
figure-low = Shrunk rate, lower end
figure-low-about = Lower end of the 95 % interval.
figure-high = Shrunk rate, upper end
figure-high-about = Upper end of the 95 % interval.
figure-verdict = Difference of the rate
figure-verdict-about = Beyond which limits of the funnel the rate lies: hasard (chance), 95 or 99.8 %.
figure-standard = Standardised rate
figure-standard-about = The rate that there would be with the composition of all by class of population.
figure-standard-low = Standardised rate, lower end
figure-standard-low-about = Lower end of the 95 % interval.
figure-standard-high = Standardised rate, upper end
figure-standard-high-about = Upper end of the 95 % interval.
figure-part = Part of active communes
figure-part-about = Active communes among those that rates are out of.
figure-part-verdict = Difference of the part
figure-part-verdict-about = Beyond which limits of the funnel the part lies: hasard (chance), 95 or 99.8 %.
figure-first-quartile = Entries of an active commune, first quartile
figure-first-quartile-about = A quarter of the active communes has fewer.
figure-median = Entries of an active commune, median
figure-median-about = Half of the active communes have fewer.
figure-third-quartile = Entries of an active commune, third quartile
figure-third-quartile-about = A quarter of the active communes has more.
figure-level-one = Communes with one arobase
figure-level-two = Communes with two arobases
figure-level-three = Communes with three arobases
figure-level-four = Communes with four arobases
figure-level-five = Communes with five arobases
figure-level-about = Communes whose label has this level.
figure-objects-about = All objects of the layer in these communes, whatever is asked.
figure-partial = Partial year
figure-partial-about = oui (yes): the year of the sources, which they know in part.
figure-among = Out of
figure-among-about = Communes that rates and parts are out of: those that take part, or all.
figure-list = List
figure-list-about = Address of the entries that are counted; empty where no query can say it.

## Columns of a comparison

compared-line = Line
compared-line-about = The territory, one that resembles it, or a quartile of these or of all.
compared-rank = Rank
compared-rank-about = From the most to the least alike.
compared-id = Identifier
compared-id-about = Identifier of the entry of the territory; empty for a quartile.
compared-name = Name
compared-name-about = Name of the territory; empty for a quartile.
compared-departement = Département
compared-departement-about = Name of the département.
compared-population = Population
compared-population-about = Inhabitants.
compared-level = Arobases
compared-level-about = Level of the label; 0 without a label.
compared-distance = Distance
compared-distance-about = Standardised distance to the territory, without a unit: small when they are alike.
compared-missing = Missing part
compared-missing-about = Part of the weight of variables whose value is missing.
compared-share = Share of the distance: { $title }
compared-share-about = What this variable adds to the distance.
compared-objects-about = Objects of the layer that lie there.

## Notices

notices-data = Data
notices-data-demonstration = This service shows demonstration data: names, codes, populations and centres of communes are real; initiatives, places, labels and boundaries are made up.
notices-data-sources = Boundaries and names: IGN and INSEE. Places and initiatives: their producers. Licence Ouverte 2.0; name the source and the date
notices-snapshot = Snapshot
notices-privacy = Privacy
notices-privacy-how = No cookie, no storage in the browser, no call to a third party. Your position is asked for only if you choose "Around me", and serves that search only.
notices-software = Software
notices-software-how = Atlaas is published under MIT or Apache-2.0. Its map uses Leaflet (BSD-2-Clause), vector-tile and pbf (BSD-3-Clause), point-geometry (ISC).
notices-licences = Texts of the licences
notices-title = Notices and licences – Atlaas
notices-description = Sources of the data, licences, privacy.

## Pages of errors

trouble-links = Or:
trouble-search = Go to the search

## Still maps

picture-location = Location map
picture-france = Map of France
picture-attribution = IGN, INSEE, open data – Licence Ouverte 2.0
picture-points = Map: points in the shown area: { $n }

## What the scripts of the pages say; build.rs hands it to them

script-absent = does not take part
script-map = Map: arrows to move, plus and minus to zoom, tab for the points
script-points = Points of the map: arrows to go from one to the next, Enter to open
script-gesture-wheel = Ctrl + scroll to zoom the map
script-gesture-wheel-mac = ⌘ + scroll to zoom the map
script-gesture-fingers = Two fingers to move the map
script-others = others
script-view = What is shown
script-view-map = Map
script-view-list = List
script-search-here = Search this area
script-zoom-in = Zoom in
script-zoom-out = Zoom out
script-same-place = at the same place
script-theme = Map background
script-theme-none = Plain
script-places = Go to
script-corsica = Corsica
script-new-caledonia = New Caledonia
script-french-polynesia = French Polynesia
script-mainland = Mainland France
script-loading = Loading…
script-failed = The answer did not arrive.
script-offline = You are offline.
script-retry = Try again
script-close = Close
script-copied = Copied
script-copy = Copy
script-location-failed = Your position could not be had.
script-suggestions = Suggestions
script-no-suggestion = No suggestion
script-suggestion-count = suggestions, arrows to choose
script-filter-values = Find a value
script-km = km
script-map-failed = Part of the map could not be loaded.
script-group-territoires = Territories

## Compare

compare-choose = Compare a territory
compare-about = Communes and groups of communes that resemble yours, what they do, and sheets to read.
compare-promise = Peers are chosen by context alone: population, density, income, location… Neither sheets nor the label count. The pre-diagnosis gives no score and no rank.
compare-place = Commune, group of communes, département or région
compare-unknown = No territory is called “{ $place }”: check the name, or give its code.
compare-several = Several territories are called “{ $place }”: choose the right one.
compare-own-stratum = { $n ->
    [one] See its stratum instead (one other place)
   *[other] See its stratum instead ({ $n } other places)
}
compare-see-nearest = See the nearest instead
compare-nothing-known = Nothing is known of { $place } by which to find its peers.
compare-lens = What counts
compare-way = Who is like it
compare-nearest = The nearest
compare-stratum = The whole stratum (population and density)
compare-count = How many
compare-go = Compare
compare-title = { $place } and its peers
compare-heading-before = Beside
compare-communes = communes
compare-epci = groups of communes
compare-departements = départements
compare-regions = régions
compare-lead-band = The { $n } most similar { $kinds }, among the { $candidates } of { $from } to { $to } inhabitants.
compare-lead-all = The { $n } most similar { $kinds }, among { $candidates } of any size.
compare-lead-stratum = The { $n } { $kinds } of the same stratum: { $from } to { $to } inhabitants, { $width } (a stratum of fewer than { $least } places is widened).
compare-lead-chosen = { $n } { $kinds } of your choice.
compare-width-exact = the same level of the density grid
compare-width-grouped = the same group of the density grid
compare-width-class = any density
compare-width-classes = any density, classes beside included
compare-lacking = The data at hand tells nothing of: { $names }.
compare-incomplete = { $n ->
    [one] One candidate lacks at least one value: its distance is longer for it.
   *[other] { $n } candidates lack at least one value: their distance is longer for it.
}
compare-missing = not known
compare-spread = { $median } ({ $low } to { $high })
compare-share = { $title } { $percent }%
compare-have = { $n } of { $all } have it
compare-gaps = What most of its peers have, and it has not
compare-ideas = What its peers do
compare-no-gap = Its peers have nothing that is missing here.
compare-no-gap-but = Nothing that most have is missing here; some also have:
compare-gap = not here
compare-beside = Services and places
compare-rate = { $layer } per 10,000 inhabitants
compare-near = { $layer } within { $km } km of the centre
compare-having = Peers that have it
compare-sheets-spread = Sheets per peer: median (quartiles)
compare-peers = Peers
compare-peers-spread = Peers: median (quartiles)
compare-all-spread = All: median (quartiles)
compare-mention = mention
compare-profile = Profile
compare-strip-about = On each strip: the diamond is this territory, the lines are its peers, the block is the middle half of all.
compare-weight = Weight
compare-peers-heading = Who is like it, and why
compare-order = Order
compare-order-distance = the nearest first
compare-order-name = by name
compare-order-population = by population
compare-name = Territory
compare-inhabitants = Inhabitants
compare-distance = Distance
compare-why = What sets it apart most
compare-more = { $n ->
    [one] One more is not listed here.
   *[other] { $n } more are not listed here.
}
compare-explore = Their sheets on the map
compare-embed = Embed this map
compare-method = Method
compare-method-about = Each variable is brought to its median and its interquartile range, bounded at three spreads; population, area and income by their logarithm. Distance:
compare-columns = Columns that weigh:
compare-link = Compare with similar territories
compare-map = Map of the similar territories
compare-formula = √(Σ weight·gap² ÷ Σ weight + missing part)
compare-similar = Similar territories
echo-alike = what is like { $place }
echo-inhabitants = communes of { $least } to { $most } inhabitants
echo-inhabitants-to = communes of at most { $most } inhabitants
echo-inhabitants-from = communes of { $least } inhabitants and more
echo-density = density grid: { $levels }
echo-updated = changed in { $years }
echo-peers = similar territories

barometer-title = Barometer
barometer-total = Total
barometer-stratum = Population class
barometer-commune = Commune
barometer-updated = Year of update
barometer-inhabitants-below = fewer than { $to } inhabitants
barometer-inhabitants-from = { $from } inhabitants and more
barometer-inhabitants-between = { $from } to { $to } inhabitants
barometer-method-about = A commune is active when it has at least one sheet of the query; it takes part when it has entered one, whenever that was, or has a row of the label in the year asked for (in any year otherwise). Communes merged since count under today’s. Rates that rest on few are shrunk towards that of all, or of the département (empirical Bayes, Marshall 1991), with a 95 % interval; a funnel at 95 and 99.8 % tells how each differs from the rest (Spiegelhalter 2005).
barometer-about = What is done, where, since when: figures with what they are out of, each leads to its list.
barometer-words = Topic, place, years (“school in Bretagne since 2015”)
barometer-layer = What is counted
barometer-layer-usual = What communes enter
barometer-by = By
barometer-and-by = and by
barometer-among = Out of
barometer-among-participating = communes that take part
barometer-among-all = all communes
barometer-go = Count
barometer-lead = { $n ->
    [0] No sheet
    [one] One sheet
   *[other] { $n } sheets
}; { $active } active communes out of { $participating } that take part, among { $communes }.
barometer-lead-all = { $n ->
    [0] No sheet
    [one] One sheet
   *[other] { $n } sheets
}; { $active } active communes out of { $communes }, { $participating } of which take part.
barometer-total-rate = Sheets per 10,000 inhabitants:
barometer-total-per-active = Sheets of an active commune, median (quartiles):
barometer-several = A sheet can have several values: parts sum over 100 %.
barometer-partial = * { $year } is under way: its figures are partial.
barometer-sheets = Sheets
barometer-part = Part
barometer-active = Active communes, out of those that take part
barometer-active-all = Active communes, out of all
barometer-active-of = { $n } / { $all }
barometer-per-inhabitants = Sheets per 10,000 inhabitants
barometer-rate = { $rate } ({ $low } to { $high })
barometer-difference = Difference from all
barometer-per-active = Sheets of an active commune
barometer-within = within chance
barometer-beyond-95 = beyond chance (95 %)
barometer-beyond-998 = beyond chance (99.8 %)
barometer-more = { $n ->
    [one] One more row in the CSV.
   *[other] { $n } more rows in the CSV.
}
barometer-grid-cut = The values with most sheets; all are in the CSV.
barometer-explore = These sheets on the map
barometer-chart-alone = Chart alone
barometer-chart-bars = Sheets by { $by }
barometer-chart-years = Sheets by { $by }
barometer-chart-funnel = Sheets per 10,000 inhabitants by { $by }: the funnel tells what chance alone would give (95 and 99.8 %)
barometer-chart-beside = The same figures are in the table.
barometer-axis-inhabitants = inhabitants (logarithmic scale)
barometer-standardise = Rates standardised by population stratum
barometer-standardised = With the composition of all
barometer-chart-strip = Sheets per 10,000 inhabitants (smoothed rate), by { $by }: each is a stroke; the middle half and the median
barometer-chart-panels = Sheets by { $by }: one scale
barometer-source = Atlaas, snapshot { $snapshot }, { $date }
barometer-method = Method
choropleth-sheets = Sheets
choropleth-rate = Sheets per 10,000 inhabitants (smoothed rate)
choropleth-active = Active communes, % of those that take part
choropleth-nothing = takes part, no sheet
choropleth-described = { $measure }: { $some } territories have some, { $none } take part and have none, { $absent } do not take part.
choropleth-ground = Barometer: { $measure }
choropleth-absent = does not take part
choropleth-of-years = Classes of all years: maps of years compare.

statement-heading = Report: { $name }
statement-about = Figures, change, maps and label of a territory, dated, for print.
statement-france = France
statement-figures = What there is
statement-beside = Beside all others
statement-years = From year to year
statement-change = In { $year }: { $now } sheets, against { $then } in { $before } ({ $change }). { $verdict }
statement-within = That is within what chance alone would make vary.
statement-beyond = That is more than chance alone would make vary (95%).
statement-maps = Maps
statement-map = What there is, on the map
choropleth-by-commune = { $what }, by commune
choropleth-by-epci = { $what }, by intercommunality
choropleth-by-region = { $what }, by région
choropleth-by-departement = { $what }, by département
statement-strata = By population stratum
statement-label = The label, year by year: communes of each level
statement-group = The intercommunality
statement-method = Maps put values in five classes, the best by least squares; hatching tells who does not take part. Two years are compared by an exact test of two Poisson counts.
statement-sources = Sources:
statement-snapshot = Snapshot
statement-link = Report for print
mistake-no-chart = A chart has one dimension, and one only

## Changes: the journal, its page, its feeds, older snapshots

results-changes = Follow the changes
results-dated = Dated address: this list, while these data are kept
changes-title = Changes
changes-about = What came, changed or went at each indexing: to be read here, or followed by a feed reader, without an account.
changes-words-label = Subject and place (“fablab dans le Cantal”)
changes-kind = Kind of entries
changes-kind-all = All
changes-since = Since (2026-11-01, or the name of a snapshot)
changes-follow = Follow several searches at once
changes-follow-about = Paste the address of a list, a map or a search of this site; the feed gathers them. Nothing is stored: everything is in the address.
changes-follow-one = Search
changes-go = Show the changes
changes-lead = { $n ->
    [0] No change.
    [one] One change.
   *[other] { $n } changes.
}
changes-feeds = To follow:
changes-next = Older changes
changes-begin = The journal begins on { $date } and keeps thirteen months at most.
changes-no-journal = The journal is empty: it begins with the next indexing.
changes-gaps = Changes are missing from the journal, lost or too many to be listed.
changes-words = Entries that were removed are not filtered by words, of which the journal keeps nothing: only by kind, territory, position, facets and label.
changes-added = Added
changes-changed = Changed
changes-changed-in = Changed: { $fields }
changes-removed = Removed
changes-left = No longer answers the search
changes-field-name = name
changes-field-text = description
changes-field-address = address
changes-field-updated = date of update
changes-field-labels = label
changes-field-position = position
changes-field-territory = territory
changes-feed-title = { $subject } – changes
changes-several = Atlaas: { $n } searches followed
mistake-since = A day (2026-11-01), a moment (2026-11-01T12:00:00Z) or the name of a snapshot is expected.
mistake-since-unknown = The journal does not know this snapshot: give a date.
mistake-change-place = This cursor is none of those that the links “next” and “prev-archive” give.
mistake-too-many-followed = At most { $most } queries are followed at once.
error-no-archive = This archive does not exist, or is no longer in the journal.
error-snapshot = Snapshot not kept
error-snapshot-gone = Snapshot { $id }, of { $date }, is no longer kept; the nearest is { $nearest }. Kept: { $kept }.
error-snapshot-unknown = No snapshot is called “{ $id }”; the current one is { $nearest }. Kept: { $kept }.
layout-older = You are reading an older snapshot, of { $date }.
layout-older-current = See the current one
