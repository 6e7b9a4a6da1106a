"""Writes sensitivity.json, values of PySensemakr, the authors' package, that StatisticsTests compares with.

    pip install numpy scipy pandas statsmodels PySensemakr
    python make_sensitivity_fixtures.py

The Darfur example is the paper's: its data come with the package, and only statistics of it are written. The least
multiples are found here by going through all strengths up to the bound, on a fine grid that SciPy then refines.
"""

import json
import pathlib
import warnings

import numpy as np
import sensemakr as smkr
import statsmodels.formula.api as smf
from scipy import optimize, stats

warnings.simplefilter("ignore")


def values(t, df, q, alpha):
    """RV_{q,alpha} for alpha and for alpha 1, which makes it RV_q."""
    return {
        "t": t,
        "df": df,
        "q": q,
        "level": 1 - alpha,
        "partial_r2": float(smkr.partial_r2(t_statistic=t, dof=df)),
        "partial_f2": float(smkr.partial_f2(t_statistic=t, dof=df)),
        "value": float(smkr.robustness_value(t_statistic=t, dof=df, q=q, alpha=1.0).iloc[0]),
        "value_at_level": float(smkr.robustness_value(t_statistic=t, dof=df, q=q, alpha=alpha).iloc[0]),
    }


def bounds(treatment, outcome, k):
    """The package's bounds, which take k f² of the treatment below 1."""
    found = smkr.ovb_partial_r2_bound(
        r2dxj_x=[treatment], r2yxj_dx=[outcome], kd=[k], ky=[k], benchmark_covariates=["benchmark"]
    )
    return float(found["r2dz_x"].iloc[0]), float(found["r2yz_dx"].iloc[0])


def least_multiple(treatment, outcome, t, df, level):
    critical = stats.t.ppf((1 + level) / 2, df - 1)
    if abs(t) < critical:
        return None
    f2 = treatment / (1 - treatment)

    def least_t(k):
        strength, bound = bounds(treatment, outcome, k)

        def adjusted(share):
            return float(smkr.adjusted_t(estimate=abs(t), se=1.0, dof=df, r2dz_x=strength, r2yz_dx=float(share)))

        top = min(bound, 1 - 1e-9)
        shares = np.linspace(0, top, 60)
        best = int(np.argmin([adjusted(share) for share in shares]))
        around = [shares[max(best - 1, 0)], shares[min(best + 1, 59)]]
        refined = optimize.minimize_scalar(adjusted, bounds=around, method="bounded", options={"xatol": 1e-13})
        return min(refined.fun, adjusted(shares[best]))

    return float(optimize.brentq(lambda k: least_t(k) - critical, 0, (1 - 1e-7) / f2, xtol=1e-13, rtol=1e-13))


def benchmark(name, treatment, outcome, estimate, se, df, multiples, level=0.95):
    rows = []
    for k in multiples:
        strength, bound = bounds(treatment, outcome, k)
        given = {"estimate": estimate, "dof": df, "se": se, "r2dz_x": strength, "r2yz_dx": bound}
        rows.append(
            {
                "multiple": k,
                "treatment": strength,
                "outcome": bound,
                "estimate": float(smkr.adjusted_estimate(**given)),
                "standard_error": float(smkr.adjusted_se(**{key: given[key] for key in given if key != "estimate"})),
                "t": float(smkr.adjusted_t(**given)) if bound < 1 else None,
            }
        )
    return {
        "name": name,
        "treatment": treatment,
        "outcome": outcome,
        "estimate": estimate,
        "standard_error": se,
        "df": df,
        "level": level,
        "multiples": rows,
        "least_multiple": least_multiple(treatment, outcome, estimate / se, df, level),
    }


darfur = smkr.load_darfur()
covariates = "age + farmer_dar + herder_dar + pastvoted + hhsize_darfur + female + village"
of_outcome = smf.ols(f"peacefactor ~ directlyharmed + {covariates}", data=darfur).fit()
of_treatment = smf.ols(f"directlyharmed ~ {covariates}", data=darfur).fit()
df = int(of_outcome.df_resid)
harmed = {"t": float(of_outcome.tvalues["directlyharmed"]), "df": df}
female = {
    "treatment": float(smkr.partial_r2(t_statistic=of_treatment.tvalues["female"], dof=of_treatment.df_resid)),
    "outcome": float(smkr.partial_r2(t_statistic=of_outcome.tvalues["female"], dof=df)),
    "estimate": float(of_outcome.params["directlyharmed"]),
    "se": float(of_outcome.bse["directlyharmed"]),
    "df": df,
}
fixture = {
    "robustness_values": [values(**harmed, q=1, alpha=0.05), values(**harmed, q=0.5, alpha=0.05)]
    + [
        values(t, df, q, alpha)
        for t in (0.0, 0.3, -1.5, 2.1, -4.0, 12.0, 300.0)
        for df in (2, 5, 40, 1000)
        for q, alpha in ((1, 0.05), (0.5, 0.1), (1, 0.001))
    ],
    "benchmarks": [
        benchmark("Darfur, female", **female, multiples=[0, 1, 2, 3, 10]),
        benchmark("a strong benchmark", 0.3, 0.4, -2.0, 0.2, 50, [0.5, 1, 2]),
        benchmark("one of the treatment", 0.2, 0.001, 1.0, 0.2, 97, [1, 3]),
        benchmark("one of the outcome, and a very large t", 0.01, 0.3, 30.0, 0.5, 60, [1, 5, 40]),
        benchmark("a large t at a strict level", 0.05, 0.6, 8.0, 1.0, 20, [0.5, 2], level=0.99),
        benchmark("not significant", 0.05, 0.05, 1.0, 0.9, 30, [1]),
    ],
}
path = pathlib.Path(__file__).with_name("sensitivity.json")
path.write_text(json.dumps(fixture, indent=1) + "\n")
