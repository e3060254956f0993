#!/usr/bin/env python3
"""Makes data/gazetteer.tsv.gz, the compact gazetteer compiled into the program.

usage: python3 data/gazetteer.py DECOUPAGE_DIR CENTRES_CSV > data/gazetteer.tsv.gz

DECOUPAGE_DIR holds communes.json, epci.json, departements.json, regions.json and ept.json of the open
decoupage administratif; CENTRES_CSV has the columns code,nom,longitude,latitude. Only facts are
kept: codes, names, populations, post codes, memberships, positions. Same input, same bytes out.

One record a line, values between tabs, the first letter tells what it is:
  R code name seat                        region
  D code name region seat                 departement
  E code name nature funding population   EPCI
  C code name population postcodes epci longitude latitude former siren region_or_empty
  L|A|M code name parent postcodes population   delegated, associated, municipal arrondissement
  T code name communes                    EPT of Grand Paris
Positions are in 1e-4 degrees; `epci` is the rank of the EPCI among the E lines; `siren` is empty
when it follows from the INSEE code (21 + departement + 0 + commune + check digit).
"""

import csv
import gzip
import json
import sys


def luhn(digits):
    total = 0
    for rank, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if rank % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def usual_siren(code):
    if not code.isdigit():
        return ""
    stem = "21" + code[:2] + "0" + code[2:]
    return stem + luhn(stem)


def main(folder, centres_path):
    load = lambda name: json.load(open(f"{folder}/{name}.json", encoding="utf-8"))
    with open(centres_path, encoding="utf-8", newline="") as file:
        centres = {row["code"]: row for row in csv.DictReader(file)}
    scaled = lambda text: str(round(float(text) * 10000))
    lines = []
    for region in load("regions"):
        lines.append(["R", region["code"], region["nom"], region["chefLieu"]])
    regions = {}
    for departement in load("departements"):
        regions[departement["code"]] = departement["region"]
        lines.append(
            ["D", departement["code"], departement["nom"], departement["region"], departement["chefLieu"]]
        )
    epci_of = {}
    for rank, epci in enumerate(load("epci")):
        for member in epci["membres"]:
            epci_of[member["code"]] = str(rank)
        people = epci.get("populationMunicipale", "")
        lines.append(["E", epci["code"], epci["nom"], epci["type"], epci["modeFinancement"], str(people)])
    communes = load("communes")
    for commune in communes:
        if commune["type"] != "commune-actuelle":
            continue
        code = commune["code"]
        centre = centres.get(code)
        siren = commune.get("siren", "-")
        departement = commune["departement"]
        assert code.startswith(departement)
        assert commune["region"] == regions[departement]
        lines.append(
            [
                "C",
                code,
                commune["nom"],
                str(commune.get("population", "")),
                ",".join(commune.get("codesPostaux", [])),
                epci_of.get(code, ""),
                scaled(centre["longitude"]) if centre else "",
                scaled(centre["latitude"]) if centre else "",
                ",".join(commune.get("anciensCodes", [])),
                "" if siren == usual_siren(code) else siren,
                departement if len(departement) != 2 else "",
            ]
        )
    letters = {"commune-deleguee": "L", "commune-associee": "A", "arrondissement-municipal": "M"}
    for part in communes:
        if part["type"] in letters:
            lines.append(
                [
                    letters[part["type"]],
                    part["code"],
                    part["nom"],
                    part.get("chefLieu") or part.get("commune"),
                    ",".join(part.get("codesPostaux", [])),
                    str(part.get("population", "")),
                ]
            )
    for ept in load("ept"):
        members = ",".join(member["code"] for member in ept["membres"])
        lines.append(["T", ept["code"], ept["nom"], members])
    text = "".join("\t".join(line).rstrip("\t") + "\n" for line in lines)
    sys.stdout.buffer.write(gzip.compress(text.encode("utf-8"), 9, mtime=0))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
