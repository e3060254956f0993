"""Reads a catalogue in its three syntaxes with rdflib and validates it with pyshacl:
`catalogue.py SHAPES JSON-LD TURTLE RDF/XML`.

Prints what was read as JSON: how many triples, and the addresses of files and services.
"""

import json
import sys

from pyshacl import validate
from rdflib import Graph, Namespace
from rdflib.compare import graph_diff, to_isomorphic

DCAT = Namespace("http://www.w3.org/ns/dcat#")

shapes, *paths = sys.argv[1:]
graphs = [
    Graph().parse(path, format=syntax)
    for path, syntax in zip(paths, ["json-ld", "turtle", "xml"], strict=True)
]
first = to_isomorphic(graphs[0])
for path, graph in zip(paths[1:], graphs[1:]):
    other = to_isomorphic(graph)
    if first != other:
        _, here, there = graph_diff(first, other)
        sys.exit(f"{path}: not the same triples\n{here.serialize()}\n{there.serialize()}")
valid, _, report = validate(graphs[1], shacl_graph=shapes, shacl_graph_format="turtle", advanced=True)
if not valid:
    sys.exit(report)
files = {str(o) for p in (DCAT.accessURL, DCAT.downloadURL) for o in graphs[0].objects(None, p)}
others = {
    str(o)
    for p in (DCAT.endpointURL, DCAT.endpointDescription, DCAT.landingPage)
    for o in graphs[0].objects(None, p)
}
print(json.dumps({"triples": len(graphs[0]), "files": sorted(files), "others": sorted(others)}))
