"""Writes judgements.json, the values from SciPy, NumPy and statsmodels that StatisticsTests compares with.

    pip install numpy scipy statsmodels
    python make_judgement_fixtures.py
"""

import json
import pathlib

import numpy as np
import scipy
import statsmodels
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.multitest import multipletests


def floats(values):
    return [float(value) for value in values]


def benjamini_hochberg():
    random = np.random.default_rng(20260601)
    for p in ([0.01, 0.04, 0.03, 0.005], [0.5, 0.9, 0.8], [1e-30, 0.02, 0.02, 1.0, 0.0], floats(random.random(30) ** 3)):
        yield {"p": p, "adjusted": floats(multipletests(p, method="fdr_bh")[1])}


def dependent_correlations():
    """Williams' t and Steiger's z, written from Steiger (1980) with matrices: j is the target, k and h the predictors."""
    random = np.random.default_rng(20260602)

    def tests(r, n):
        jk, jh, kh = r[0, 1], r[0, 2], r[1, 2]
        bar = (jk + jh) / 2
        below = 2 * (n - 1) / (n - 3) * np.linalg.det(r) + bar**2 * (1 - kh) ** 3
        t = (jk - jh) * np.sqrt((n - 1) * (1 + kh) / below)
        # The covariance of r_jk and r_jh by Olkin and Siotani's general formula for r_ab and r_cd, all at their mean.
        m = np.array([[1, bar, bar], [bar, 1, kh], [bar, kh, 1]])

        def psi(a, b, c, d):
            return 0.5 * (
                (m[a, c] - m[a, b] * m[b, c]) * (m[b, d] - m[b, c] * m[c, d])
                + (m[a, d] - m[a, c] * m[c, d]) * (m[b, c] - m[b, a] * m[a, c])
                + (m[a, c] - m[a, d] * m[d, c]) * (m[b, d] - m[b, a] * m[a, d])
                + (m[a, d] - m[a, b] * m[b, d]) * (m[b, c] - m[b, d] * m[d, c])
            )

        s = psi(0, 1, 0, 2) / (1 - bar**2) ** 2
        z = np.sqrt(n - 3) * (np.arctanh(jk) - np.arctanh(jh)) / np.sqrt(2 - 2 * s)
        return {
            "t": float(t),
            "t_p": float(2 * stats.t.sf(abs(t), n - 3)),
            "z": float(z),
            "z_p": float(2 * stats.norm.sf(abs(z))),
        }

    for n, weights, digits in ((12, (0.5, 0.2), 9), (40, (0.8, 0.3), 9), (100, (-0.4, 0.6), 9), (100, (0.5, 0.45), 0), (400, (2, 1.9), 9)):
        common = random.normal(size=n)
        target = common + random.normal(size=n)
        first = np.round(weights[0] * common + 0.5 * random.normal(size=n), digits)
        second = np.round(weights[1] * common + 0.5 * random.normal(size=n), digits)
        columns = [target, first, second]
        yield {
            "target": floats(target),
            "first": floats(first),
            "second": floats(second),
            "pearson": tests(np.corrcoef(columns), n),
            "spearman": tests(np.corrcoef([stats.rankdata(column) for column in columns]), n),
        }


def cross_fitted_gains():
    """Ordinary least squares by statsmodels, with a constant, on all folds but one."""
    random = np.random.default_rng(20260603)

    def case(name, baseline, measure, target, ranked, units, folds):
        rank = stats.rankdata if ranked else np.asarray
        columns = [rank(column) for column in baseline]
        y = rank(target)
        n = len(y)

        def squared_errors(columns):
            design = np.column_stack([np.ones(n), *columns])
            errors = np.zeros((len(folds), n))
            for repeat, assignment in enumerate(folds):
                for fold in np.unique(assignment):
                    out = assignment == fold
                    fit = sm.OLS(y[~out], design[~out]).fit()
                    errors[repeat, out] = (y[out] - design[out] @ fit.params) ** 2
            return errors.mean(axis=0)

        before = squared_errors(columns)
        after = squared_errors([*columns, rank(measure)])
        total = ((y - y.mean()) ** 2).sum()
        gains = np.array([(before - after)[units == unit].sum() for unit in np.unique(units)])
        return {
            "name": name,
            "baseline": [floats(column) for column in baseline],
            "measure": floats(measure),
            "target": floats(target),
            "ranked": ranked,
            "units": [int(unit) for unit in units],
            "folds": [[int(fold) for fold in assignment] for assignment in folds],
            "gain": float(gains.sum() / total),
            "standard_error": float(np.sqrt(len(gains)) * np.std(gains, ddof=1) / total),
            "baseline_r2": float(1 - before.sum() / total),
        }

    def deal(units, count, repeats):
        dealt = [random.permutation(np.arange(units.max() + 1) % count) for _ in range(repeats)]
        return [assignment[units] for assignment in dealt]

    n = 60
    rows = np.arange(n)
    z, w, noise, m = random.normal(size=(4, n))
    y = z - 0.5 * w + 0.7 * m + noise
    yield case("two columns, ranks", [z, w], m, y, True, rows, deal(rows, 10, 4))
    yield case("two columns, values", [z, w], m, y, False, rows, deal(rows, 10, 4))
    yield case("no baseline", [], m, y, True, rows, deal(rows, 5, 3))
    yield case("a column twice, and its mirror", [z, z, -z], m, y, True, rows, deal(rows, 10, 2))
    yield case("a measure of nothing", [z, w, m], random.normal(size=n), y, True, rows, deal(rows, 10, 5))
    yield case("ties and a category", [np.round(z), (rows % 3 == 0) * 1.0], np.round(2 * m), np.round(y, 1), True, rows, deal(rows, 4, 3))
    groups = rows // 5
    shared = random.normal(size=12)[groups]
    yield case("groups of five", [z], m + shared, y + shared, True, groups, deal(groups, 6, 5))
    yield case("a value that one fold alone has", [(rows == 7) * 1.0, z], m, y, False, rows, deal(rows, 10, 2))
    yield case("large values", [1e6 + 1e3 * z], 1e-6 * m, 1e4 * y - 3e5, False, rows, deal(rows, 10, 2))


fixture = {
    "versions": {"numpy": np.__version__, "scipy": scipy.__version__, "statsmodels": statsmodels.__version__},
    "benjamini_hochberg": list(benjamini_hochberg()),
    "dependent_correlations": list(dependent_correlations()),
    "cross_fitted_gains": list(cross_fitted_gains()),
}
path = pathlib.Path(__file__).with_name("judgements.json")
path.write_text(json.dumps(fixture, indent=1) + "\n")
