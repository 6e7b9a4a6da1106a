"""Writes regression.json: slopes of logarithms with their errors, by scipy.stats.linregress.

    pip install numpy scipy
    python make_regression_fixtures.py
"""

import json
import pathlib

import numpy as np
from scipy import stats

PAIRS = {
    "near a line": ([1, 2, 4, 8, 16], [3, 5, 13, 20, 45]),
    "from 1e-200 to 1e150": ([1e-200, 1e-100, 1, 1e150], [2, 3e10, 5e20, 1e35]),
    "a repeated x, falling": ([3, 3, 5, 7], [0.5, 0.25, 0.125, 0.1]),
}


def law(name, x, y):
    fit = stats.linregress(np.log(x), np.log(y))
    return {
        "name": name, "x": x, "y": y, "exponent": fit.slope, "standardError": fit.stderr, "logFactor": fit.intercept,
    }


values = {"powerLaws": [law(name, x, y) for name, (x, y) in PAIRS.items()]}
pathlib.Path(__file__).with_name("regression.json").write_text(json.dumps(values, indent=1) + "\n")
