"""Measures a step of each update rule in Basin against PyTorch's; prints a table.

The network is 784-64-8-10, the points 2,000 images of MNIST in batches of 64, one thread each; the ways take turns, round after round. Seconds
are by the clock. Basin's figure is the difference of two trainings of different length, so that neither reading data nor setting up counts; the second of two networks
counts. PyTorch's is the fastest of its optimiser's ways (a loop, `foreach`, `fused`); SAM and ASAM, which it lacks, are two passes around its SGD,
written with its functions over lists. Exit status 1: a ratio is below the required one; 2: Basin could not run.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

# One thread, and before the library is loaded.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import torch

import basin_command
import comparison
import record

REQUIRED = 2.5
POINTS, HIDDEN, BATCH, RATE = 2000, [64, 8], 64, 0.001
SHORT, LONG, TORCH = 10, 210, 4
STUDY = """\
name: update-rules
title: Steps of update rules
source: Benchmarks/rules.py
data:
  {{dataset: mnist, training_points: {points}, stream: torch-cpu, seed: 42, probes: {{count: 1, stream: torch-cpu, seed: 0}}}}
network: {{hidden: {hidden}}}
training: {{batch_size: {batch}, learning_rate: {rate}, epochs: {epochs}, initialisation: torch-cpu, order: torch-cuda, {rule}}}
population: {{seeds: 0-1}}
measures: [train_loss]
target: train_loss
"""
RULES = {
    "plain descent": {"rule": "sgd"},
    "momentum": {"rule": "sgd", "momentum": 0.9},
    "Nesterov, weight decay": {"rule": "sgd", "momentum": 0.9, "nesterov": True, "weight_decay": 0.0005},
    "Adam": {"rule": "adam"},
    "AdamW": {"rule": "adamw"},
    "SAM": {"rule": "sam"},
    "ASAM": {"rule": "asam"},
}


def basin_training(rule, epochs):
    """Seconds of one training, and the study's specification."""
    with tempfile.TemporaryDirectory() as folder:
        study, database = Path(folder) / "update-rules.yml", Path(folder) / "fresh.sqlite"
        keys = ", ".join(f"{key}: {str(value).lower()}" for key, value in rule.items())
        study.write_text(
            STUDY.format(points=POINTS, hidden=HIDDEN, batch=BATCH, rate=RATE, epochs=epochs, rule=keys))
        basin_command.output("run", str(study), "--db", str(database), "--jobs", "1")
        ((seconds, specification),) = basin_command.rows(
            database,
            "SELECT model.seconds, specification_json FROM model JOIN study ON study.id = study_id WHERE position = 1")
    return seconds, json.loads(specification)


def basin_step(rule):
    """Seconds of a step."""
    steps = (LONG - SHORT) * -(-POINTS // BATCH)
    return (basin_training(rule, LONG)[0] - basin_training(rule, SHORT)[0]) / steps


def optimiser(rule, parameters, way):
    if rule["rule"] in ("adam", "adamw"):
        kind = torch.optim.Adam if rule["rule"] == "adam" else torch.optim.AdamW
        return kind(parameters, lr=RATE, **way)
    options = {key: rule[key] for key in ("momentum", "nesterov", "weight_decay") if key in rule}
    return torch.optim.SGD(parameters, lr=RATE, **options, **way)


def climb(rule, weights, biases):
    """Moves parameters up the slope of their gradients; what they were."""
    parameters = weights + biases
    start = [p.detach().clone() for p in parameters]
    gradients = [p.grad for p in parameters]
    with torch.no_grad():
        if rule["rule"] == "sam":
            length = torch.linalg.vector_norm(torch.stack(torch._foreach_norm(gradients)))
            torch._foreach_add_(parameters, torch._foreach_mul(gradients, 0.05 / length))
        else:
            scales = torch._foreach_abs(weights)
            torch._foreach_add_(scales, 0.01)
            torch._foreach_mul_(gradients[: len(weights)], scales)
            length = torch.linalg.vector_norm(torch.stack(torch._foreach_norm(gradients)))
            torch._foreach_mul_(gradients[: len(weights)], scales)
            torch._foreach_add_(parameters, torch._foreach_mul(gradients, 0.5 / length))
    return start


def torch_step(rule, points, way):
    """Seconds of a step, from a new network on."""
    model = record.new_network(points.widths)
    parameters = list(model.parameters())
    weights, biases = [p for p in parameters if p.dim() == 2], [p for p in parameters if p.dim() == 1]
    stepper = optimiser(rule, parameters, way)
    criterion = torch.nn.CrossEntropyLoss()
    start, steps = time.perf_counter(), 0
    for _ in range(TORCH):
        order = torch.randperm(POINTS)
        for first in range(0, POINTS, BATCH):
            batch = order[first:first + BATCH]
            images, labels = points.training[batch], points.training_labels[batch]
            stepper.zero_grad()
            criterion(model(images), labels).backward()
            if rule["rule"] in ("sam", "asam"):
                before = climb(rule, weights, biases)
                stepper.zero_grad()
                criterion(model(images), labels).backward()
                with torch.no_grad():
                    torch._foreach_copy_(weights + biases, before)
            stepper.step()
            steps += 1
    return (time.perf_counter() - start) / steps


WAYS = [{"foreach": False}, {"foreach": True}, {"fused": True}]


def measure(rounds):
    torch.set_num_threads(1)
    _, specification = basin_training(RULES["plain descent"], 1)
    points = record.material(specification, basin_command.dataset_folder("mnist"))
    result = {"torch": torch.__version__, "load_before": os.getloadavg()[0], "rules": {}}
    for name in RULES:
        result["rules"][name] = {"basin": [], "torch": []}
    for turn in range(rounds):
        comparison.say(f"round {turn + 1} of {rounds}")
        for name, rule in RULES.items():
            row = result["rules"][name]
            row["basin"].append(basin_step(rule))
            row["torch"].append(min(torch_step(rule, points, way) for way in WAYS))
    result["load_after"] = os.getloadavg()[0]
    return result


def ratio(row):
    return statistics.median(row["torch"]) / statistics.median(row["basin"])


def is_met(result):
    return all(ratio(row) >= REQUIRED for row in result["rules"].values())


def markdown(result):
    def spread(values):
        return f"{1e6 * statistics.median(values):.0f} ({1e6 * min(values):.0f} to {1e6 * max(values):.0f})"

    lines = [
        f"PyTorch {result['torch']}, one thread each; load {result['load_before']:.1f} before, {result['load_after']:.1f} after.", "",
        "| µs a step of 64 points | Basin | PyTorch | ratio |", "|---|---|---|---:|",
    ]
    for name, row in result["rules"].items():
        lines.append(f"| {name} | {spread(row['basin'])} | {spread(row['torch'])} | **{ratio(row):.1f}** |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(comparison.run("rules", __doc__, measure, markdown, is_met))
