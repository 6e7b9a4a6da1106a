"""The record's way: PyTorch for networks, SciPy's HiGHS for linear programs, written as their users write them."""

import gzip
import json
import struct
import time
from dataclasses import dataclass

import numpy
import torch
from scipy.optimize import linprog
from torch import nn
from torch.nn import functional

MARGIN = 1e-4


@dataclass
class Material:
    """What a study's networks share. Images are rows of float32 pixels, byte / 255."""

    training: torch.Tensor
    training_labels: torch.Tensor
    test: torch.Tensor
    test_labels: torch.Tensor
    unseen: torch.Tensor
    probes: torch.Tensor
    widths: list


def read_idx(folder, name):
    """An IDX file of unsigned bytes, plain or gzip."""
    path = folder / name
    data = path.read_bytes() if path.exists() else gzip.decompress((folder / f"{name}.gz").read_bytes())
    shape = struct.unpack_from(f">{data[3]}I", data, 4)
    return torch.from_numpy(numpy.frombuffer(data, numpy.uint8, offset=4 + 4 * len(shape)).reshape(shape).copy())


def permutation(count, seed):
    return torch.randperm(count, generator=torch.Generator().manual_seed(seed))


def material(specification, folder):
    """The points of a study whose training points and probes come from PyTorch's own generator."""
    data = specification["data"]
    probes = data["probes"]
    if data["stream"] != "torch-cpu" or probes["stream"] != "torch-cpu":
        raise ValueError("only studies whose data and probes are drawn from the stream torch-cpu can be compared")

    def images(part):
        return read_idx(folder, f"{part}-images-idx3-ubyte").flatten(1).float() / 255

    def labels(part):
        return read_idx(folder, f"{part}-labels-idx1-ubyte").long()

    train, test = images("train"), images("t10k")
    chosen = permutation(len(train), data["seed"])[: data["training_points"]]
    everything = torch.cat([train, test])
    is_unseen = torch.ones(len(everything), dtype=torch.bool)
    is_unseen[chosen] = False
    unseen = everything[is_unseen]
    drawn = permutation(len(unseen), probes["seed"])[: probes["count"]]
    train_labels = labels("train")
    widths = [train.shape[1], *specification["network"]["hidden"], int(train_labels.max()) + 1]
    return Material(
        train[chosen], train_labels[chosen], test, labels("t10k"), unseen, unseen[drawn], widths)


def new_network(widths):
    layers = []
    for inputs, outputs in zip(widths, widths[1:]):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def train(material, recipe, seed, epochs):
    """Trains for a given number of epochs; looks at the accuracy as often as the protocol does."""
    torch.manual_seed(seed)
    model = new_network(material.widths)
    descend(model, material, recipe, epochs)
    return model


def descend(model, material, recipe, epochs, gathers=True, after_step=lambda count: None):
    """Plain stochastic gradient descent. Without `gathers` a batch is a slice of the points as they lie in memory.

    `after_step` is told how many points each step had.
    """
    optimizer = torch.optim.SGD(model.parameters(), lr=recipe["learning_rate"])
    images, labels = material.training, material.training_labels
    interval = (recipe.get("stop") or {}).get("every", epochs + 1)
    for epoch in range(epochs):
        order = torch.randperm(len(images))
        for start in range(0, len(images), recipe["batch_size"]):
            batch = slice(start, start + recipe["batch_size"])
            if gathers:
                batch = order[batch]
            loss = functional.cross_entropy(model(images[batch]), labels[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            after_step(min(recipe["batch_size"], len(images) - start))
        if (epoch + 1) % interval == 0:
            accuracy(model, images, labels)


def accuracy(model, images, labels):
    with torch.no_grad():
        return (model(images).argmax(dim=1) == labels).float().mean().item()


def mean_loss(model, images, labels):
    with torch.no_grad():
        return functional.cross_entropy(model(images), labels).item()


def load(widths, safetensors):
    """A network from a safetensors blob: header length, JSON header, little-endian float32 data."""
    (length,) = struct.unpack_from("<Q", safetensors)
    header = json.loads(safetensors[8 : 8 + length])
    model = new_network(widths)
    with torch.no_grad():
        for index, layer in enumerate(layer for layer in model if isinstance(layer, nn.Linear)):
            for kind, parameter in layer.named_parameters():
                entry = header[f"fc{index + 1}.{kind}"]
                first, end = entry["data_offsets"]
                values = numpy.frombuffer(safetensors[8 + length + first : 8 + length + end], "<f4")
                parameter.copy_(torch.from_numpy(values.reshape(entry["shape"]).copy()))
    return model


def hutchinson(model, material, probes=30):
    """The mean of vᵀHv over random sign vectors, each by a second backward pass."""
    parameters = list(model.parameters())
    loss = functional.cross_entropy(model(material.training), material.training_labels)
    gradients = torch.autograd.grad(loss, parameters, create_graph=True)
    samples = []
    for _ in range(probes):
        signs = [2.0 * torch.randint(0, 2, p.shape) - 1.0 for p in parameters]
        slope = sum((g * v).sum() for g, v in zip(gradients, signs))
        products = torch.autograd.grad(slope, parameters, retain_graph=True)
        samples.append(sum((h * v).sum() for h, v in zip(products, signs)).item())
    return sum(samples) / len(samples)


def pair_proxy(model, material):
    """Pairs (probe, class) that some last layer gives beside all training labels, one linear program each.

    Returns how many are feasible, and how many HiGHS answers with neither "feasible" nor "infeasible".
    """
    with torch.no_grad():
        features = model[:-1](material.training).double().numpy()
        probe_features = model[:-1](material.probes).double().numpy()
    classes = material.widths[-1]
    width = features.shape[1]

    def rows(feature, label):
        """(W_c - W_label)·feature + b_c - b_label <= -margin for every other class c."""
        block = numpy.zeros((classes - 1, classes * (width + 1)))
        for row, c in enumerate(other for other in range(classes) if other != label):
            block[row, c * width : (c + 1) * width] = feature
            block[row, label * width : (label + 1) * width] = -feature
            block[row, classes * width + c] = 1
            block[row, classes * width + label] = -1
        return block

    known = numpy.vstack([rows(f, y) for f, y in zip(features, material.training_labels.tolist())])
    objective = numpy.zeros(known.shape[1])
    feasible = unanswered = 0
    for probe in probe_features:
        for c in range(classes):
            constraints = numpy.vstack([known, rows(probe, c)])
            bounds = numpy.full(len(constraints), -MARGIN)
            status = linprog(objective, constraints, bounds, bounds=(None, None), method="highs").status
            feasible += status == 0
            unanswered += status not in (0, 2)
    return feasible, unanswered


def signs(model, images):
    """Which units of the last hidden layer are on, images x units."""
    with torch.no_grad():
        return (model[:-1](images) > 0).numpy()


def distinct_by_bytes(signs):
    return len({row.tobytes() for row in signs})


def distinct_by_tuples(signs):
    return len({tuple(row) for row in signs.tolist()})


def distinct_by_unique(signs):
    return len(numpy.unique(signs, axis=0))


def agreement(right):
    """Of the other networks, the share that is right where a network is wrong; `right` is networks x points."""
    shares = []
    for network in range(len(right)):
        wrong = ~right[network]
        others = [right[other][wrong].mean() for other in range(len(right)) if other != network]
        shares.append(numpy.mean(others))
    return shares


def timed(work):
    """What `work` returns, and its seconds."""
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start
