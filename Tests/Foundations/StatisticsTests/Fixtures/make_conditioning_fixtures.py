"""Writes conditioning.json, values of SciPy and NumPy for what holds columns fixed, that StatisticsTests compares with.

    pip install numpy scipy
    python make_conditioning_fixtures.py

Everything is written from definitions with matrices: splines as interpolations of unit vectors at the knots, residuals
by least squares on columns of 0 and 1, the correction for noise from the formula in its doc comment.
"""

import json
import pathlib

import numpy as np
from numpy.polynomial import hermite_e
from scipy import interpolate, stats

random = np.random.default_rng(20260701)


def normal(count):
    """Of four decimals, which are written as they are."""
    return random.normal(size=count).round(4)


def written(values):
    """Thirteen digits: enough for what is compared to 1e-9, and all of what has four decimals."""
    return [float(f"{value:.13g}") for value in np.ravel(values)]


def residuals(columns, column):
    """What a constant and columns leave of a column."""
    design = np.column_stack([np.ones(len(column))] + [np.asarray(c, float) for c in columns])
    return column - design @ np.linalg.lstsq(design, column, rcond=1e-12)[0]


def dummies(labels):
    return [np.asarray(labels) == level for level in sorted(set(labels))[1:]]


def normal_scores(values):
    scores = stats.norm.ppf((stats.rankdata(values) - 0.5) / len(values))
    return (scores - scores.mean()) / scores.std()


def knots_of(places, degrees, placement):
    distinct = np.unique(places)
    if len(distinct) <= degrees + 1:
        return distinct
    if placement == "ranks":
        return np.unique(np.quantile(np.unique(places), np.linspace(0, 1, degrees + 1)))
    return np.linspace(distinct[0], distinct[-1], degrees + 1)


def splines():
    steps = np.repeat([1.0, 2.0, 5.0, 6.0, 9.0], [12, 9, 3, 8, 8])
    mostly_zero = np.where(np.arange(60) < 33, 0, np.round(random.exponential(4, 60), 1))
    columns = {
        "untied": random.permutation(np.arange(60) ** 2 / 8),
        "rounded to tenths": np.round(normal(60), 1),
        "half of it zero": mostly_zero,
        "five levels": random.permutation(steps),
        "two levels": random.integers(0, 2, 30).astype(float),
    }
    for name, values in columns.items():
        for placement in ("ranks", "normal scores"):
            for degrees in (1, 2, 3, 4, 8, 12):
                ranks = stats.rankdata(values)
                places = ranks / len(values) if placement == "ranks" else normal_scores(values)
                knots = knots_of(places, degrees, placement)
                if len(knots) > 2:
                    basis = interpolate.CubicSpline(knots, np.eye(len(knots)), bc_type="natural")(places)
                else:
                    basis = np.column_stack([np.ones(len(places)), places])
                column = normal(len(values))
                fitted = basis @ np.linalg.lstsq(basis, column, rcond=1e-12)[0]
                yield {
                    "name": f"{name}, {placement}, {degrees}",
                    "values": written(values),
                    "normal_scores": placement != "ranks",
                    "degrees": degrees,
                    "rank": int(np.linalg.matrix_rank(basis, 1e-9)) - 1,
                    "column": written(column),
                    "fitted": written(fitted),
                    "is_categorical": len(np.unique(values)) <= degrees + 1,
                }


def hermite():
    for name, values in (
        ("untied", random.permutation(np.arange(25) ** 2 / 8)),
        ("tied", random.integers(0, 9, 30).astype(float)),
        ("three levels", random.permutation(np.repeat([1.0, 4.0, 5.0], [4, 9, 7]))),
    ):
        scores = normal_scores(values)
        most = min(4, len(np.unique(values)) - 1)
        columns = [hermite_e.hermeval(scores, np.eye(5)[degree]) for degree in range(1, most + 1)]
        columns = [(column - column.mean()) / column.std() for column in columns]
        yield {"name": name, "values": written(values), "columns": [written(column) for column in columns]}


def held():
    for name, n, levels, count in (("a constant", 12, 1, 2), ("three", 20, 3, 3), ("seven", 40, 7, 6)):
        categories = random.permutation(np.arange(n) % levels)
        columns = [normal(n) for _ in range(count)]
        # One column that the others and the categories give, which adds nothing.
        columns.insert(1, 2 * columns[0] + np.where(categories == categories[0], 5, 1))
        x, y = normal(n), 10 + normal(n)
        order = random.permutation(n)
        held_columns = dummies(categories) + columns
        left_x, left_y = residuals(held_columns, x), residuals(held_columns, y)
        # Held in another order of their rows.
        shuffled = [np.asarray(column, float)[order] for column in held_columns]
        centred_x, centred_y = x - x.mean(), y - y.mean()
        taken_x, taken_y = centred_x - residuals(shuffled, centred_x), centred_y - residuals(shuffled, centred_y)
        design = np.column_stack([np.ones(n)] + held_columns)
        yield {
            "name": name,
            "categories": [int(category) for category in categories],
            "columns": [written(column) for column in columns],
            "x": written(x),
            "y": written(y),
            "left_x": written(left_x),
            "left_y": written(left_y),
            "residual_degrees": n - int(np.linalg.matrix_rank(design)),
            "order": [int(row) for row in order],
            "explained": written([taken_x @ taken_x, taken_y @ taken_y, taken_x @ taken_y]),
        }


def residual_tests():
    for n in (9, 24, 61):
        a, b = normal(n), random.standard_t(3, size=n).round(4)
        b = (b + a / 2).round(4)
        a, b = a - a.mean(), b - b.mean()
        yield {
            "a": written(a),
            "b": written(b),
            "correlation": float(np.corrcoef(a, b)[0, 1]),
            "root": float(np.corrcoef(a, b)[0, 1] * np.sqrt(n - 1)),
            "studentised": float((a * b).sum() / np.sqrt((a**2 * b**2).sum())),
        }


def corrected_t(x, y, labels, confounders, reliabilities, degree=4, least=0.05):
    n = len(x)
    design = dummies(labels)
    x, y = residuals(design, x), residuals(design, y)
    columns, powers = [], []
    for confounder, reliability in zip(confounders, reliabilities):
        scores = normal_scores(confounder)
        for d in range(1, min(degree, len(np.unique(confounder)) - 1) + 1):
            column = hermite_e.hermeval(scores, np.eye(degree + 1)[d])
            column = (column - column.mean()) / column.std()
            rest = residuals(design, column)
            if (rest**2).mean() > 1e-3:
                columns.append(rest / rest.std())
                powers.append(reliability**d)
    hermites, powers = np.array(columns), np.array(powers)
    psi = hermites / np.sqrt(powers)[:, None]
    moments = psi @ psi.T / n - np.diag(1 / powers - 1)
    values, vectors = np.linalg.eigh(moments)
    inverse = vectors @ np.diag(1 / np.maximum(values, least)) @ vectors.T
    b_x, b_y = inverse @ (psi @ x / n), inverse @ (psi @ y / n)
    covariance = (x * y).mean() - (psi @ x / n) @ b_y
    rows = (x - b_x @ psi) * (y - b_y @ psi) - (b_x * b_y * (1 / powers - 1)) @ hermites**2
    degrees = max(1, n - len(set(labels)) - len(psi) - 1)
    error = np.sqrt(((rows - rows.mean()) ** 2).sum() / n * n / degrees / n)
    return float(covariance / error), degrees, bool(values.min() < least)


def noisy():
    n = 60
    z = normal(n)
    near = (z + 0.3 * normal(n)).round(4)
    other = normal(n)
    tied = np.round(z + normal(n))
    two = (z + normal(n) > 0).astype(float)
    alone = [0] * n
    labels = [int(label) for label in random.integers(0, 4, n)]
    for name, categories, confounders, reliabilities in (
        ("one", alone, [z], [0.8]),
        ("one without noise", alone, [z], [1.0]),
        ("two that correlate too much", alone, [z, near], [0.8, 0.8]),
        ("two, one of them known", alone, [z, other], [0.7, 0.95]),
        ("ties, beside four configurations", labels, [tied, other], [0.9, 0.9]),
        ("two levels", alone, [two], [0.75]),
        ("a function of the configurations and another", labels, [np.array(labels) % 2, z], [0.9, 0.9]),
    ):
        y = stats.rankdata(z + normal(n)) - (n + 1) / 2
        x = stats.rankdata(z + other / 2 + normal(n)) - (n + 1) / 2
        t, degrees, is_floored = corrected_t(x, y, categories, confounders, reliabilities)
        yield {
            "name": name,
            "categories": categories,
            "x": written(x),
            "y": written(y),
            "confounders": [written(confounder) for confounder in confounders],
            "reliabilities": reliabilities,
            "t": t,
            "degrees": degrees,
            "is_floored": is_floored,
        }


def sensitivities():
    """Partial R² of a treatment and of each benchmark, on ranks, with configurations held fixed."""
    n = 80
    for name, levels, weights in (("no design", 1, (1.0, 0.4)), ("four configurations", 4, (0.6, 0.6, 0.9))):
        labels = [int(label) for label in np.arange(n) % levels]
        confounders = [normal(n) for _ in weights]
        shared = sum(weight * confounder for weight, confounder in zip(weights, confounders)) + np.array(labels)
        x = (shared + normal(n)).round(4)
        y = (x + 0.5 * shared + normal(n)).round(4)
        ranks = [stats.rankdata(confounder) for confounder in confounders]
        treatment, outcome = stats.rankdata(x), stats.rankdata(y)

        def partial(a, b, columns):
            return float(np.corrcoef(residuals(dummies(labels) + columns, a), residuals(dummies(labels) + columns, b))[0, 1])

        rho = partial(treatment, outcome, ranks)
        degrees = n - levels - len(ranks) - 1
        benchmarks = []
        for index, column in enumerate(ranks):
            others = [other for place, other in enumerate(ranks) if place != index]
            benchmarks.append(
                {
                    "treatment": partial(treatment, column, others) ** 2,
                    "outcome": partial(outcome, column, others + [treatment]) ** 2,
                }
            )
        yield {
            "name": name,
            "labels": labels,
            "confounders": [written(confounder) for confounder in confounders],
            "x": written(x),
            "y": written(y),
            "t": float(rho * np.sqrt(degrees / (1 - rho**2))),
            "degrees": degrees,
            "benchmarks": benchmarks,
        }


fixture = {
    "splines": list(splines()),
    "hermite": list(hermite()),
    "held": list(held()),
    "residual_tests": list(residual_tests()),
    "noisy": list(noisy()),
    "sensitivities": list(sensitivities()),
}
path = pathlib.Path(__file__).with_name("conditioning.json")
path.write_text(json.dumps(fixture) + "\n")
