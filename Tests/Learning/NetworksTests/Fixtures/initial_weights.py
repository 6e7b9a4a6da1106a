"""Writes initial-weights.json: the initial weights of PyTorch's nn.Linear stacks, seed by seed, and those of its other initialisers.

Needs torch:  python initial_weights.py > initial-weights.json
"""

import hashlib
import json
import math
import sys

import torch

WIDTHS = [784, 64, 8, 10]


# What draws the weights, the slope below 0 and a factor; biases are drawn as nn.Linear draws them, times the factor.
FAMILIES = [("he", 0.0, 1.0), ("he", 0.3, 1.0), ("glorot", 0.0, 1.0), ("glorot", 0.0, 2.5)]


def draw(layer, family, slope, scale):
    if family == "he":
        torch.nn.init.kaiming_uniform_(layer.weight, a=slope)
        if scale != 1:
            raise ValueError("kaiming_uniform_ takes no factor")
    else:
        torch.nn.init.xavier_uniform_(layer.weight, gain=scale)
    bound = scale * (1 / math.sqrt(layer.in_features))
    torch.nn.init.uniform_(layer.bias, -bound, bound)


def initial_weights(seed, family=None, slope=0.0, scale=1.0):
    layers = [torch.nn.Linear(inputs, outputs) for inputs, outputs in zip(WIDTHS, WIDTHS[1:])]
    torch.manual_seed(seed)
    tensors = {}
    for index, layer in enumerate(layers, start=1):
        if family:
            draw(layer, family, slope, scale)
        else:
            layer.reset_parameters()
        for name in ("weight", "bias"):
            values = getattr(layer, name).detach().numpy().astype("<f4").ravel()
            tensors[f"fc{index}.{name}"] = {
                "first8": [float(value) for value in values[:8]],
                "sha256_float32_le": hashlib.sha256(values.tobytes()).hexdigest(),
            }
    return tensors


json.dump(
    {
        "made_with": f"PyTorch {torch.__version__.split('+')[0]}",
        "widths": WIDTHS,
        "seeds": {str(seed): initial_weights(seed) for seed in (0, 1, 99)},
        "families": [
            {"family": family, "slope": slope, "scale": scale, "tensors": initial_weights(7, family, slope, scale)}
            for family, slope, scale in FAMILIES
        ],
    },
    sys.stdout, indent=1)
print()
