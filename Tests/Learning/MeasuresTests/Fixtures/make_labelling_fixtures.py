"""Writes labelling-problems.json: small labelling problems and which pairs of probe and class are feasible.

Needs numpy and scipy:  python make_labelling_fixtures.py > labelling-problems.json   (some minutes)

A pair (probe, class) is feasible when some linear classifier (W, b) gives every training point its label and the probe
the class, all strictly. The oracle is HiGHS: the largest t with every score difference at least t and all |W|, |b| <= 1.
A pair is feasible ("1") when t > 1e-6, infeasible ("0") when t < 1e-9, and ambiguous ("?") in between; how many are
ambiguous stands in the file. Features are whole numbers, to be multiplied by `unit`, so that they are exact in float32.
"""

import json
import sys

import numpy as np
import scipy
from scipy.optimize import linprog

UNIT = 1 / 16
FEASIBLE, INFEASIBLE = 1e-6, 1e-9


def largest_margin(width, classes, points, labels):
    """The oracle's t for points that must get these labels."""
    size = classes * (width + 1)
    rows = []
    for point, label in zip(points, labels):
        extended = np.append(point * UNIT, 1.0)
        for other in range(classes):
            if other == label:
                continue
            row = np.zeros(size + 1)
            row[label * (width + 1):(label + 1) * (width + 1)] = -extended
            row[other * (width + 1):(other + 1) * (width + 1)] = extended
            row[size] = 1
            rows.append(row)
    if not rows:
        return 1.0
    objective = np.zeros(size + 1)
    objective[size] = -1
    result = linprog(
        objective, A_ub=np.array(rows), b_ub=np.zeros(len(rows)), bounds=[(-1, 1)] * size + [(None, None)],
        method="highs",
        options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10})
    assert result.status == 0, result.message
    return -result.fun


def verdict(margin):
    return "1" if margin > FEASIBLE else "0" if margin < INFEASIBLE else "?"


def solved(name, classes, points, labels, probes):
    points, probes = np.atleast_2d(np.array(points)), np.atleast_2d(np.array(probes))
    labels = [int(label) for label in labels]
    width = points.shape[1]
    assert probes.shape[1] == width and len(points) == len(labels)
    assert np.abs(points).max() < 1 << 20
    separable = verdict(largest_margin(width, classes, points, labels))
    assert separable != "?", name
    feasible = []
    for probe in probes:
        if separable == "0":
            feasible.append("0" * classes)
            continue
        feasible.append("".join(
            verdict(largest_margin(width, classes, np.vstack([points, probe]), labels + [c])) for c in range(classes)))
    print(f"{name}: separable {separable}, {feasible}", file=sys.stderr)
    return {
        "name": name, "width": width, "classes": classes, "separable": separable == "1", "labels": labels,
        "features": points.ravel().tolist(), "probes": probes.ravel().tolist(), "feasible": feasible,
    }


def clusters(rng, width, classes, count, spread, used=None):
    """Rectified clusters around random centres on even whole numbers (so that midpoints are whole); labels by turns."""
    used = list(range(classes)) if used is None else used
    centres = rng.integers(0, 40, size=(classes, width))
    labels = np.array([used[i % len(used)] for i in range(count)])
    points = centres[labels] + rng.integers(-spread, spread + 1, size=(count, width))
    return 2 * np.maximum(points, 0), labels


def taught(rng, width, classes, count):
    """Random rectified points with the labels of a random linear classifier: little room between the classes."""
    points = np.maximum(rng.integers(-30, 61, size=(20 * count, width)), 0)
    scores = points @ rng.normal(size=(width, classes)) + rng.normal(size=classes) * 10
    first, second = np.sort(scores, axis=1)[:, :-3:-1].T
    points, scores = points[first - second > 1], scores[first - second > 1]
    return points[:count], scores[:count].argmax(axis=1)


def probes_around(rng, points, labels, kinds):
    """Probes in telling places.

    same: a training point. inside: halfway between two points of a class. beyond: a point of one class mirrored in a
    point of another, which excludes the first class. middle: halfway between two classes. far: anywhere.
    """
    probes = []
    for kind in kinds:
        i = rng.integers(len(points))
        mates = np.flatnonzero(labels == labels[i])
        others = np.flatnonzero(labels != labels[i])
        j = rng.choice(mates)
        k = rng.choice(others) if len(others) else i
        probes.append({
            "same": points[i], "inside": (points[i] + points[j]) // 2, "beyond": 2 * points[i] - points[k],
            "middle": (points[i] + points[k]) // 2, "far": rng.integers(0, 120, size=points.shape[1]),
        }[kind])
    return np.array(probes)


ALL_KINDS = ["same", "inside", "beyond", "middle", "far"]


def problems():
    rng = np.random.default_rng(20260214)

    yield solved("two intervals on a line", 2, [[0], [16], [48], [64]], [0, 0, 1, 1],
                 [[-8], [0], [8], [16], [17], [32], [47], [48], [80]])
    yield solved("four intervals on a line and a class without points", 5,
                 [[0], [4], [10], [20], [21], [40]], [3, 3, 0, 1, 1, 4],
                 [[-5], [0], [2], [4], [7], [10], [15], [30], [40], [50]])
    yield solved("a triangle of classes in the plane", 3, [[16, 0], [32, 0], [0, 16], [0, 32], [48, 48], [64, 64]],
                 [0, 0, 1, 1, 2, 2], [[24, 0], [16, 16], [20, 20], [32, 32], [0, 0], [100, 0], [56, 56], [200, 200]])
    yield solved("exclusive or", 2, [[0, 0], [16, 16], [0, 16], [16, 0]], [0, 0, 1, 1], [[8, 8], [0, 0]])
    yield solved("one point with two labels", 2, [[3, 5], [3, 5], [40, 8]], [0, 1, 1], [[8, 8]])

    points, labels = clusters(rng, 3, 5, 24, 3)
    again = rng.integers(24, size=10)
    probes = probes_around(rng, points, labels, ALL_KINDS * 2)
    yield solved("duplicated points with equal labels", 5, np.vstack([points, points[again]]),
                 np.append(labels, labels[again]), probes)

    points, labels = clusters(rng, 2, 3, 20, 4)
    probes = probes_around(rng, points, labels, ALL_KINDS * 2)
    off_plane = probes.copy()
    extend = lambda rows: np.column_stack([rows, rows.sum(axis=1)])
    probes, off_plane = extend(probes), extend(off_plane)
    off_plane[:, 2] += 3
    yield solved("a unit that is the sum of two others", 3, extend(points), labels, np.vstack([probes, off_plane]))

    points, labels = clusters(rng, 5, 3, 18, 6, used=[1])
    yield solved("one class only", 3, points, labels, probes_around(rng, points, labels, ["same", "inside", "far", "far"]))

    points, labels = clusters(rng, 5, 10, 60, 6)
    yield solved("ten classes in five dimensions", 10, points, labels, probes_around(rng, points, labels, ALL_KINDS))

    points, labels = clusters(rng, 8, 10, 60, 8)
    points[:, [2, 6]] = 0
    probes = probes_around(rng, points, labels, ALL_KINDS * 2)
    probes[:, [2, 6]] = 0
    probes[1, 2], probes[7, 6] = 1, 40
    yield solved("two dead units, which two probes activate", 10, points, labels, probes)

    points, labels = clusters(rng, 8, 5, 50, 10)
    points[:, 5], points[:, 6] = points[:, 0], 3 * points[:, 1]
    probes = probes_around(rng, points, labels, ALL_KINDS * 2)
    yield solved("two units that repeat others", 5, points, labels, probes)

    points, labels = clusters(rng, 8, 26, 52, 5)
    yield solved("as many classes as letters", 26, points, labels, probes_around(rng, points, labels, ALL_KINDS))

    points, labels = clusters(rng, 8, 10, 48, 8, used=[0, 1, 2, 4, 5, 6, 7, 9])
    yield solved("two classes of ten without points", 10, points, labels, probes_around(rng, points, labels, ALL_KINDS))

    for width, classes, count in [(2, 5, 60), (3, 10, 120), (5, 26, 100), (8, 10, 250), (20, 5, 150)]:
        points, labels = taught(rng, width, classes, count)
        probes = np.vstack([taught(rng, width, classes, 6)[0], probes_around(rng, points, labels, ["middle", "inside"])])
        yield solved(f"{width} units taught {classes} classes", classes, points, labels, probes)

    points, labels = clusters(rng, 20, 5, 90, 20)
    yield solved("twenty units", 5, points, labels, probes_around(rng, points, labels, ALL_KINDS * 2))

    points = 2 * rng.integers(0, 20, size=(120, 20))
    yield solved("twenty units and random labels", 3, points, rng.integers(3, size=120), points[:2])

    points, labels = clusters(rng, 40, 3, 110, 40)
    yield solved("forty units", 3, points, labels, probes_around(rng, points, labels, ALL_KINDS * 2))

    points, labels = clusters(rng, 64, 2, 120, 60)
    yield solved("sixty-four units", 2, points, labels, probes_around(rng, points, labels, ALL_KINDS * 2))

    points, labels = clusters(rng, 64, 5, 100, 60)
    yield solved("sixty-four units and five classes", 5, points, labels, probes_around(rng, points, labels, ALL_KINDS))

    nothing = np.zeros((4, 3), dtype=int)
    yield solved("all units dead, one class", 2, nothing, [1, 1, 1, 1], [[0, 0, 0], [0, 5, 0]])
    yield solved("all units dead, two classes", 2, nothing, [1, 1, 0, 1], [[0, 0, 0], [0, 5, 0]])


found = list(problems())
ambiguous = sum(row.count("?") for problem in found for row in problem["feasible"])
print("{")
print(f' "made_with": "SciPy {scipy.__version__} (HiGHS), NumPy {np.__version__}",')
print(f' "unit": {UNIT},\n "ambiguous": {ambiguous},\n "problems": [')
print(",\n".join("  " + json.dumps(problem, separators=(",", ":")) for problem in found))
print(" ]\n}")
