"""Writes clusterings.json, complete linkages that StatisticsTests compares with.

    pip install numpy scipy
    python make_clustering_fixtures.py

Distances are 1 - |Spearman's rho| of columns that share factors, so that some are near copies.
"""

import json
import pathlib

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform
from scipy.stats import spearmanr

rng = np.random.default_rng(14)
cases = []
for count, factors, noise in [(3, 1, 0.5), (8, 2, 0.3), (15, 4, 0.7), (40, 9, 0.5)]:
    shared = rng.normal(size=(60, factors))
    columns = shared[:, np.arange(count) % factors] * rng.choice([-1, 1], count)
    columns = columns + noise * rng.normal(size=columns.shape)
    distances = 1 - np.abs(spearmanr(columns).statistic)
    distances = np.round((distances + distances.T) / 2, 12)
    np.fill_diagonal(distances, 0)
    tree = linkage(squareform(distances), method="complete")
    cases.append(
        {
            "distances": distances.tolist(),
            "heights": tree[:, 2].tolist(),
            "labels": {str(cut): fcluster(tree, cut, "distance").tolist() for cut in (0.05, 0.2, 0.5, 0.9)},
        }
    )
pathlib.Path(__file__).with_name("clusterings.json").write_text(json.dumps(cases) + "\n")
