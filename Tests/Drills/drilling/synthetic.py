"""Tiny data sets, study files and catalogue entries, drawn from a seed."""

import gzip
import hashlib
import json
import random
import struct

FILES = ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"]
SIDE = 8
CLASSES = 10


def idx(dimensions, content):
    """An IDX file of unsigned bytes."""
    header = struct.pack(">BBBB", 0, 0, 8, len(dimensions))
    return header + b"".join(struct.pack(">I", size) for size in dimensions) + bytes(content)


def images(training=200, test=60, seed=1):
    """The four files of a data set, by name: each class has its own pattern, under noise."""
    draw = random.Random(f"images {seed}")
    patterns = [[draw.randrange(256) for _ in range(SIDE * SIDE)] for _ in range(CLASSES)]
    files = {}
    for part, count in [("train", training), ("t10k", test)]:
        labels = [draw.randrange(CLASSES) for _ in range(count)]
        pixels = [(value + draw.randrange(128)) % 256 for label in labels for value in patterns[label]]
        files[f"{part}-images-idx3-ubyte"] = idx([count, SIDE, SIDE], pixels)
        files[f"{part}-labels-idx1-ubyte"] = idx([count], labels)
    return files


def packed(content):
    return gzip.compress(content, mtime=0)


def write_images(folder, files, *, is_packed=False):
    """Puts a data set's files into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        if is_packed:
            (folder / f"{name}.gz").write_bytes(packed(content))
        else:
            (folder / name).write_bytes(content)


def catalogue_entry(files, mirrors, sizes=None):
    """What `datasets/NAME.yml` says of the files; `sizes` may lie about some."""
    lines = ["title: A drill", f"classes: {CLASSES}", f"image: [{SIDE}, {SIDE}]", "files:"]
    for name in FILES:
        size = (sizes or {}).get(name, len(files[name]))
        lines += [f"  {name}:", f"    size: {size}", f"    sha256: {hashlib.sha256(files[name]).hexdigest()}"]
    lines += ["mirrors:", *(f"  - {mirror}" for mirror in mirrors), "licence: none", "citation: nobody", ""]
    return "\n".join(lines)


def study(name, *, seeds, epochs, points=40, hidden=(8, 4), measures=("test_accuracy", "train_loss"), more=""):
    """A study of networks of one size."""
    return f"""\
name: {name}
title: A drill
data: {{dataset: drilled, training_points: {points}, seed: 1, probes: {{count: 10, seed: 2}}}}
network: {{hidden: {json.dumps(list(hidden))}}}
training: {{learning_rate: 0.1, batch_size: 8, epochs: {epochs}}}
population: {{seeds: {seeds}}}
measures: [{", ".join(measures)}]
target: test_accuracy
{more}"""


# One of every section, so that every table of a results file that this study can fill has rows.
EVERYTHING = """\
name: everything
title: A full study
source: somebody
cost: 1 s
data: {dataset: drilled, training_points: 20, seed: 3, stream: native, unseen: all, probes: {count: 5, seed: 2}}
network: {hidden: [4, 3]}
training:
  learning_rate: 0.1
  learning_rate_scaling: linear
  reference_batch_size: 10
  batch_size: 10
  epochs: 3
  history: {every: 2, also: [test_accuracy, gradient_norm, gradient_noise, hessian_trace]}
  stop: {every: 1, accuracy: 0.99, points: 10}
  drops: [{epoch: 1, factor: 0.5}]
population:
  seeds: [0-1, 5]
  regimes:
    small: {training.batch_size: 5}
    large: {training.batch_size: full, seeds: 0-2}
  grid:
    data.training_points: [10, 20]
  rescaled:
    seeds: [0]
    factors: {1: [2, 5], 2: [20]}
measures:
  - test_accuracy
  - {measure: hessian_trace_hutchinson, probes: 3, as: hutch}
  - pair_proxy
  - weight_norm_l2
  - ensemble_agreement
target: test_accuracy
published:
  source: nobody
  correlations: [{measure: pair_proxy, value: 0.3, p: 1e-4, tolerance: 0.01}]
  summary: [{measure: test_accuracy, mean: 0.7, minimum: 0.1, maximum: 0.9, tolerance: 0.5, regime: small}]
  tolerances: {test_accuracy: 0.5}
  models: [{seed: 0, regime: small, test_accuracy: 0.5, variant: layer 1 x 2}]
figures:
  - {name: fig, title: Fig, kind: scatter, x: pair_proxy, y: test_accuracy, by: regime, where: {regime: [small]}}
  - {name: heat, kind: heat-map, x: training_points, y: seed, value: test_accuracy, scale: log-x}
  - {name: curve, kind: curves, x: training_points, y: hutch, by: regime, scale: log-log, slope: 1}
claims:
  - {claim: It is so., origin: derived, statistic: mean, of: test_accuracy, where: {seed: 0}, expected: 0.5, \
tolerance: 0.5, limit: none}
  - {claim: It goes., origin: paper, statistic: spearman, of: test_accuracy, over: pair_proxy, at_least: -1}
"""

# Half of its networks diverge, which fills `failed` and, tried again, `earlier_failure`.
DIVERGING = """\
name: diverging
title: A study that fails in part
data: {dataset: drilled, training_points: 20, seed: 1, probes: {count: 5, seed: 2}}
network: {hidden: [4, 3]}
training: {learning_rate: 0.1, batch_size: 10, epochs: 20}
population: {seeds: 0-3, grid: {training.learning_rate: [0.1, 1e30]}}
measures: [test_accuracy, train_loss, weight_norm_l2]
target: test_accuracy
"""
