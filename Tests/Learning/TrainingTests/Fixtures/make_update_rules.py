"""Writes update-rules.json: 50 steps of each update rule in PyTorch, float32, on one small network and the same batches.

    python3 make_update_rules.py > update-rules.json      # needs torch 2.7 or later

SGD, Adam and AdamW are PyTorch's own; SAM and ASAM are written here from their papers (arXiv 2010.01412, eq. 2 and 3; arXiv 2102.11600,
with T of weights |w| + eta and of biases 1) around PyTorch's SGD. Some input columns are 0 for all points.
"""

import json

import torch

torch.manual_seed(3)
torch.set_num_threads(1)

WIDTHS, POINTS, BATCH, EPOCHS, RATE = [21, 18, 12, 4], 38, 8, 10, 0.1
BLANK = [0, 7, 20]

# What a study file says of a rule, and the learning rate where it is not RATE.
RULES = [
    ("sgd", {}, RATE),
    ("sgd", {"momentum": 0.9}, RATE),
    ("sgd", {"momentum": 0.9, "dampening": 0.25, "weight_decay": 0.01}, RATE),
    ("sgd", {"momentum": 0.8, "nesterov": True, "weight_decay": 0.0005}, RATE),
    ("sgd", {"weight_decay": 0.01}, RATE),
    ("sgd", {"momentum": 0.9, "weight_decay": 0.1, "decoupled_weight_decay": True}, RATE),
    ("adam", {}, 0.01),
    ("adam", {"beta1": 0.8, "beta2": 0.95, "epsilon": 0.001, "weight_decay": 0.01}, 0.01),
    ("adam", {"beta1": 0.0, "beta2": 0.5}, 0.01),
    ("adam", {"weight_decay": 0.1, "decoupled_weight_decay": True}, 0.01),
    ("adamw", {}, 0.01),
    ("adamw", {"beta1": 0.85, "beta2": 0.99, "epsilon": 0.0001, "weight_decay": 0.2}, 0.01),
    ("sam", {}, RATE),
    ("sam", {"radius": 0.1, "momentum": 0.9, "weight_decay": 0.001}, RATE),
    ("sam", {"radius": 0.1, "ascent_steps": 3}, RATE),
    ("sam", {"radius": 0.1, "perturbs_biases": False}, RATE),
    ("asam", {}, RATE),
    ("asam", {"radius": 0.2, "momentum": 0.9, "nesterov": True, "weight_decay": 0.001}, RATE),
    ("asam", {"radius": 0.3, "eta": 0.1, "ascent_steps": 2, "perturbs_biases": False, "momentum": 0.5}, RATE),
]


def network():
    layers = []
    for inputs, outputs in zip(WIDTHS, WIDTHS[1:]):
        layers += [torch.nn.Linear(inputs, outputs), torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1])


def vector(model):
    return torch.cat([p.detach().flatten() for p in model.parameters()])


def climb(model, rule, options, gradients):
    """Moves the parameters up, given the gradients where they are; one step of several."""
    stride = options.get("radius", 0.05 if rule == "sam" else 0.5) / options.get("ascent_steps", 1)
    with torch.no_grad():
        parts = []
        for (name, p), g in zip(model.named_parameters(), gradients):
            is_bias = name.endswith("bias")
            if is_bias and not options.get("perturbs_biases", True):
                g = torch.zeros_like(g)
            scale = torch.ones_like(p) if rule == "sam" or is_bias else STARTS[name].abs() + options.get("eta", 0.01)
            parts.append((p, g, scale))
        length = torch.sqrt(sum(((scale * g).double() ** 2).sum() for _, g, scale in parts)).item()
        for p, g, scale in parts:
            p.add_(scale * scale * g, alpha=stride / length)


STARTS = {}


def train(rule, options, rate, start, images, labels, orders):
    model = network()
    torch.nn.utils.vector_to_parameters(start.clone(), model.parameters())
    momentum = {key: options[key] for key in ("momentum", "dampening", "nesterov") if key in options}
    decay = options.get("weight_decay", 0.01 if rule == "adamw" else 0.0)
    decoupled = options.get("decoupled_weight_decay", False)
    if rule in ("sgd", "sam", "asam"):
        optimizer = torch.optim.SGD(model.parameters(), lr=rate, weight_decay=0.0 if decoupled else decay, **momentum)
    else:
        kind = torch.optim.AdamW if rule == "adamw" else torch.optim.Adam
        more = {"decoupled_weight_decay": decoupled} if rule == "adam" else {}
        optimizer = kind(
            model.parameters(), lr=rate, betas=(options.get("beta1", 0.9), options.get("beta2", 0.999)),
            eps=options.get("epsilon", 1e-8), weight_decay=decay, **more)

    def gradient(batch):
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(model(images[batch]), labels[batch]).backward()
        return [p.grad.clone() for p in model.parameters()]

    for order in orders:
        for first in range(0, POINTS, BATCH):
            batch = order[first:first + BATCH]
            gradients = gradient(batch)
            if rule in ("sam", "asam"):
                STARTS.update({name: p.detach().clone() for name, p in model.named_parameters()})
                for _ in range(options.get("ascent_steps", 1)):
                    climb(model, rule, options, gradients)
                    gradients = gradient(batch)
                with torch.no_grad():
                    for name, p in model.named_parameters():
                        p.copy_(STARTS[name])
            if rule == "sgd" and decoupled:
                with torch.no_grad():
                    for p in model.parameters():
                        p.mul_(1 - rate * decay)
            optimizer.step()
    return vector(model)


def shortest(values):
    """Each float32 with the fewest digits that give it back."""
    return [float(f"{value:.9g}") for value in values.tolist()]


images = torch.rand(POINTS, WIDTHS[0]) * (torch.rand(POINTS, WIDTHS[0]) < 0.4)
images[:, BLANK] = 0
labels = torch.randint(0, WIDTHS[-1], (POINTS,))
orders = [torch.randperm(POINTS).tolist() for _ in range(EPOCHS)]
start = vector(network())
print(json.dumps({
    "torch": torch.__version__, "widths": WIDTHS, "batch": BATCH, "inputs": shortest(images.flatten()), "labels": labels.tolist(),
    "orders": orders, "start": shortest(start),
    "rules": [
        {
            "rule": rule, "options": options, "learning_rate": rate,
            "parameters": shortest(train(rule, options, rate, start, images, labels, orders)),
        }
        for rule, options, rate in RULES
    ],
}))
