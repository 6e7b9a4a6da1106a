"""Writes training-runs.json: learning-rate schedules and leaky ReLU networks in PyTorch, float32.

    python3 make_training_runs.py > training-runs.json      # needs torch 2.7 or later

Schedules are PyTorch's own LinearLR, CosineAnnealingLR and SequentialLR. Each run takes 50 steps of SGD under one of them.
"""

import json
import warnings

import torch

warnings.filterwarnings("ignore")
torch.manual_seed(5)
torch.set_num_threads(1)

WIDTHS, POINTS, BATCH, EPOCHS, RATE = [21, 18, 12, 4], 38, 8, 10, 0.2
STEPS = -(-POINTS // BATCH)

# What a study file says of a schedule, and the slope of the activation below 0.
RUNS = [
    ({}, 0.0),
    ({}, 0.01),
    ({}, 0.3),
    ({"course": "cosine"}, 0.0),
    ({"course": "cosine", "floor": 0.1}, 0.0),
    ({"course": "cosine", "warm_up": 3}, 0.01),
    ({"course": "cosine", "warm_up": 3, "floor": 0.25, "pace": "step"}, 0.0),
    ({"course": "cosine", "pace": "step"}, 0.1),
    ({"warm_up": 4}, 0.0),
    ({"warm_up": 4, "pace": "step"}, 0.0),
]


def network(slope):
    layers = []
    for inputs, outputs in zip(WIDTHS, WIDTHS[1:]):
        layers += [torch.nn.Linear(inputs, outputs), torch.nn.LeakyReLU(slope) if slope else torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1])


def scheduler(optimizer, schedule):
    unit = STEPS if schedule.get("pace") == "step" else 1
    rise, whole = schedule.get("warm_up", 0) * unit, EPOCHS * unit
    if schedule.get("course") == "cosine":
        course = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, whole - rise, RATE * schedule.get("floor", 0.0))
    else:
        course = torch.optim.lr_scheduler.ConstantLR(optimizer, 1.0, 1)
    if rise == 0:
        return course
    warm = torch.optim.lr_scheduler.LinearLR(optimizer, 1 / rise, 1.0, rise - 1)
    return torch.optim.lr_scheduler.SequentialLR(optimizer, [warm, course], [rise])


def train(schedule, slope):
    model = network(slope)
    torch.nn.utils.vector_to_parameters(start.clone(), model.parameters())
    optimizer = torch.optim.SGD(model.parameters(), lr=RATE)
    plan = scheduler(optimizer, schedule)
    rates = []
    for order in orders:
        for first in range(0, POINTS, BATCH):
            rates.append(optimizer.param_groups[0]["lr"])
            batch = order[first:first + BATCH]
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(model(images[batch]), labels[batch]).backward()
            optimizer.step()
            if schedule.get("pace") == "step":
                plan.step()
        if schedule.get("pace") != "step":
            plan.step()
    with torch.no_grad():
        logits = model(images)
        loss = torch.nn.functional.cross_entropy(logits.double(), labels).item()
        accuracy = (logits.argmax(1) == labels).double().mean().item()
    parameters = torch.cat([p.detach().flatten() for p in model.parameters()])
    return {
        "schedule": schedule, "slope": slope, "rates": rates, "parameters": shortest(parameters), "loss": loss,
        "accuracy": accuracy,
    }


def shortest(values):
    """Each float32 with the fewest digits that give it back."""
    return [float(f"{value:.9g}") for value in values.tolist()]


images = torch.rand(POINTS, WIDTHS[0]) * (torch.rand(POINTS, WIDTHS[0]) < 0.4)
labels = torch.randint(0, WIDTHS[-1], (POINTS,))
orders = [torch.randperm(POINTS).tolist() for _ in range(EPOCHS)]
start = torch.cat([p.detach().flatten() for p in network(0.0).parameters()])
print(json.dumps({
    "torch": torch.__version__, "widths": WIDTHS, "batch": BATCH, "learning_rate": RATE, "inputs": shortest(images.flatten()),
    "labels": labels.tolist(), "orders": orders, "start": shortest(start), "runs": [train(*run) for run in RUNS],
}))
