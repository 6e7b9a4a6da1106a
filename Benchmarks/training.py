"""Measures a training step of Basin against PyTorch's and against the machine's matrix product; prints a table.

The network is 784-256-128-10, the points 12,000 images of MNIST. All ways take turns, round after round, in one run.
What runs on one thread is measured in processor time, so that a busy machine disturbs it little. PyTorch on two threads
is measured by the clock, and its fastest full step counts: in the others it may have waited for a core, and with long
steps in all of them. PyTorch's fastest step on one thread stands beside it. Basin's figure is the difference of two
trainings of different length, so that neither reading data nor setting up counts.
Exit status 1: a requirement is missed; 2: Basin could not run.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

import torch

import basin_command
import comparison
import record
from sgemm import Sgemm

POINTS = 12_000
HIDDEN = [256, 128]
RATES = {64: 0.01, 500: 0.1, 4096: 0.5}
EPOCHS = {"basin_short": 2, "basin_long": 62, "torch": 3, "loss": 4}
# The least share of the matrix product's speed, and the least ratio to PyTorch on one thread.
REQUIRED_SHARE = {64: 0.6, 4096: 0.8}

STUDY = """\
name: training-steps
title: Training steps of {batch} points
source: Benchmarks/training.py
data:
  {{dataset: mnist, training_points: {points}, stream: torch-cpu, seed: 42, probes: {{count: 1, stream: torch-cpu, seed: 0}}}}
network: {{hidden: {hidden}}}
training: {{batch_size: {batch}, learning_rate: {rate}, epochs: {epochs}, initialisation: torch-cpu, order: torch-cuda}}
population: {{seeds: 0}}
measures: [train_loss]
target: train_loss
"""


def operations(widths):
    """Float operations that a step takes for a point when all layers are dense.

    A multiplication and an addition for each weight forward, the same for its gradient, and the same for the deltas of
    every layer but the first.
    """
    weights = [inputs * outputs for inputs, outputs in zip(widths, widths[1:])]
    return 4 * sum(weights) + 2 * sum(weights[1:])


def basin_training(batch, epochs):
    """One training by `basin run`: its seconds, the processor seconds of the whole command, and the loss."""
    with tempfile.TemporaryDirectory() as folder:
        study, database = Path(folder) / "training-steps.yml", Path(folder) / "fresh.sqlite"
        study.write_text(STUDY.format(batch=batch, rate=RATES[batch], epochs=epochs, points=POINTS, hidden=HIDDEN))
        result = basin_command.launch("run", str(study), "--db", str(database), "--jobs", "1")
        ((seconds, loss, specification),) = basin_command.rows(
            database,
            """
            SELECT model.seconds, measurement.value, specification_json
            FROM model JOIN measurement ON measurement.model_id = model.id JOIN study ON study.id = model.study_id
            """)
    return {
        "clock": seconds, "processor": result["processor_seconds"], "loss": loss,
        "specification": json.loads(specification),
    }


def basin_step(batch):
    """Microseconds a point, by the clock and by the processor."""
    short, long = (basin_training(batch, EPOCHS[f"basin_{length}"]) for length in ("short", "long"))
    points = (EPOCHS["basin_long"] - EPOCHS["basin_short"]) * POINTS
    return {kind: (long[kind] - short[kind]) / points * 1e6 for kind in ("clock", "processor")}


def torch_step(points, batch, threads, gathers):
    """The same of PyTorch, from a new network on; and the clock's microseconds a point of the fastest step."""
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    model = record.new_network(points.widths)
    ends, full = [], []

    def after_step(count):
        ends.append(time.perf_counter())
        full.append(count == batch)

    clock, processor = time.perf_counter(), time.process_time()
    recipe = {"batch_size": batch, "learning_rate": RATES[batch]}
    record.descend(model, points, recipe, EPOCHS["torch"], gathers, after_step)
    factor = 1e6 / (EPOCHS["torch"] * POINTS)
    steps = [end - start for start, end, is_full in zip([clock, *ends], ends, full) if is_full]
    return {
        "clock": (ends[-1] - clock) * factor, "processor": (time.process_time() - processor) * factor,
        "fastest": min(steps) / batch * 1e6,
    }


def losses(points, batch, basin):
    """Both ways' loss on the training points after equally long training; their epochs' orders differ."""
    torch.set_num_threads(1)
    recipe = {"batch_size": batch, "learning_rate": RATES[batch]}
    model = record.train(points, recipe, seed=0, epochs=EPOCHS["loss"])
    return {"basin": basin["loss"], "torch": record.mean_loss(model, points.training, points.training_labels)}


def measure(rounds):
    sgemm = Sgemm()
    comparison.say("training once in each way")
    warm = {batch: basin_training(batch, EPOCHS["loss"]) for batch in RATES}
    points = record.material(warm[64]["specification"], basin_command.dataset_folder("mnist"))
    result = {
        "torch": torch.__version__, "kernel": sgemm.kernel, "operations": operations(points.widths),
        "load_before": os.getloadavg()[0], "peak": [],
        "batches": {
            batch: {"losses": losses(points, batch, warm[batch])}
            | {key: [] for key in ("basin", "one", "one_sliced", "two", "share")}
            for batch in RATES
        },
    }
    for turn in range(rounds):
        comparison.say(f"round {turn + 1} of {rounds}")
        for batch, row in result["batches"].items():
            peak = sgemm.gigaflops()
            row["basin"].append(basin_step(batch))
            peak = max(peak, sgemm.gigaflops())
            row["one"].append(torch_step(points, batch, threads=1, gathers=True))
            row["one_sliced"].append(torch_step(points, batch, threads=1, gathers=False))
            row["two"].append(torch_step(points, batch, threads=2, gathers=True))
            row["share"].append(result["operations"] / row["basin"][-1]["processor"] / 1e3 / peak)
            result["peak"].append(peak)
    result["load_after"] = os.getloadavg()[0]
    return result


def column(row, way, kind):
    return [turn[kind] for turn in row[way]]


def ratio(row, way):
    """The median over rounds."""
    return statistics.median(
        theirs / own for own, theirs in zip(column(row, "basin", "processor"), column(row, way, "processor")))


def fastest(row, way):
    """PyTorch's fastest step of all rounds, and how often Basin's least mean goes into it."""
    least = min(column(row, way, "fastest"))
    return f"{least:.3g} ({least / min(column(row, 'basin', 'processor')):.3g})"


def spread(values, digits=3):
    middle = statistics.median(values)
    return f"{middle:.{digits}g} ({min(values):.{digits}g} to {max(values):.{digits}g})"


def missed(result):
    return [
        f"share of batch {batch}" for batch, least in REQUIRED_SHARE.items()
        if statistics.median(result["batches"][batch]["share"]) < least
    ]


def markdown(result):
    lines = [
        f"PyTorch {result['torch']}; rounds: {len(result['peak']) // len(RATES)}; load of the machine "
        f"{result['load_before']:.1f} before, {result['load_after']:.1f} after. Microseconds a point.",
        "",
        "| batch | Basin, one thread | PyTorch, one thread | ratio | without gathering | ratio "
        "| its fastest step, one thread (ratio) | two threads (ratio) |",
        "|---:|---|---|---:|---|---:|---:|---:|",
    ]
    for batch, row in result["batches"].items():
        lines.append(
            f"| {batch} | {spread(column(row, 'basin', 'processor'))} | {spread(column(row, 'one', 'processor'))} "
            f"| **{ratio(row, 'one'):.3g}** | {spread(column(row, 'one_sliced', 'processor'))} "
            f"| {ratio(row, 'one_sliced'):.3g} | {fastest(row, 'one')} | {fastest(row, 'two')} |")
    lines += [
        "",
        f"Matrix product 2048 x 2048 x 2048, OpenBLAS ({result['kernel']}), one thread: {spread(result['peak'])} GFLOP/s. "
        f"A dense step takes {result['operations'] / 1e6:.4g} MFLOP a point.",
        "",
        "| batch | Basin, dense-equivalent GFLOP/s | share of the product's speed, % | required, % "
        f"| loss after {EPOCHS['loss']} epochs, Basin | PyTorch |",
        "|---:|---|---|---:|---:|---:|",
    ]
    for batch, row in result["batches"].items():
        speeds = [result["operations"] / micros / 1e3 for micros in column(row, "basin", "processor")]
        required = f"{100 * REQUIRED_SHARE[batch]:.0f}" if batch in REQUIRED_SHARE else ""
        lines.append(
            f"| {batch} | {spread(speeds)} | {spread([100 * share for share in row['share']])} | {required} "
            f"| {row['losses']['basin']:.4f} | {row['losses']['torch']:.4f} |")
    lines += ["", f"**Missed: {', '.join(missed(result))}.**" if missed(result) else "Every requirement is met."]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(comparison.run("training", __doc__, measure, markdown, lambda result: not missed(result)))
