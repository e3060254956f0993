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
barometer-source = Atlaas, snapshot { $snapshot }, { $date }
barometer-method = Method
mistake-no-chart = A chart has one dimension, and one only
