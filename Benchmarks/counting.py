"""Measures pattern counting and ensemble agreement of Basin against the record's way in Python; prints tables.

Pattern counting: 64,000 unseen images, 128 units of the last hidden layer of one trained network. Ensemble agreement: 50
networks on 69,500 unseen images. Both ways start from the same weights, or from the same right and wrong answers, take turns in
one run on one thread, and must give the same numbers. Basin's seconds are those in its results file, by the clock;
Python's are the processor's. Ratios are of the least of all rounds: what disturbs only adds, and to long parts more.
Exit status 1: the numbers differ; 2: Basin could not run.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

# One thread, and before the libraries are loaded.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import numpy
import torch

import basin_command
import comparison
import record

POPULATION = "vanishing-advantage-500"

# The second column finds the network's signs computed, so that its seconds are those of counting alone.
STUDY = """\
name: pattern-counting
title: Counting patterns
source: Benchmarks/counting.py
data: {dataset: mnist, training_points: 6000, stream: torch-cpu, seed: 42, probes: {count: 1, stream: torch-cpu, seed: 0}}
network: {hidden: [256, 128]}
training: {batch_size: 64, learning_rate: 0.01, epochs: 20, initialisation: torch-cpu, order: torch-cuda}
population: {seeds: 0}
measures:
  - {measure: activation_patterns, as: with_pass}
  - {measure: activation_patterns, as: counting}
  - train_loss
target: train_loss
"""

PYTHON = {
    "bytes": ("`len({row.tobytes() for row in signs})`", record.distinct_by_bytes),
    "tuples": ("`len({tuple(row) for row in signs.tolist()})`", record.distinct_by_tuples),
    "unique": ("`len(numpy.unique(signs, axis=0))`", record.distinct_by_unique),
}


def timed(work):
    """What `work` returns, and the processor's seconds."""
    start = time.process_time()
    result = work()
    return result, time.process_time() - start


class PatternCounting:
    """One trained network, measured anew in each round."""

    def __init__(self, folder):
        self.study, self.database = folder / "pattern-counting.yml", folder / "patterns.sqlite"
        self.study.write_text(STUDY)
        self._run()
        ((specification, weights),) = basin_command.rows(
            self.database, "SELECT specification_json, safetensors FROM weights, study")
        points = record.material(json.loads(specification), basin_command.dataset_folder("mnist"))
        self.unseen, self.model = points.unseen, record.load(points.widths, weights)
        self.times = {name: [] for name in ("basin_pass", "basin_counting", "torch_pass", *PYTHON)}
        self.counts = {}

    def _run(self):
        basin_command.output("run", str(self.study), "--db", str(self.database), "--jobs", "1")

    def round(self):
        basin_command.rows(self.database, "DELETE FROM measurement WHERE measure IN ('with_pass', 'counting')")
        self._run()
        found = {
            column: (value, seconds)
            for column, value, seconds in basin_command.rows(
                self.database, "SELECT measure, value, seconds FROM measurement")
        }
        self.times["basin_pass"].append(found["with_pass"][1])
        self.times["basin_counting"].append(found["counting"][1])
        signs, seconds = timed(lambda: record.signs(self.model, self.unseen))
        self.times["torch_pass"].append(seconds)
        self.counts = {"basin": int(found["counting"][0])}
        for name, (_, count) in PYTHON.items():
            self.counts[name], seconds = timed(lambda: count(signs))
            self.times[name].append(seconds)


class Agreement:
    """The networks of a study, their right and wrong answers kept; the measure itself is computed anew in each round."""

    def __init__(self, folder):
        self.database = folder / "agreement.sqlite"
        self._run("2")
        kept = basin_command.rows(
            self.database,
            "SELECT data FROM kept JOIN model ON model.id = model_id WHERE measure = 'ensemble_agreement' ORDER BY position")
        self.right = numpy.stack([self._bits(data) for (data,) in kept])
        self.times = {"basin": [], "python": []}
        self.difference = 0.0

    @staticmethod
    def _bits(data):
        count = int.from_bytes(data[:8], "little")
        return numpy.unpackbits(numpy.frombuffer(data[8:], numpy.uint8), count=count, bitorder="little").astype(bool)

    def _run(self, jobs):
        basin_command.output(
            "run", POPULATION, "--db", str(self.database), "--jobs", jobs, "--measures", "ensemble_agreement")

    def round(self):
        basin_command.rows(self.database, "DELETE FROM measurement WHERE measure = 'ensemble_agreement'")
        self._run("1")
        found = basin_command.rows(
            self.database,
            """
            SELECT value, measurement.seconds FROM measurement JOIN model ON model.id = model_id
            WHERE measure = 'ensemble_agreement' ORDER BY position
            """)
        self.times["basin"].append(sum(seconds for _, seconds in found))
        shares, seconds = timed(lambda: record.agreement(self.right))
        self.times["python"].append(seconds)
        self.difference = float(numpy.abs(numpy.array([value for value, _ in found]) - shares).max())


def measure(rounds):
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as folder:
        comparison.say(f"training one network, then those of {POPULATION}")
        patterns, agreement = PatternCounting(Path(folder)), Agreement(Path(folder))
        result = {"torch": torch.__version__, "numpy": numpy.__version__, "load_before": os.getloadavg()[0]}
        for turn in range(rounds):
            comparison.say(f"round {turn + 1} of {rounds}")
            patterns.round()
            agreement.round()
    return result | {
        "load_after": os.getloadavg()[0], "rounds": rounds, "points": len(patterns.unseen),
        "patterns": {"times": patterns.times, "counts": patterns.counts},
        "agreement": {
            "times": agreement.times, "difference": agreement.difference, "networks": len(agreement.right),
            "points": agreement.right.shape[1], "right": float(agreement.right.mean()),
        },
    }


def spread(values):
    least, middle, most = (
        f"{1e3 * value:.3g}" if value < 1 else f"{1e3 * value:.0f}"
        for value in (min(values), statistics.median(values), max(values)))
    return f"{middle} ms ({least} to {most})"


def row(what, ours, theirs):
    return f"| {what} | {spread(ours)} | {spread(theirs)} | **{min(theirs) / min(ours):.3g}** |"


def same(result):
    return len(set(result["patterns"]["counts"].values())) == 1 and result["agreement"]["difference"] < 1e-9


def markdown(result):
    patterns, agreement = result["patterns"]["times"], result["agreement"]
    whole = [pass_ + count for pass_, count in zip(patterns["torch_pass"], patterns["bytes"])]
    lines = [
        f"PyTorch {result['torch']}, NumPy {result['numpy']}; one thread each; rounds: {result['rounds']}; load of the machine "
        f"{result['load_before']:.1f} before, {result['load_after']:.1f} after.",
        "",
        "| | Basin | Python | ratio |",
        "|---|---|---|---:|",
    ]
    lines += [
        row(
            f"counting patterns of {result['points']:,} points and 128 units; {text}", patterns["basin_counting"],
            patterns[name])
        for name, (text, _) in PYTHON.items()
    ]
    lines += [
        row("the same with the forward pass; PyTorch and bytes", patterns["basin_pass"], whole),
        row(
            f"ensemble agreement of {agreement['networks']} networks on {agreement['points']:,} points; NumPy masks",
            agreement["times"]["basin"], agreement["times"]["python"]),
        "",
        f"Distinct patterns: {result['patterns']['counts']}. The networks are right on {100 * agreement['right']:.0f} % of the "
        f"points; largest difference of an agreement: {agreement['difference']:.1g}.",
        "" if same(result) else "**The numbers differ.**",
    ]
    return "\n".join(lines).rstrip()


if __name__ == "__main__":
    sys.exit(comparison.run("counting", __doc__, measure, markdown, same))
