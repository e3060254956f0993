"""The peers of some communes by scikit-learn, beside ours: the raw table, scaled, weighted, searched anew."""

import json
import sys

import numpy as np
from sklearn.metrics.pairwise import euclidean_distances
from sklearn.preprocessing import RobustScaler

BOUND = 3.0


def scaled(raw, logs):
    table = np.array([[np.nan if v is None else v for v in row] for row in raw], dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        for rank, log in enumerate(logs):
            if log:
                column = table[:, rank]
                table[:, rank] = np.where(column > 0, np.log(column), np.nan)
    known = [rank for rank in range(table.shape[1]) if np.isfinite(table[:, rank]).any()]
    out = np.full_like(table, np.nan)
    out[:, known] = RobustScaler(unit_variance=True).fit_transform(table[:, known])
    return np.clip(out, -BOUND, BOUND)


def main():
    document = json.load(open(sys.argv[1], encoding="utf-8"))
    codes = document["codes"]
    rows = {code: rank for rank, code in enumerate(codes)}
    table = scaled(document["raw"], document["logs"])
    population = np.array([np.nan if v is None else v for v in document["population"]], dtype=float)
    worst = 0.0
    for question in document["questions"]:
        own = rows[question["code"]]
        weights = np.array(question["weights"])
        used = weights > 0
        weights, part = weights[used], table[:, used]
        if question["band"]:
            least, most = question["band"]
            among = np.flatnonzero((population >= least) & (population <= most))
        else:
            among = np.arange(len(codes))
        among = among[among != own]
        shared = np.isfinite(part[among]) & np.isfinite(part[own])
        whole = weights.sum()
        distances = np.full(len(among), np.inf)
        # Euclid's distance among rows that lack the same, on columns by the root of their share.
        patterns, which = np.unique(shared, axis=0, return_inverse=True)
        which = which.ravel()
        for rank, pattern in enumerate(patterns):
            if not pattern.any():
                continue
            share = weights[pattern] / weights[pattern].sum()
            members = which == rank
            left = part[own][pattern] * np.sqrt(share)
            right = part[among[members]][:, pattern] * np.sqrt(share)
            found = euclidean_distances(left[None, :], right)[0]
            # The dot product that it is made of loses figures near zero: the plain norm is exact there.
            exact = np.sqrt(((left[None, :] - right) ** 2).sum(axis=1))
            assert np.allclose(found, exact, atol=1e-6)
            missing = (whole - weights[pattern].sum()) / whole
            distances[members] = np.sqrt(exact**2 + missing)
        count = len(question["peers"])
        nearest = np.sort(distances)[:count]
        ours = np.array([distance for _, distance in question["peers"]])
        worst = max(worst, float(np.abs(nearest - ours).max()))
        of_code = {codes[rank]: distance for rank, distance in zip(among, distances)}
        theirs = np.array([of_code[code] for code, _ in question["peers"]])
        worst = max(worst, float(np.abs(theirs - ours).max()))
        keys = [(distance, code) for code, distance in question["peers"]]
        assert keys == sorted(keys), question["code"]
    assert worst <= 1e-9, worst
    print(f"{len(document['questions'])} communes and weights: largest difference {worst:.1e}")


main()
