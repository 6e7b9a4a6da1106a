"""Writes correlations.json, the values from SciPy, NumPy and statsmodels that StatisticsTests compares with.

    pip install numpy scipy statsmodels
    python make_fixtures.py
"""

import itertools
import json
import pathlib

import numpy as np
import scipy
import statsmodels
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.multitest import multipletests

random = np.random.default_rng(20240521)


def floats(values):
    return [float(value) for value in values]


def related(n, strength):
    x = random.normal(size=n)
    return x, strength * x + random.normal(size=n)


def columns():
    """Pairs of columns by name."""
    yield "three rows", np.array([1.0, 2.0, 3.0]), np.array([2.0, 1.0, 5.0])
    yield "three rows with a tie", np.array([1.0, 1.0, 3.0]), np.array([2.0, 1.0, 5.0])
    for n in (4, 5, 8, 17, 33, 34, 60, 100):
        yield f"{n} rows", *related(n, 0.4)
    yield "uncorrelated", *related(100, 0.0)
    yield "negative", *related(50, -0.7)
    x, y = related(100, 0.5)
    yield "heavy ties in both", np.floor(2 * x), np.floor(1.5 * y)
    yield "one column of two values", (x > 0.8).astype(float), y
    yield "a count with many zeros", np.maximum(np.round(3 * x), 0), np.round(0.75 + 0.02 * y, 4)
    yield "a tiny range far from zero", 0.7143 + 0.0835 * random.random(100), 1e6 + 1e-3 * random.random(100)
    yield "one outlier", np.append(random.normal(size=40), 1e9), np.append(random.normal(size=40), -1e7)
    yield "p near 1e-30", *related(100, 2.1)
    yield "p near 1e-80", *related(100, 9.0)
    ranks = np.arange(20.0)
    yield "perfect", ranks, np.exp(ranks / 3)
    yield "perfectly opposite", ranks, -(ranks**3)
    yield "perfect with ties", np.floor(ranks / 3), 5 * np.floor(ranks / 3) - 7
    swapped = ranks.copy()
    swapped[[3, 4]] = swapped[[4, 3]]
    yield "one swap in 20 rows", ranks, swapped
    many = np.arange(50.0)
    many[[30, 31]] = many[[31, 30]]
    yield "one swap in 50 rows", np.arange(50.0), many
    yield "balanced, tau zero", np.array([1.0, 2, 3, 4]), np.array([2.0, 4, 1, 3])


def spearman(x, y):
    rho, p = stats.spearmanr(x, y)
    a, b = stats.rankdata(x), stats.rankdata(y)
    # NumPy's sums may leave a perfect rho one bit short of 1, and SciPy's p then a little above 0.
    if (a == b).all() or (a + b == len(a) + 1).all():
        rho, p = float(np.round(rho)), 0.0
    if len(a) <= 8 and len(set(a)) == len(set(b)) == len(a):
        # Few rows without ties: the share of all orders at least as far from a rho of 0; sums of ranks are exact.
        mean = len(a) * (len(a) + 1) ** 2 / 4
        sums = np.array(list(itertools.permutations(a))) @ b
        p = np.mean(np.abs(sums - mean) >= abs(a @ b - mean))
    return float(rho), float(p)


def pair(name, x, y):
    rho, rho_p = spearman(x, y)
    r = stats.pearsonr(x, y)
    tau = stats.kendalltau(x, y)
    n = len(x)
    z = stats.norm.ppf(0.975)
    interval = r.confidence_interval(0.95)
    case = {
        "name": name,
        "x": floats(x),
        "y": floats(y),
        "ranks": floats(stats.rankdata(x)),
        "spearman": {"estimate": rho, "p": rho_p},
        "pearson": {"estimate": float(r.statistic), "p": float(r.pvalue)},
        "kendall": {"estimate": float(tau.statistic), "p": float(tau.pvalue)},
    }
    if n > 4 and abs(rho) < 1 and abs(tau.statistic) < 1:
        case["pearson"] |= {"lower": float(interval.low), "upper": float(interval.high)}
        for method, variance in (("spearman", (1 + rho**2 / 2) / (n - 3)), ("kendall", 0.437 / (n - 4))):
            center = np.arctanh(case[method]["estimate"])
            reach = z * np.sqrt(variance)
            case[method] |= {"lower": float(np.tanh(center - reach)), "upper": float(np.tanh(center + reach))}
    return case


def partial(x, y, covariates):
    """Correlation of least-squares residuals; through the inverse correlation matrix too where that exists."""
    n = len(x)
    design = np.column_stack([np.ones(n), *covariates])
    rank = int(np.linalg.matrix_rank(design)) - 1
    left = [column - design @ np.linalg.lstsq(design, column)[0] for column in (x, y)]
    r = float(np.corrcoef(*left)[0, 1])
    if rank == len(covariates):
        inverse = np.linalg.inv(np.corrcoef([x, y, *covariates]))
        assert abs(r + inverse[0, 1] / np.sqrt(inverse[0, 0] * inverse[1, 1])) < 1e-12
    degrees = n - 2 - rank
    t = r * np.sqrt(degrees / ((1 + r) * (1 - r)))
    return {"estimate": r, "p": float(2 * stats.t.sf(abs(t), degrees)), "rank": rank}


def partial_cases():
    def case(name, x, y, covariates):
        ranked = [stats.rankdata(column) for column in (x, y, *covariates)]
        return {
            "name": name,
            "x": floats(x),
            "y": floats(y),
            "covariates": [floats(column) for column in covariates],
            "spearman": partial(ranked[0], ranked[1], ranked[2:]),
            "pearson": partial(x, y, covariates),
        }

    for n, k in ((8, 1), (12, 2), (40, 3), (100, 1), (100, 4)):
        common = random.normal(size=(k, n))
        x = common.sum(axis=0) + random.normal(size=n)
        y = common.sum(axis=0) + 0.5 * x + random.normal(size=n)
        yield case(f"{n} rows, {k} covariates", x, y, list(common + 0.3 * random.normal(size=(k, n))))
    n = 100
    dead = random.integers(0, 5, size=n).astype(float)
    x = np.round(20 - 3 * dead + 4 * random.normal(size=n))
    y = np.round(0.75 - 0.01 * dead + 0.01 * random.normal(size=n), 4)
    yield case("counts with heavy ties", x, y, [dead])
    yield case("the same covariate twice", x, y, [dead, dead])
    yield case("a covariate, its mirror and a constant", x, y, [dead, 7 - dead, np.full(n, 3.0)])
    yield case("constant covariates alone", x, y, [np.full(n, 3.0), np.full(n, -1.0)])


class Mersenne:
    """GSL's mt19937 and its gsl_rng_uniform_int; the generator is the reference one, so NumPy's gives the same words."""

    def __init__(self, seed):
        self.generator = np.random.MT19937()
        self.generator._legacy_seeding((seed ^ (seed >> 32)) & 0xFFFFFFFF)

    def below(self, n):
        scale = 0xFFFFFFFF // n
        while True:
            word = int(self.generator.random_raw()) // scale
            if word < n:
                return word


def bootstrap_cases():
    def undefined(*columns):
        return any((column == column[0]).all() for column in columns)

    def case(name, x, y, covariate, seed, resamples, level, method):
        mersenne = Mersenne(seed)
        values = []
        for _ in range(resamples):
            rows = [mersenne.below(len(x)) for _ in x]
            a, b = x[rows], y[rows]
            if undefined(a, b):
                continue
            if covariate is not None:
                values.append(partial(*[stats.rankdata(c) for c in (a, b)], [stats.rankdata(covariate[rows])])["estimate"])
            elif method == "spearman":
                values.append(spearman(a, b)[0])
            elif method == "pearson":
                values.append(float(stats.pearsonr(a, b).statistic))
            else:
                values.append(float(stats.kendalltau(a, b).statistic))
        low, high = np.quantile(values, [(1 - level) / 2, (1 + level) / 2])
        return {
            "name": name,
            "method": method,
            "x": floats(x),
            "y": floats(y),
            "covariates": [] if covariate is None else [floats(covariate)],
            "seed": str(seed),
            "resamples": resamples,
            "level": level,
            "lower": float(low),
            "upper": float(high),
            "degenerate": resamples - len(values),
        }

    x, y = related(100, 0.4)
    yield case("100 rows", x, y, None, 1, 400, 0.95, "spearman")
    yield case("a seed of 64 bits", x, y, None, 0x123456789ABCDEF0, 200, 0.9, "spearman")
    yield case("pearson", x, y, None, 2, 200, 0.95, "pearson")
    yield case("kendall with ties", np.round(2 * x), y, None, 3, 200, 0.95, "kendall")
    yield case("partial", x, y, 0.5 * x + random.normal(size=100), 4, 200, 0.95, "spearman")
    rare = np.zeros(30)
    rare[[4, 9]] = 1.0
    yield case("a column that is often constant", rare, random.normal(size=30), None, 5, 300, 0.95, "spearman")


def holm_cases():
    for p in ([0.01, 0.04, 0.03, 0.005], [0.5, 0.9, 0.8], [1e-30, 0.02, 0.02, 1.0, 0.0], floats(random.random(15) ** 3)):
        yield {"p": p, "adjusted": floats(multipletests(p, method="holm")[1])}


def categorical_cases():
    """Ranks of both columns, less their means within each category; statsmodels' least squares on dummy columns."""

    def case(name, x, y, labels):
        design = np.column_stack([np.ones(len(x))] + [(labels == label).astype(float) for label in np.unique(labels)[1:]])
        left = [sm.OLS(stats.rankdata(column), design).fit().resid for column in (x, y)]
        r = float(np.corrcoef(*left)[0, 1])
        degrees = len(x) - 2 - (design.shape[1] - 1)
        t = r * np.sqrt(degrees / ((1 + r) * (1 - r)))
        return {
            "name": name,
            "x": floats(x),
            "y": floats(y),
            "labels": [str(label) for label in labels],
            "spearman": {"estimate": r, "p": float(2 * stats.t.sf(abs(t), degrees)), "rank": design.shape[1] - 1},
        }

    regimes = np.repeat(["small-batch", "large-batch"], 25)
    shift = np.repeat([0.0, 8.0], 25)
    more = np.random.default_rng(20260509)
    yield case("two clusters, nothing within", shift + more.normal(size=50), more.normal(size=50) - shift, regimes)
    common = more.normal(size=50)
    yield case("two clusters, a trend within", shift + common, common + 0.5 * more.normal(size=50) - shift, regimes)
    depths = more.choice(["2", "3", "5", "9"], size=60)
    yield case("four categories and ties", np.round(2 * more.normal(size=60)), more.normal(size=60), depths)
    yield case("three rows a category", more.normal(size=9), more.normal(size=9), np.repeat(["a", "b", "c"], 3))


def welch_cases():
    more = np.random.default_rng(20260510)

    def case(name, a, b):
        test = stats.ttest_ind(a, b, equal_var=False)
        interval = test.confidence_interval(0.95)
        return {
            "name": name,
            "a": floats(a),
            "b": floats(b),
            "difference": float(np.mean(a) - np.mean(b)),
            "t": float(test.statistic),
            "degrees": float(test.df),
            "p": float(test.pvalue),
            "lower": float(interval.low),
            "upper": float(interval.high),
        }

    yield case("equal sizes", more.normal(size=25), more.normal(size=25) + 0.3)
    yield case("two values each", np.array([1.0, 2.5]), np.array([2.0, 7.0]))
    yield case("unequal sizes and spreads", 10 * more.normal(size=8), more.normal(size=70) + 2)
    yield case("accuracies", 0.853 + 0.004 * more.normal(size=25), 0.865 + 0.002 * more.normal(size=25))
    yield case("one constant group", np.full(6, 0.5), more.normal(size=9))
    yield case("equal means", np.array([1.0, 2.0, 3.0]), np.array([0.0, 2.0, 4.0]))
    yield case("far apart", 1e-4 * more.normal(size=40), 1 + 1e-4 * more.normal(size=40))


fixture = {
    "versions": {"numpy": np.__version__, "scipy": scipy.__version__, "statsmodels": statsmodels.__version__},
    "pairs": [pair(*case) for case in columns()],
    "partials": list(partial_cases()),
    "bootstraps": list(bootstrap_cases()),
    "holm": list(holm_cases()),
    "categorical": list(categorical_cases()),
    "welch": list(welch_cases()),
}
path = pathlib.Path(__file__).with_name("correlations.json")
path.write_text(json.dumps(fixture, indent=1) + "\n")
