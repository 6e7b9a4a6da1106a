"""Writes judgements.json, the values from SciPy, NumPy and statsmodels that StatisticsTests compares with.

    pip install numpy scipy statsmodels
    python make_judgement_fixtures.py
"""

import itertools
import json
import pathlib
import warnings

import numpy as np
import scipy
import statsmodels
import statsmodels.api as sm
from scipy import optimize, stats
from statsmodels.stats.meta_analysis import combine_effects
from statsmodels.stats.multitest import multipletests

# Some designs below are rank-deficient on purpose; statsmodels then takes the pseudoinverse.
warnings.filterwarnings("ignore", message="The design matrix is rank-deficient")


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


def robustness():
    """Psi, conditional mutual information and sign errors by loops over all ordered pairs, straight from the papers."""
    random = np.random.default_rng(20260604)

    def sign(a, b):
        return int(np.sign(a - b))

    def granulated(m, g, rows, axis):
        others = [[row[i] for i in range(len(row)) if i != axis] for row in rows]
        taus, pairs, skipped = [], 0, 0
        for setting in sorted({tuple(other) for other in others}):
            members = [i for i, other in enumerate(others) if tuple(other) == setting]
            signs = [
                sign(m[i], m[j]) * sign(g[i], g[j])
                for i in members
                for j in members
                if i != j and rows[i][axis] != rows[j][axis]
            ]
            if signs:
                taus.append(np.mean(signs))
                pairs += len(signs) // 2
            else:
                skipped += 1
        return {
            "psi": float(np.mean(taus)) if taus else None,
            "settings": len(taus),
            "without": skipped,
            "pairs": pairs,
        }

    def information(m, g, rows, axes):
        """The mutual information of the target's sign and the measure's, which is +, - or a tie, by tables."""
        tables, tied_in_measure, tied_in_target = {}, 0, 0
        for i, j in itertools.permutations(range(len(rows)), 2):
            setting = tuple(rows[i][axis] for axis in axes)
            if setting != tuple(rows[j][axis] for axis in axes):
                continue
            v, w = sign(m[i], m[j]), sign(g[i], g[j])
            if w == 0:
                tied_in_target += 1
                continue
            tied_in_measure += v == 0
            table = tables.setdefault(setting, np.zeros((3, 2)))
            table[v + 1, (w + 1) // 2] += 1
        total = sum(table.sum() for table in tables.values())
        mutual = entropy = 0.0
        for table in tables.values():
            weight, p = table.sum() / total, table / table.sum()
            p_v, p_w = p.sum(axis=1), p.sum(axis=0)
            for w in (0, 1):
                entropy -= weight * p_w[w] * np.log(p_w[w])
                for v in (0, 1, 2):
                    if p[v, w] > 0:
                        mutual += weight * p[v, w] * np.log(p[v, w] / (p_v[v] * p_w[w]))
        return {
            "axes": [f"axis {axis}" for axis in axes],
            "value": float(mutual / entropy) if tables else None,
            "pairs": int(total) // 2,
            "tied_in_measure": tied_in_measure // 2,
            "tied_in_target": tied_in_target // 2,
            "settings": len(tables),
        }

    def environments(m, g, rows):
        found = {}
        for i, j in itertools.combinations(range(len(rows)), 2):
            differing = [axis for axis in range(len(rows[i])) if rows[i][axis] != rows[j][axis]]
            if len(differing) != 1:
                continue
            axis = differing[0]
            others = tuple(rows[i][k] for k in range(len(rows[i])) if k != axis)
            key = (axis, others, frozenset((rows[i][axis], rows[j][axis])))
            found.setdefault(key, []).append((1 - sign(m[i], m[j]) * sign(g[i], g[j])) / 2)
        return [
            {"axis": f"axis {axis}", "others": list(others), "values": sorted(values), "error": float(np.mean(errors)), "pairs": len(errors)}
            for (axis, others, values), errors in found.items()
        ]

    def case(name, sizes, repeats, keep, digits, strength, measure=None):
        rows = [list(row) for row in itertools.product(*[[f"v{k}" for k in range(size)] for size in sizes])]
        rows = [row for row in rows for _ in range(repeats) if random.random() < keep]
        random.shuffle(rows)
        effects = [random.normal(size=size) for size in sizes]
        common = np.array([sum(effects[axis][int(label[1:])] for axis, label in enumerate(row)) for row in rows])
        m = np.round(strength * common + random.normal(size=len(rows)), digits)
        g = np.round(common + random.normal(size=len(rows)), digits)
        if measure:
            m = np.array([float(measure(place, row)) for place, row in enumerate(rows)])
        sets = [axes for size in range(3) for axes in itertools.combinations(range(len(sizes)), size)]
        return {
            "name": name,
            "labels": [[row[axis] for row in rows] for axis in range(len(sizes))],
            "measure": floats(m),
            "target": floats(g),
            "tau": float(np.mean([sign(m[i], m[j]) * sign(g[i], g[j]) for i, j in itertools.permutations(range(len(rows)), 2)])),
            "granulated": [granulated(m, g, rows, axis) for axis in range(len(sizes))],
            "information": [information(m, g, rows, axes) for axes in sets],
            "environments": environments(m, g, rows),
        }

    yield case("a full grid", (2, 3, 4), 1, 1.1, 6, 1.0)
    yield case("repeats and ties", (2, 3), 9, 1.1, 0, 1.0)
    yield case("an incomplete grid", (3, 4, 2, 2), 2, 0.5, 6, 0.5)
    yield case("a sparse grid", (5, 5, 5), 1, 0.15, 1, -1.0)
    yield case("one axis", (3,), 20, 1.1, 1, 1.0)
    yield case("an axis of one value", (1, 6), 8, 1.1, 6, 0.0)
    yield case("a copy of a hyperparameter", (3, 2, 2), 3, 1.1, 6, 0.0, lambda place, row: row[0][1:])
    yield case("a measure that hardly varies", (3, 3, 2), 4, 1.1, 2, 0.0, lambda place, row: place == 5)


def random_effects():
    """statsmodels' combine_effects on Fisher's z; the prediction interval of Higgins, Thompson and Spiegelhalter."""
    random = np.random.default_rng(20260605)

    def pooled(eff, var, method, **more):
        k = len(eff)
        with np.errstate(invalid="ignore"):
            found = combine_effects(eff, var, method_re=method, use_t=True, **more)
        if found.tau2 < 0:
            # statsmodels leaves DerSimonian and Laird's estimate negative; the other one is cut at 0.
            found = combine_effects(eff, var, method_re="iterated", use_t=True)
            assert found.tau2 == 0
        low, high = found.conf_int(alpha=0.05, use_t=True)[3]
        error = found.sd_eff_w_re
        z = found.mean_effect_re
        reach = stats.t.ppf(0.975, k - 2) * np.sqrt(found.tau2 + error**2) if k > 2 else None
        hartung_knapp = found.sd_eff_w_re_hksj
        return {
            "tau_squared": float(found.tau2),
            "mean": float(np.tanh(z)),
            "standard_error": float(error),
            "hartung_knapp": float(hartung_knapp),
            "p": float(2 * stats.t.sf(abs(z / hartung_knapp), k - 1)),
            "lower": float(np.tanh(low)),
            "upper": float(np.tanh(high)),
            "prediction_lower": None if reach is None else float(np.tanh(z - reach)),
            "prediction_upper": None if reach is None else float(np.tanh(z + reach)),
        }

    def case(name, rho, n):
        rho, n = np.array(rho), np.array(n)
        eff, var = np.arctanh(rho), (1 + rho**2 / 2) / (n - 3)
        found = combine_effects(eff, var)
        iterated = pooled(eff, var, "iterated")

        def remainder(tau2):
            w = 1 / (var + tau2)
            return (w * (eff - (w * eff).sum() / w.sum()) ** 2).sum() - (len(eff) - 1)

        if iterated["tau_squared"] > 0:
            # statsmodels stops at 1e-5 of the equation; asked for less it may step over the root, and then returns 0.
            # So it starts at SciPy's root, which it leaves as it is.
            root = optimize.brentq(remainder, 0, 100, xtol=1e-15)
            assert abs(root - iterated["tau_squared"]) < 1e-5
            iterated = pooled(eff, var, "iterated", tau2_start=root - 1e-14)

        return {
            "name": name,
            "rho": floats(rho),
            "n": [int(count) for count in n],
            "q": float(found.q),
            "q_p": float(stats.chi2.sf(found.q, len(eff) - 1)),
            "i_squared": float(max(0, found.i2)),
            "paule_mandel": iterated,
            "der_simonian_laird": pooled(eff, var, "dl"),
        }

    yield case("two repetitions", [0.3, 0.6], [50, 40])
    yield case("three repetitions", [0.374, 0.1, -0.2], [100, 100, 100])
    yield case("alike", [0.37, 0.38, 0.36, 0.37], [100, 90, 80, 30])
    z = 0.39 + 0.2 * random.normal(size=20)
    yield case("twenty subsets", np.tanh(z + 0.1 * random.normal(size=20)), np.full(20, 100))
    n = random.integers(8, 500, size=12)
    yield case("unequal sizes", np.tanh(0.5 * random.normal(size=12)), n)
    yield case("near one", [0.99, 0.95, -0.9, 0.999], [10, 200, 1000, 30])


fixture = {
    "versions": {"numpy": np.__version__, "scipy": scipy.__version__, "statsmodels": statsmodels.__version__},
    "benjamini_hochberg": list(benjamini_hochberg()),
    "dependent_correlations": list(dependent_correlations()),
    "cross_fitted_gains": list(cross_fitted_gains()),
    "robustness": list(robustness()),
    "random_effects": list(random_effects()),
}
path = pathlib.Path(__file__).with_name("judgements.json")
path.write_text(json.dumps(fixture, indent=1) + "\n")
