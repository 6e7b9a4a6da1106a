"""Writes resampling.json: permutation tests, bootstrap intervals and small-sample p values for StatisticsTests.

    pip install numpy scipy statsmodels
    python make_resampling_fixtures.py

The random numbers are those that Basin draws; every statistic is computed anew for each order or resample, by SciPy or
by least squares.
"""

import json
import pathlib

import numpy as np
import scipy
import statsmodels
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.meta_analysis import combine_effects

random = np.random.default_rng(20260601)


def floats(values):
    return [float(value) for value in values]


class Mersenne:
    """GSL's mt19937; the generator is the reference one, so NumPy's gives the same words."""

    def __init__(self, seed):
        self.generator = np.random.MT19937()
        self.generator._legacy_seeding((seed ^ (seed >> 32)) & 0xFFFFFFFF)

    def word(self):
        return int(self.generator.random_raw())

    def below(self, n):
        """gsl_rng_uniform_int."""
        scale = 0xFFFFFFFF // n
        while True:
            word = self.word() // scale
            if word < n:
                return word

    def places(self, *bounds):
        """Numbers below each bound from one word (Lemire; Brackett-Rozinsky and Lemire)."""
        unfair = 2**32 % int(np.prod(bounds))
        while True:
            rest, numbers = self.word(), []
            for bound in bounds:
                numbers.append(rest * bound >> 32)
                rest = rest * bound & 0xFFFFFFFF
            if rest >= unfair:
                return numbers

    def shuffle(self, elements):
        """Durstenfeld's shuffle in place, last place first, two places a word; for at most 65,536 elements."""
        size = len(elements)
        while size > 1:
            bounds = (size, size - 1) if size > 2 else (2,)
            for place in self.places(*bounds):
                size -= 1
                elements[size], elements[place] = elements[place], elements[size]


def scores(column, method):
    return np.asarray(column, float) if method == "pearson" else stats.rankdata(column)


def residuals(column, covariates):
    design = np.column_stack([np.ones(len(column)), *covariates])
    return column - design @ np.linalg.lstsq(design, column)[0]


def coefficient(x, y, method):
    if method == "kendall":
        return float(stats.kendalltau(x, y).statistic)
    return float(np.corrcoef(x, y)[0, 1])


def extremes(values, observed):
    return int(sum(abs(value) >= abs(observed) - 1e-11 for value in values))


# Permutation tests


def block_means(column, blocks):
    return np.array([np.mean(column[blocks == label]) for label in blocks])


def between_blocks(x, y, blocks, method):
    if method == "kendall":
        signs = [np.sign(np.subtract.outer(column, column)) for column in (x, y)]
        scale = np.sqrt(np.prod([np.sum(sign != 0) for sign in signs]))
        total = 0.0
        for a in np.unique(blocks):
            for b in np.unique(blocks):
                if a != b:
                    pick = np.ix_(blocks == a, blocks == b)
                    total += signs[0][pick].mean() * signs[1][pick].mean() * signs[0][pick].size
        return total / scale
    deviations = [column - np.mean(column) for column in (x, y)]
    means = [block_means(column, blocks) for column in deviations]
    return float(means[0] @ means[1] / np.sqrt(np.prod([column @ column for column in deviations])))


def permutation_case(name, x, y, method="spearman", covariates=(), blocks=None, seed=1, permutations=199):
    ranked = [scores(column, method) for column in covariates]
    left = [scores(column, method) for column in (x, y)]
    if ranked:
        left = [residuals(column, ranked) for column in left]
    fitted = scores(x, method) - left[0]
    labels = np.zeros(len(x), int) if blocks is None else np.asarray(blocks)
    parts = [np.flatnonzero(labels == label) for label in dict.fromkeys(labels.tolist())]
    between = 0.0 if blocks is None else between_blocks(*left, labels, method)
    observed = coefficient(*left, method)

    order = [part.tolist() for part in parts]
    mersenne = Mersenne(seed)
    deviations = []
    for _ in range(permutations):
        permuted = np.empty(len(x))
        for part, rows in zip(parts, order):
            mersenne.shuffle(rows)
            permuted[part] = left[0][rows]
        if ranked:
            # Freedman and Lane: a new x from its fit, and the residuals of that.
            again = residuals(fitted + permuted, ranked)
            # corrcoef divides by the length of the new residuals; the blocks' part is in units of the old.
            share = np.linalg.norm(left[0]) / np.linalg.norm(again)
            deviations.append(coefficient(again, left[1], method) - between * share)
        else:
            deviations.append(coefficient(permuted, left[1], method) - between)
    extreme = extremes(deviations, observed - between)
    return {
        "name": name,
        "method": method,
        "x": floats(x),
        "y": floats(y),
        "covariates": [floats(column) for column in covariates],
        "blocks": None if blocks is None else [int(label) for label in blocks],
        "seed": str(seed),
        "permutations": permutations,
        "coefficient": observed,
        "between": between,
        "extreme": extreme,
        "p": (1 + extreme) / (permutations + 1),
    }


def permutation_cases():
    n = 30
    z = random.normal(size=(2, n))
    x = random.normal(size=n) + z[0]
    y = 0.3 * x + random.normal(size=n) + z.sum(axis=0)
    blocks = np.arange(n) % 4
    shift = 5.0 * blocks
    for method in ("spearman", "pearson", "kendall"):
        yield permutation_case("plain", x, y, method)
        yield permutation_case("ties", np.round(x), np.round(y), method, seed=0x123456789ABCDEF0)
        yield permutation_case("blocks that differ", x + shift, y - shift, method, blocks=7 - blocks, seed=3)
        yield permutation_case("uneven blocks and ties", np.round(x), y, method, blocks=[3] * 5 + [1] * 25, seed=4)
    for method in ("spearman", "pearson"):
        yield permutation_case("one covariate", x, y, method, z[:1], seed=5)
        yield permutation_case("two covariates", x, y, method, z, seed=6)
        yield permutation_case("a category", x + shift, y + shift, method, [blocks == k for k in (1, 2, 3)], seed=7)
        yield permutation_case("two covariates within blocks", x + shift, y, method, z, blocks, seed=8)
    yield permutation_case("a rho of nought", [1, 2, 3, 4], [2, 4, 1, 3], seed=9)


def exact_cases():
    """Every order counts once: SciPy's exact permutation test."""
    for name, x, y in (
        ("three rows", [1, 2, 3], [1, 3, 2]),
        ("four rows", [1, 2, 3, 4], [2, 1, 4, 3]),
        ("six rows", random.normal(size=6), random.normal(size=6)),
        ("six rows with ties", [1, 1, 2, 3, 3, 3], [2, 1, 2, 5, 4, 4]),
        ("seven rows", np.arange(7), np.arange(7) + 1.7 * random.normal(size=7)),
    ):
        for method in ("spearman", "pearson", "kendall"):
            a, b = scores(x, method), scores(y, method)
            test = stats.permutation_test(
                (a,), lambda a, b=b, method=method: coefficient(a, b, method), permutation_type="pairings",
                n_resamples=np.inf)
            # SciPy doubles the smaller tail; Basin counts by distance from nought.
            count = extremes(test.null_distribution, test.statistic)
            yield {
                "name": name, "method": method, "x": floats(x), "y": floats(y),
                "coefficient": float(test.statistic), "p": count / len(test.null_distribution),
            }


def disagreement_case(name, x, y, covariates, method="spearman", seed=1, permutations=199):
    ranked = [scores(column, method) for column in covariates]
    a, b = scores(x, method), scores(y, method)
    raw = coefficient(a, b, method)

    def difference(rows):
        moved = [column[rows] for column in ranked]
        return coefficient(residuals(a, moved), residuals(b, moved), method) - raw

    rows = list(range(len(x)))
    observed = difference(rows)
    mersenne = Mersenne(seed)
    differences = []
    for _ in range(permutations):
        mersenne.shuffle(rows)
        differences.append(difference(rows))
    return {
        "name": name,
        "method": method,
        "x": floats(x),
        "y": floats(y),
        "covariates": [floats(column) for column in covariates],
        "seed": str(seed),
        "permutations": permutations,
        "raw": raw,
        "partial": raw + observed,
        "p": (1 + extremes(differences, observed)) / (permutations + 1),
    }


def disagreement_cases():
    n = 40
    z = random.normal(size=(3, n))
    x = random.normal(size=n) + z[0]
    y = random.normal(size=n) + z[0]
    labels = np.arange(n) % 3
    category = [(labels == k).astype(float) for k in (1, 2)]
    for method in ("spearman", "pearson"):
        yield disagreement_case("a confounder", x, y, z[:1], method)
        yield disagreement_case("unrelated", x, y, z[1:], method, seed=2)
        yield disagreement_case("three, one twice", np.round(x), y, [z[0], z[1], z[0]], method, seed=3)
        yield disagreement_case("a category", x + 3 * labels, y - 3 * labels, category, method, seed=4)
        yield disagreement_case("a category that is unrelated", x, y, category, method, seed=5)


# Bootstrap intervals


def bootstrap_case(name, x, y, method="spearman", covariates=(), clusters=None, seed=1, resamples=300, level=0.95):
    """Percentile and BCa intervals (Efron 1987) over the resamples that Basin draws."""
    x, y = np.asarray(x, float), np.asarray(y, float)
    labels = np.arange(len(x)) if clusters is None else np.asarray(clusters)
    units = [np.flatnonzero(labels == label) for label in dict.fromkeys(labels.tolist())]

    def value(rows):
        a, b, *given = [column[rows] for column in (x, y, *covariates)]
        if len(rows) < 3 + len(covariates) or np.ptp(a) == 0 or np.ptp(b) == 0:
            return None
        left = [scores(column, method) for column in (a, b)]
        if given:
            given = [scores(column, method) for column in given]
            left = [residuals(column, given) for column in left]
        return coefficient(*left, method)

    mersenne = Mersenne(seed)
    drawn = [value(np.concatenate([units[mersenne.below(len(units))] for _ in units])) for _ in range(resamples)]
    values = np.sort([v for v in drawn if v is not None])
    estimate = value(np.arange(len(x)))
    tails = np.array([(1 - level) / 2, (1 + level) / 2])
    below, equal = np.sum(values < estimate - 1e-12), np.sum(np.abs(values - estimate) <= 1e-12)
    bias = stats.norm.ppf((below + equal / 2) / len(values))
    jackknife = np.array([value(np.flatnonzero(~np.isin(np.arange(len(x)), unit))) for unit in units])
    away = jackknife.mean() - jackknife
    acceleration = np.sum(away**3) / (6 * np.sum(away**2) ** 1.5)
    z = bias + stats.norm.ppf(tails)
    moved = stats.norm.cdf(bias + z / (1 - acceleration * z))
    return {
        "name": name,
        "method": method,
        "x": floats(x),
        "y": floats(y),
        "covariates": [floats(column) for column in covariates],
        "clusters": None if clusters is None else [int(label) for label in clusters],
        "clusterCount": None if clusters is None else len(units),
        "seed": str(seed),
        "resamples": resamples,
        "level": level,
        "degenerate": resamples - len(values),
        "percentile": floats(np.quantile(values, tails)),
        "bca": floats(np.quantile(values, moved)),
        "bias": float(bias),
        "acceleration": float(acceleration),
    }


def bootstrap_cases():
    n = 36
    z = random.normal(size=(2, n))
    common = random.normal(size=n)
    x, y = common + 0.4 * random.normal(size=n) + z[0], common + random.normal(size=n) + z[0]
    configurations = np.repeat(np.arange(12), 3)
    uneven = np.sort(random.integers(0, 9, size=n))[::-1]
    for method in ("spearman", "pearson", "kendall"):
        yield bootstrap_case("plain", x, y, method)
        yield bootstrap_case("heavy ties", np.round(x), np.round(2 * y), method, seed=2, level=0.9)
        yield bootstrap_case("skewed", np.exp(2 * x), np.exp(y), method, seed=3)
        yield bootstrap_case("configurations of three", x, y, method, clusters=configurations, seed=4)
        yield bootstrap_case("uneven clusters", np.round(x), y, method, clusters=uneven, seed=5)
    for method in ("spearman", "pearson"):
        yield bootstrap_case("one covariate", x, y, method, z[:1], seed=6)
        yield bootstrap_case("two covariates, tied", x, y, method, np.round(z), seed=7)
        yield bootstrap_case("a category", x, y, method, [(np.arange(n) % 3 == k).astype(float) for k in (1, 2)], seed=8)
        yield bootstrap_case("a covariate in clusters", x, y, method, z[:1], uneven, seed=9)
    rare = (np.arange(n) % 12 == 5).astype(float)
    yield bootstrap_case("a column that is sometimes constant", rare, y + rare, seed=10)


# Spearman's p value over all orders


def exact_spearman_cases():
    for n in range(3, 11):
        a = np.arange(1.0, n + 1)
        mean = n * (n + 1) ** 2 / 4
        null = np.array([0.0])
        # Sums of products over all orders, the last rank first: each entry keeps which ranks are left.
        left = np.array([(1 << n) - 1])
        for row in range(n, 0, -1):
            parts = [(left & 1 << k > 0, k) for k in range(n)]
            null = np.concatenate([null[free] + row * (k + 1) for free, k in parts])
            left = np.concatenate([left[free] & ~(1 << k) for free, k in parts])
        assert len(null) == np.prod(a)
        orders = [a, a[::-1]] + [random.permutation(a) for _ in range(6)]
        for y in orders:
            p = float(np.mean(np.abs(null - mean) >= abs(a @ y - mean)))
            if n <= 7:
                test = stats.permutation_test(
                    (a,), lambda a, y=y: a @ y, permutation_type="pairings", n_resamples=np.inf)
                assert abs(test.pvalue - p) < 1e-12
            yield {"x": floats(a), "y": floats(y), "p": p}


# Semi-partial correlations


def semi_partial_case(name, x, y, covariates):
    case = {"name": name, "x": floats(x), "y": floats(y), "covariates": [floats(column) for column in covariates]}
    for method in ("spearman", "pearson"):
        a, b, *given = [scores(column, method) for column in (x, y, *covariates)]
        design = sm.add_constant(np.column_stack(given))
        left = [sm.OLS(column, design).fit().resid for column in (a, b)]
        fit = sm.OLS(b, np.column_stack([design, a])).fit()
        case[method] = {
            "x": float(np.corrcoef(left[0], b)[0, 1]),
            "y": float(np.corrcoef(a, left[1])[0, 1]),
            "p": float(fit.pvalues[-1]),
        }
        # The square of the part correlation is what x adds to the explained share.
        share = fit.rsquared - sm.OLS(b, design).fit().rsquared
        assert abs(share - case[method]["x"] ** 2) < 1e-12
    return case


def semi_partial_cases():
    for n, k in ((9, 1), (30, 2), (80, 4)):
        z = random.normal(size=(k, n))
        x = z.sum(axis=0) + random.normal(size=n)
        y = z.sum(axis=0) + 0.4 * x + random.normal(size=n)
        yield semi_partial_case(f"{n} rows, {k} covariates", x, y, list(z))
    labels = np.arange(40) % 3
    x = np.round(random.normal(size=40) + labels)
    category = [(labels == k).astype(float) for k in (1, 2)]
    yield semi_partial_case("ties and a category", x, x + 2 * random.normal(size=40) - labels, category)


# Correlations within strata


def within_strata_case(name, x, y, labels, method, variance):
    """The mean of Fisher's z with weights n - 3; statsmodels' fixed-effect mean where those are the inverse variances."""
    z, v, w = [], [], []
    for label in dict.fromkeys(labels):
        rows = np.array([other == label for other in labels])
        r, n = coefficient(scores(x[rows], method), scores(y[rows], method), method), int(rows.sum())
        lost = 4 if method == "kendall" else 3
        numerator = {"pearson": 1, "kendall": 0.437, "spearman": 1.06 if variance == "fieller" else 1 + r * r / 2}[method]
        z.append(np.arctanh(r))
        v.append(numerator / (n - lost))
        w.append(n - lost)
    z, v, w = map(np.array, (z, v, w))
    mean, error = np.sum(w * z) / np.sum(w), np.sqrt(np.sum(w**2 * v)) / np.sum(w)
    fixed = combine_effects(z, v)
    if variance == "fieller" or method != "spearman":
        assert abs(fixed.mean_effect_fe - mean) < 1e-12
        assert abs(fixed.sd_eff_w_fe - error) < 1e-12
    reach = stats.norm.ppf(0.975) * error
    return {
        "name": name,
        "method": method,
        "variance": variance,
        "x": floats(x),
        "y": floats(y),
        "labels": list(labels),
        "mean": float(mean),
        "error": float(error),
        "lower": float(np.tanh(mean - reach)),
        "upper": float(np.tanh(mean + reach)),
        "p": float(2 * stats.norm.sf(abs(mean) / error)),
        "q": float(fixed.q),
        "qP": float(stats.chi2.sf(fixed.q, len(z) - 1)),
    }


def within_strata_cases():
    n = 60
    labels = np.array(["small-batch", "large-batch", "shuffled"])[random.integers(0, 3, size=n)]
    shift = np.array([{"small-batch": 0.0, "large-batch": 6.0, "shuffled": -3.0}[label] for label in labels])
    x = random.normal(size=n)
    y = 0.6 * x + random.normal(size=n)
    slopes = np.where(labels == "shuffled", -0.9, 0.9)
    for method, variance in (
        ("spearman", "bonettWright"), ("spearman", "fieller"), ("pearson", "bonettWright"), ("kendall", "bonettWright")
    ):
        for name, a, b in (("alike", x + shift, y - shift), ("unlike", np.round(2 * x), slopes * x + y)):
            yield within_strata_case(name, a, b, labels.tolist(), method, variance)


fixture = {
    "versions": {"numpy": np.__version__, "scipy": scipy.__version__, "statsmodels": statsmodels.__version__},
    "permutations": list(permutation_cases()),
    "exactPermutations": list(exact_cases()),
    "disagreements": list(disagreement_cases()),
    "bootstraps": list(bootstrap_cases()),
    "exactSpearman": list(exact_spearman_cases()),
    "semiPartials": list(semi_partial_cases()),
    "withinStrata": list(within_strata_cases()),
}
path = pathlib.Path(__file__).with_name("resampling.json")
path.write_text(json.dumps(fixture, indent=1) + "\n")
