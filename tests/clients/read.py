"""Reads a PMTiles archive with PyPI's pmtiles and mapbox-vector-tile.

`python read.py archive.pmtiles z/x/y…` prints what it says of itself and the features of each layer.
"""

import gzip
import json
import sys

import mapbox_vector_tile
from pmtiles.reader import MmapSource, Reader

path, *addresses = sys.argv[1:]
with open(path, "rb") as file:
    archive = Reader(MmapSource(file))
    header = archive.header()
    tiles = {}
    for address in addresses:
        z, x, y = map(int, address.split("/"))
        tile = mapbox_vector_tile.decode(gzip.decompress(archive.get(z, x, y)))
        tiles[address] = {name: len(layer["features"]) for name, layer in tile.items()}
        assert all(layer["extent"] == 4096 for layer in tile.values()), address
    print(
        json.dumps(
            {
                "minZoom": header["min_zoom"],
                "maxZoom": header["max_zoom"],
                "vector": header["tile_type"].value == 1,
                "layers": [layer["id"] for layer in archive.metadata()["vector_layers"]],
                "tiles": tiles,
            }
        )
    )
