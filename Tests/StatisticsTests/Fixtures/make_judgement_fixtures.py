"""Writes judgements.json, the values from SciPy, NumPy and statsmodels that StatisticsTests compares with.

    pip install numpy scipy statsmodels
    python make_judgement_fixtures.py
"""

import json
import pathlib

import numpy as np
import scipy
import statsmodels
from scipy import stats
from statsmodels.stats.multitest import multipletests


def floats(values):
    return [float(value) for value in values]


def benjamini_hochberg():
    random = np.random.default_rng(20260601)
    for p in ([0.01, 0.04, 0.03, 0.005], [0.5, 0.9, 0.8], [1e-30, 0.02, 0.02, 1.0, 0.0], floats(random.random(30) ** 3)):
        yield {"p": p, "adjusted": floats(multipletests(p, method="fdr_bh")[1])}


fixture = {
    "versions": {"numpy": np.__version__, "scipy": scipy.__version__, "statsmodels": statsmodels.__version__},
    "benjamini_hochberg": list(benjamini_hochberg()),
}
path = pathlib.Path(__file__).with_name("judgements.json")
path.write_text(json.dumps(fixture, indent=1) + "\n")
