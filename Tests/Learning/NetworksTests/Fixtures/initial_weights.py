"""Writes initial-weights.json: the initial weights of PyTorch's nn.Linear stacks, seed by seed.

Needs torch:  python initial_weights.py > initial-weights.json
"""

import hashlib
import json
import sys

import torch

WIDTHS = [784, 64, 8, 10]


def initial_weights(seed):
    torch.manual_seed(seed)
    tensors = {}
    for index, (inputs, outputs) in enumerate(zip(WIDTHS, WIDTHS[1:]), start=1):
        layer = torch.nn.Linear(inputs, outputs)
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
    },
    sys.stdout, indent=1)
print()
