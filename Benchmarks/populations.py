"""Measures the training of many small networks against what else a user would take; prints a table.

PyTorch one network at a time; PyTorch with all networks at once (stacked parameters, `baddbmm`); JAX with all at once
(`vmap`) or one after the other (`lax.map`), a whole epoch compiled. Of those with a choice, how many networks stand
together and the way of the loop, the fastest counts. Everything on one thread and in processor time, all ways in turn,
round after round. Basin's figure is the difference of two populations of different length, so that neither reading data
nor setting up counts; the others' leave out compiling and making the networks.
Exit status 1: a requirement is missed; 2: Basin could not run.
"""

import functools
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

# Before the libraries are loaded.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"
os.environ["XLA_FLAGS"] = (
    f"{os.environ.get('XLA_FLAGS', '')} --xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
os.environ["JAX_PLATFORMS"] = "cpu"

import jax
import jax.numpy as jnp
import numpy
import torch
from torch.nn import functional

import basin_command
import comparison
import record

BATCH, RATE = 64, 0.05
LOSS_EPOCHS = 10


class Case:
    """An architecture with its points, how many networks stand together at most, and the epochs of each way."""

    def __init__(self, hidden, points, networks, basin_epochs, epochs, required):
        self.hidden, self.points, self.networks = hidden, points, networks
        self.basin_epochs, self.epochs, self.required = basin_epochs, epochs, required
        self.name = "784-" + "-".join(str(width) for width in hidden) + f"-10, {points} points"

    def groups(self):
        """How many networks stand together."""
        return sorted({1, self.networks // 8, self.networks})


CASES = [
    Case([64, 8], points=250, networks=64, basin_epochs=(10, 60), epochs=10, required=8),
    Case([256, 128], points=2000, networks=16, basin_epochs=(1, 11), epochs=2, required=4),
]

STUDY = """\
name: populations
title: Many networks
source: Benchmarks/populations.py
data:
  {{dataset: mnist, training_points: {points}, stream: torch-cpu, seed: 42, probes: {{count: 1, stream: torch-cpu, seed: 0}}}}
network: {{hidden: {hidden}}}
training: {{batch_size: {batch}, learning_rate: {rate}, epochs: {epochs}, initialisation: torch-cpu, order: torch-cpu}}
population: {{seeds: 0-{last}}}
measures: [train_loss]
target: train_loss
"""


def basin_population(case, epochs):
    """Processor seconds of a `basin run`, the mean training loss of its networks, and the study's specification."""
    with tempfile.TemporaryDirectory() as folder:
        study, database = Path(folder) / "populations.yml", Path(folder) / "fresh.sqlite"
        study.write_text(
            STUDY.format(
                points=case.points, hidden=case.hidden, batch=BATCH, rate=RATE, epochs=epochs, last=case.networks - 1))
        result = basin_command.launch("run", str(study), "--db", str(database), "--jobs", "1")
        ((loss, specification),) = basin_command.rows(
            database, "SELECT avg(value), specification_json FROM measurement, study WHERE measure = 'train_loss'")
    return result["processor_seconds"], loss, json.loads(specification)


def basin_epoch(case):
    """Seconds an epoch and network."""
    short, long = case.basin_epochs
    difference = basin_population(case, long)[0] - basin_population(case, short)[0]
    return difference / (long - short) / case.networks


def torch_one_by_one(case, points, epochs):
    torch.manual_seed(0)
    model = record.new_network(points.widths)
    start = time.process_time()
    record.descend(model, points, {"batch_size": BATCH, "learning_rate": RATE}, epochs)
    seconds = (time.process_time() - start) / epochs
    return seconds, record.mean_loss(model, points.training, points.training_labels)


def torch_stacked(case, points, together, epochs):
    torch.manual_seed(0)
    parameters = []
    for inputs, outputs in zip(points.widths, points.widths[1:]):
        bound = inputs**-0.5
        parameters.append(torch.empty(together, inputs, outputs).uniform_(-bound, bound))
        parameters.append(torch.empty(together, 1, outputs).uniform_(-bound, bound))
    for parameter in parameters:
        parameter.requires_grad_()
    optimizer = torch.optim.SGD(parameters, lr=RATE, foreach=True)
    layers = list(zip(parameters[::2], parameters[1::2]))

    def logits(x):
        for index, (weights, biases) in enumerate(layers):
            x = torch.baddbmm(biases, x, weights)
            x = x.relu() if index < len(layers) - 1 else x
        return x

    def total(x, labels):
        return functional.cross_entropy(logits(x).flatten(0, 1), labels.flatten(), reduction="sum") / labels.shape[1]

    images, labels = points.training, points.training_labels
    start = time.process_time()
    for _ in range(epochs):
        orders = torch.argsort(torch.rand(together, len(images)), dim=1)
        for first in range(0, len(images), BATCH):
            batch = orders[:, first : first + BATCH]
            loss = total(images[batch], labels[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    seconds = (time.process_time() - start) / epochs / together
    with torch.no_grad():
        everything = images.expand(together, -1, -1)
        return seconds, total(everything, labels.expand(together, -1)).item() / together


def jax_loss(parameters, x, labels):
    for index, (weights, biases) in enumerate(parameters):
        x = x @ weights + biases
        x = jax.nn.relu(x) if index < len(parameters) - 1 else x
    return -jnp.mean(jnp.take_along_axis(jax.nn.log_softmax(x), labels[:, None], axis=1))


def jax_epoch(parameters, order, images, labels):
    """One network's epoch: all full batches in a loop, then the rest."""
    def step(parameters, batch):
        slope = jax.grad(jax_loss)(parameters, images[batch], labels[batch])
        return jax.tree.map(lambda p, g: p - RATE * g, parameters, slope), None

    full = len(order) // BATCH * BATCH
    parameters, _ = jax.lax.scan(step, parameters, order[:full].reshape(-1, BATCH))
    return step(parameters, order[full:])[0] if full < len(order) else parameters


@functools.partial(jax.jit, static_argnames="is_mapped", donate_argnums=0)
def jax_epochs(parameters, orders, images, labels, is_mapped):
    if is_mapped:
        return jax.lax.map(lambda network: jax_epoch(*network, images, labels), (parameters, orders))
    return jax.vmap(jax_epoch, in_axes=(0, 0, None, None))(parameters, orders, images, labels)


def jax_together(case, points, together, is_mapped, epochs):
    stream = numpy.random.default_rng(0)
    images, labels = jnp.asarray(points.training.numpy()), jnp.asarray(points.training_labels.numpy())

    def new():
        return [
            tuple(
                jnp.asarray(stream.uniform(-(inputs**-0.5), inputs**-0.5, shape).astype(numpy.float32))
                for shape in ((together, inputs, outputs), (together, outputs)))
            for inputs, outputs in zip(points.widths, points.widths[1:])
        ]

    def orders():
        return jnp.asarray(stream.permuted(numpy.tile(numpy.arange(case.points), (together, 1)), axis=1))

    jax.block_until_ready(jax_epochs(new(), orders(), images, labels, is_mapped))
    parameters = new()
    start = time.process_time()
    for _ in range(epochs):
        parameters = jax_epochs(parameters, orders(), images, labels, is_mapped)
    jax.block_until_ready(parameters)
    seconds = (time.process_time() - start) / epochs / together
    losses = jax.vmap(jax_loss, in_axes=(0, None, None))(parameters, images, labels)
    return seconds, float(losses.mean())


def ways(case):
    """Each rival's variants: a label, and a function of the points and epochs that gives seconds and the loss."""
    groups = case.groups()
    return {
        "PyTorch, one by one": {"": functools.partial(torch_one_by_one, case)},
        "PyTorch, stacked": {
            f"{count} together": functools.partial(
                lambda count, points, epochs: torch_stacked(case, points, count, epochs), count)
            for count in groups
        },
        "JAX": {
            f"{'map' if is_mapped else 'vmap'}, {count} together": functools.partial(
                lambda count, is_mapped, points, epochs: jax_together(case, points, count, is_mapped, epochs),
                count, is_mapped)
            for count in groups for is_mapped in (False, True) if count > 1 or not is_mapped
        },
    }


def measure(rounds):
    torch.set_num_threads(1)
    result = {
        "torch": torch.__version__, "jax": jax.__version__, "load_before": os.getloadavg()[0], "cases": {},
    }
    materials = {}
    for case in CASES:
        comparison.say(f"{case.name}: the losses, and a first look")
        _, loss, specification = basin_population(case, LOSS_EPOCHS)
        points = materials[case.name] = record.material(specification, basin_command.dataset_folder("mnist"))
        row = {"required": case.required, "basin": [], "losses": {"Basin": loss}, "ways": {}}
        for way, variants in ways(case).items():
            for run in variants.values():
                run(points, 1)  # the first steps load code
            found = {label: run(points, LOSS_EPOCHS) for label, run in variants.items()}
            best = min(found, key=lambda label: found[label][0])
            row["losses"][way] = found[best][1]
            row["ways"][way] = {label: [] for label in variants}
        result["cases"][case.name] = row
    for turn in range(rounds):
        comparison.say(f"round {turn + 1} of {rounds}")
        for case in CASES:
            row = result["cases"][case.name]
            row["basin"].append(basin_epoch(case))
            for way, variants in ways(case).items():
                for label, run in variants.items():
                    row["ways"][way][label].append(run(materials[case.name], case.epochs)[0])
    result["load_after"] = os.getloadavg()[0]
    return result


def fastest(variants):
    label = min(variants, key=lambda label: statistics.median(variants[label]))
    return label, variants[label]


def ratio(row, seconds):
    """The median over rounds."""
    return statistics.median(theirs / ours for ours, theirs in zip(row["basin"], seconds))


def least_ratio(row):
    return min(ratio(row, fastest(variants)[1]) for variants in row["ways"].values())


def is_met(result):
    return all(least_ratio(row) >= row["required"] for row in result["cases"].values())


def markdown(result):
    def spread(values):
        low, middle, high = (1e3 * value for value in (min(values), statistics.median(values), max(values)))
        return f"{middle:.3g} ({low:.3g} to {high:.3g})"

    lines = [
        f"PyTorch {result['torch']}, JAX {result['jax']}, one thread each, processor time; load "
        f"{result['load_before']:.1f} before, {result['load_after']:.1f} after. Milliseconds an epoch and network, "
        f"batches of {BATCH}; the loss is that of the training points after {LOSS_EPOCHS} epochs, the networks' mean.",
    ]
    for name, row in result["cases"].items():
        lines += ["", f"| {name} | ms | ratio | loss |", "|---|---|---:|---:|"]
        lines.append(f"| Basin | {spread(row['basin'])} | | {row['losses']['Basin']:.3f} |")
        for way, variants in row["ways"].items():
            label, seconds = fastest(variants)
            lines.append(
                f"| {way}{', ' + label if label else ''} | {spread(seconds)} | **{ratio(row, seconds):.3g}** "
                f"| {row['losses'][way]:.3f} |")
        lines += ["", f"Required against the fastest: {row['required']}; found: {least_ratio(row):.3g}."]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(comparison.run("populations", __doc__, measure, markdown, is_met))
