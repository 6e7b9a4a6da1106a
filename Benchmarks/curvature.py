"""Measures curvature and gradients in Basin against PyTorch, BackPACK and curvlinops; prints a table.

One trained 784-64-8-10 network on its 250 training points of MNIST, and one 784-256-128-10 network on 100. Each quantity is measured
alone, from the same weights, on one thread; the ways take turns in one run and must agree. Both sides are warm: Basin's network is the last of five that one
process measures, as populations are, and Python has gone through all rounds before. Basin computes in float64 and its seconds are those in its results file, by the clock;
Python computes in float32, as its users do, in processor time. A quantity's rivals are all the ways that these libraries offer; the ratio is the least of the fastest rival's rounds to the least of Basin's. Exit status 1: a ratio is not as required, or the numbers differ; 2:
Basin could not run.
"""

import copy
import json
import os
import statistics
import sys
import tempfile
import time
import warnings
from pathlib import Path

# One thread, and before the libraries are loaded.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import backpack
import curvlinops
import scipy
import torch
from backpack import extensions
from scipy.sparse.linalg import eigsh
from torch.func import functional_call, grad, vmap
from torch.nn import functional

import basin_command
import comparison
import record

REQUIRED = 3
SIZES = [([64, 8], 250), ([256, 128], 100)]
STUDY = """\
name: curvature-{width}
title: Curvature
source: Benchmarks/curvature.py
data: {{dataset: mnist, training_points: {points}, stream: torch-cpu, seed: 42, probes: {{count: 1, stream: torch-cpu, seed: 0}}}}
network: {{hidden: {hidden}}}
training: {{batch_size: 64, learning_rate: 0.1, epochs: 100, initialisation: torch-cpu, order: torch-cuda}}
population: {{seeds: 0-4}}
measures: [train_loss, {measures}]
target: train_loss
"""


def timed(work):
    """What `work` returns, and the processor's seconds."""
    start = time.process_time()
    result = work()
    return result, time.process_time() - start


class Torch:
    """What PyTorch and its libraries make of one network on its training points. Everything is computed anew at every call."""

    def __init__(self, model, images, labels):
        self.model, self.images, self.labels = model, images, labels
        self.extended = backpack.extend(copy.deepcopy(model))
        self.criterion = backpack.extend(torch.nn.CrossEntropyLoss())
        self.parameters = list(model.parameters())

    def _extended(self, extension):
        self.extended.zero_grad()
        loss = self.criterion(self.extended(self.images), self.labels)
        with backpack.backpack(extension):
            loss.backward()
        return self.extended.parameters()

    # The exact Hessian trace: of ReLU networks it is that of the Gauss–Newton matrix, too.

    def trace_diagonal_hessian(self):
        return sum(p.diag_h.sum().item() for p in self._extended(extensions.DiagHessian()))

    def trace_diagonal_gauss_newton(self):
        return sum(p.diag_ggn_exact.sum().item() for p in self._extended(extensions.DiagGGNExact()))

    # The largest eigenvalue of the Hessian.

    def top_curvlinops(self):
        operator = curvlinops.HessianLinearOperator(
            self.model, torch.nn.CrossEntropyLoss(), self.parameters, [(self.images, self.labels)],
            check_deterministic=False)
        return float(eigsh(operator.to_scipy(), k=1, which="LA", return_eigenvectors=False)[0])

    # All eigenvalues of the Gauss–Newton matrix.

    def spectrum_backpack(self):
        factors = [p.sqrt_ggn_exact.flatten(2) for p in self._extended(extensions.SqrtGGNExact())]
        factor = torch.cat(factors, dim=2).flatten(0, 1)
        return self._entropy(torch.linalg.eigvalsh(factor @ factor.T))

    def spectrum_jacobian(self):
        """The same through PyTorch's own per-sample Jacobians."""
        values = {name: p.detach() for name, p in self.model.named_parameters()}

        def logits(values, image):
            return functional_call(self.model, values, (image[None],))[0]

        rows = vmap(torch.func.jacrev(logits), (None, 0))(values, self.images)
        jacobian = torch.cat([block.flatten(2) for block in rows.values()], dim=2)
        with torch.no_grad():
            probabilities = self.model(self.images).softmax(dim=1)
            mean = torch.einsum("nc,ncp->np", probabilities, jacobian)
            factor = (probabilities.sqrt()[:, :, None] * (jacobian - mean[:, None])).flatten(0, 1)
            factor /= len(self.images) ** 0.5
        return self._entropy(torch.linalg.eigvalsh(factor @ factor.T))

    @staticmethod
    def _entropy(eigenvalues):
        shares = eigenvalues.detach().double().clamp(min=0)
        shares = shares / shares.sum()
        shares = shares[shares > 1e-7]
        return float(-(shares * shares.log()).sum())

    # The mean of per-sample gradients' squared norms.

    def norms_backpack(self):
        squares = sum(p.batch_l2 for p in self._extended(extensions.BatchL2Grad()))
        # Of the mean loss: each sample's gradient is divided by their number.
        return float(squares.sum()) * len(self.images)

    def norms_vmap(self):
        values = {name: p.detach() for name, p in self.model.named_parameters()}

        def loss(values, image, label):
            return functional.cross_entropy(functional_call(self.model, values, (image[None],)), label[None])

        gradients = vmap(grad(loss), (None, 0, 0))(values, self.images, self.labels)
        return float(sum((g.flatten(1) ** 2).sum(dim=1) for g in gradients.values()).mean())

    # Worst-case adaptive sharpness by the same ascent: 20 steps of signs with momentum, halved by how well they do.

    def adaptive_ascent(self, radius=0.002):
        start = torch.nn.utils.parameters_to_vector(self.parameters).detach()
        scale = start.abs()

        def loss_at(offset, differentiates=False):
            torch.nn.utils.vector_to_parameters(start + scale * offset, self.parameters)
            with torch.set_grad_enabled(differentiates):
                return functional.cross_entropy(self.model(self.images), self.labels)

        def direction(offset):
            gradients = torch.autograd.grad(loss_at(offset, True), self.parameters)
            return (scale * torch.cat([g.flatten() for g in gradients])).sign()

        offset = previous = torch.zeros_like(start)
        base = best = loss_at(offset).item()
        best_offset, step, gained, last_mark = offset, 2 * radius, 0, 0
        last_step, last_best = step, best
        for number in range(20):
            plain = (offset + step * direction(offset)).clamp(-radius, radius)
            after = plain
            if number > 0:
                after = (offset + 0.75 * (plain - offset) + 0.25 * (offset - previous)).clamp(-radius, radius)
            previous, offset = offset, after
            value = loss_at(offset).item()
            if value > best:
                best, best_offset, gained = value, offset, gained + 1
            if number + 1 not in (5, 9, 12, 14, 16, 18, 19):
                continue
            halves = gained < 0.75 * (number + 1 - last_mark) or (last_step == step and last_best == best)
            last_step, last_best, last_mark, gained = step, best, number + 1, 0
            if halves:
                step /= 2
                offset = previous = best_offset
        torch.nn.utils.vector_to_parameters(start, self.parameters)
        return best - base


# Basin's measure, what it is, how near the numbers must be, and the rivals.
QUANTITIES = {
    "hessian_trace": (
        "Hessian trace, exact", 1e-3,
        {
            "BackPACK, `DiagHessian`": Torch.trace_diagonal_hessian,
            "BackPACK, `DiagGGNExact`": Torch.trace_diagonal_gauss_newton,
        }),
    "hessian_top_eigenvalue": (
        "largest Hessian eigenvalue", 1e-3, {"curvlinops, `eigsh`": Torch.top_curvlinops}),
    "spectral_entropy": (
        "Gauss–Newton spectrum, all of it (entropy)", 1e-2,
        {
            "BackPACK, `SqrtGGNExact`": Torch.spectrum_backpack,
            "PyTorch, `vmap(jacrev)`": Torch.spectrum_jacobian,
        }),
    "empirical_fisher_trace": (
        "per-sample gradient norms", 1e-3,
        {"BackPACK, `BatchL2Grad`": Torch.norms_backpack, "PyTorch, `vmap(grad)`": Torch.norms_vmap}),
    "adaptive_sharpness_worst": (
        "worst-case adaptive sharpness, 20 steps", 5e-2, {"PyTorch": Torch.adaptive_ascent}),
}


class Network:
    """One trained network, the last of a study's five, measured anew in each round."""

    def __init__(self, hidden, points, folder):
        self.name = f"784-{'-'.join(map(str, hidden))}-10, n = {points:,}"
        self.study, self.database = folder / f"curvature-{hidden[0]}.yml", folder / f"{hidden[0]}.sqlite"
        self.study.write_text(
            STUDY.format(width=hidden[0], points=points, hidden=hidden, measures=", ".join(QUANTITIES)))
        basin_command.output(
            "run", str(self.study), "--db", str(self.database), "--jobs", "1", "--measures", "train_loss")
        ((specification, weights),) = basin_command.rows(
            self.database, """
            SELECT specification_json, safetensors FROM study, weights JOIN model ON model.id = model_id
            ORDER BY position DESC LIMIT 1
            """)
        material = record.material(json.loads(specification), basin_command.dataset_folder("mnist"))
        self.torch = Torch(record.load(material.widths, weights), material.training, material.training_labels)
        self.times = {name: {"Basin": []} | {rival: [] for rival in QUANTITIES[name][2]} for name in QUANTITIES}
        self.values = {name: {} for name in QUANTITIES}

    def round(self):
        for name, (_, _, rivals) in QUANTITIES.items():
            _, self.values[name]["Basin"], seconds = basin_command.measured(self.study, self.database, name)
            self.times[name]["Basin"].append(seconds)
            for rival, work in rivals.items():
                self.values[name][rival], seconds = timed(lambda: work(self.torch))
                self.times[name][rival].append(seconds)

    def figures(self):
        rows = []
        for name, (what, tolerance, rivals) in QUANTITIES.items():
            times, values = self.times[name], self.values[name]
            best = min(rivals, key=lambda rival: min(times[rival]))
            differences = [abs(values[rival] / values["Basin"] - 1) for rival in rivals]
            rows.append({
                "what": what, "times": times, "best": best, "values": values,
                "ratio": min(times[best]) / min(times["Basin"]), "agrees": max(differences) <= tolerance,
            })
        return rows


def measure(rounds):
    torch.set_num_threads(1)
    warnings.filterwarnings("ignore")
    with tempfile.TemporaryDirectory() as folder:
        comparison.say("training the networks")
        networks = [Network(hidden, points, Path(folder)) for hidden, points in SIZES]
        result = {"load_before": os.getloadavg()[0], "rounds": rounds}
        for turn in range(rounds):
            comparison.say(f"round {turn + 1} of {rounds}")
            for network in networks:
                network.round()
    versions = {module.__name__: module.__version__ for module in (torch, scipy)}
    return result | {
        "load_after": os.getloadavg()[0], "versions": versions,
        "networks": {network.name: network.figures() for network in networks},
    }


def spread(values):
    least, middle, most = (
        f"{1e3 * value:.3g}" if value < 1 else f"{1e3 * value:.0f}"
        for value in (min(values), statistics.median(values), max(values)))
    return f"{middle} ms ({least} to {most})"


def is_met(result):
    return all(row["agrees"] and row["ratio"] >= REQUIRED for rows in result["networks"].values() for row in rows)


def markdown(result):
    lines = [
        f"PyTorch {result['versions']['torch']}; one thread each; rounds: {result['rounds']}; load of the machine "
        f"{result['load_before']:.1f} before, {result['load_after']:.1f} after.",
    ]
    for name, rows in result["networks"].items():
        lines += ["", f"| {name} | Basin | the fastest rival | ratio | others |", "|---|---|---|---:|---|"]
        for row in rows:
            times = row["times"]
            others = "; ".join(
                f"{rival} {spread(values)}" for rival, values in times.items() if rival not in ("Basin", row["best"]))
            lines.append(
                f"| {row['what']} | {spread(times['Basin'])} | {row['best']}: {spread(times[row['best']])} "
                f"| **{row['ratio']:.3g}** | {others} |")
        lines += [f"\n**{row['what']}: the numbers differ: {row['values']}**" for row in rows if not row["agrees"]]
    return "\n".join(line for line in lines).rstrip()


if __name__ == "__main__":
    sys.exit(comparison.run("curvature", __doc__, measure, markdown, is_met))
