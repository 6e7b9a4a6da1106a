"""Writes pgdl.json, scores of the competition Predicting Generalization in Deep Learning that StatisticsTests compares
with.

    pip install numpy
    python make_pgdl_fixtures.py

The rule is written here from its description, as slowly and plainly as it can be: all ordered pairs of models, binned by
the two hyperparameters' values in both, in each bin the entropies of the signs of gap and measure (a tie is a minus),
I = H(gap) + H(measure) - H(both), sums over bins without weights.
"""

import collections
import itertools
import json
import math
import pathlib

import numpy as np


def entropy(signs):
    counts = collections.Counter(signs).values()
    return -sum(count / len(signs) * math.log2(count / len(signs)) for count in counts)


def information(rows, gap, measure, first, second):
    """None where nothing is open; a KeyError where no pair of models has some values."""
    bins = collections.defaultdict(list)
    for i, j in itertools.product(range(len(rows)), repeat=2):
        key = rows[i][first], rows[j][first], rows[i][second], rows[j][second]
        bins[key].append((gap[i] > gap[j], measure[i] > measure[j]))
    values = [sorted({row[axis] for row in rows}) for axis in (first, second)]
    mutual = open_ = 0.0
    for key in itertools.product(values[0], values[0], values[1], values[1]):
        if key not in bins:
            raise KeyError(key)
        of_gap, of_measure = zip(*bins[key])
        open_ += entropy(of_gap)
        mutual += entropy(of_gap) + entropy(of_measure) - entropy(bins[key])
    return mutual / open_ if open_ > 0 else None


def case(name, sizes, strength, repeats=1, digits=9, points=0, measure=None, drop=()):
    rows = [row for row in itertools.product(*[[f"v{k}" for k in range(size)] for size in sizes]) for _ in range(repeats)]
    rows = [row for place, row in enumerate(rows) if place not in drop]
    rows = [rows[place] for place in random.permutation(len(rows))]
    n = len(rows)
    effects = [random.normal(size=size) for size in sizes]
    common = np.array([sum(effects[axis][int(label[1:])] for axis, label in enumerate(row)) for row in rows])
    train = 1 - 0.02 * random.random(n)
    test = train - 0.15 - 0.02 * common - 0.01 * random.normal(size=n)
    if points:
        train, test = np.round(train * points) / points, np.round(test * points) / points
    values = np.round(strength * common + 0.5 * random.normal(size=n), digits)
    if measure:
        values = np.array([float(measure(place, row)) for place, row in enumerate(rows)])
    gap = train - test
    sets = []
    for second in range(len(sizes)):
        for first in range(second):
            sets.append({"axes": [first, second], "value": information(rows, gap, values, first, second)})
    found = [each["value"] for each in sets if each["value"] is not None]
    return {
        "name": name,
        "labels": [[row[axis] for row in rows] for axis in range(len(sizes))],
        "measure": [float(value) for value in values],
        "train_accuracy": [float(value) for value in train],
        "test_accuracy": [float(value) for value in test],
        "sets": sets,
        "score": 100 * min(found) if found else None,
    }


random = np.random.default_rng(20261201)
cases = [
    case("three of two values", (2, 2, 2), 1.0),
    case("as the competition's first task", (2, 2, 2, 3), 0.7),
    case("a perfect measure", (3, 2, 3), 1.0, digits=1),
    case("a measure against the gap", (3, 3, 3), -1.0),
    case("noise", (3, 3, 4), 0.0),
    case("ties of both", (2, 3, 3), 1.0, repeats=2, digits=0, points=100),
    case("seeds", (3, 4), 1.0, repeats=5),
    case("three seeds on a small grid", (2, 2), 1.0, repeats=3),
    case("a copy of a hyperparameter", (3, 2, 3), 0.0, repeats=2, measure=lambda place, row: row[0][1:]),
    case("a measure that hardly varies", (3, 2, 3), 0.0, repeats=2, measure=lambda place, row: place == 4),
    case("some configurations are missing", (3, 3, 3), 0.7, repeats=2, drop=(1, 2, 17, 30, 31)),
    case("large groups, so that a tree counts", (2, 2, 2), 0.5, repeats=40, digits=1, points=500),
    case("groups of very different sizes", (2, 3, 2), 0.5, repeats=40, drop=tuple(k for k in range(480) if k // 40 > 3 and k % 40)),
]
path = pathlib.Path(__file__).with_name("pgdl.json")
path.write_text(json.dumps(cases, indent=None, separators=(",", ":")).replace('},{"name"', '},\n{"name"') + "\n")
