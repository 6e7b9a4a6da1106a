"""Measures what each measure costs, alone, on one trained network of two sizes; prints a table.

784-64-8-10 on 250 points of MNIST (the network of pair-proxy-mnist) and 784-256-128-10 on 6,000. Seconds on one thread by the clock, as the results
file has them, the least of all rounds; with all passes that a measure needs, which measures taken together share. A measure that has no value on a network shows
none. Exit status 2: Basin could not run.
"""

import csv
import io
import os
import re
import sys
import tempfile
from pathlib import Path

import basin_command
import comparison

SIZES = [([64, 8], 250, 0.1), ([256, 128], 6000, 0.01)]
STUDY = """\
name: costs-{width}
title: Costs
source: Benchmarks/costs.py
data: {{dataset: mnist, training_points: {points}, stream: torch-cpu, seed: 42, probes: {{count: 100, stream: torch-cpu, seed: 99}}}}
network: {{hidden: {hidden}}}
training: {{batch_size: 64, learning_rate: {rate}, epochs: 500, stop: {{every: 10, accuracy: 0.9999}}, initialisation: torch-cpu, order: torch-cuda}}
population: {{seeds: 0}}
measures: [{measures}]
target: train_loss
"""


def measure(rounds):
    reference = basin_command.output("measures", "--reference").split("## Of a theory lab's model")[0]
    trained = set(re.findall(r"^### `(\w+)`", reference, re.MULTILINE))
    known = [
        row for row in csv.DictReader(io.StringIO(basin_command.output("measures", "--format", "csv")))
        if row["id"] in trained
    ]
    population = {"ensemble_agreement", "disagreement"}
    ids = [row["id"] for row in known if row["id"] not in population]
    result = {"load": os.getloadavg()[0], "families": {row["id"]: row["family"] for row in known}, "sizes": {}}
    with tempfile.TemporaryDirectory() as folder:
        for hidden, points, rate in SIZES:
            name = f"784-{'-'.join(map(str, hidden))}-10, n = {points:,}"
            study, database = Path(folder) / f"costs-{hidden[0]}.yml", Path(folder) / f"{hidden[0]}.sqlite"
            study.write_text(
                STUDY.format(
                    width=hidden[0], points=points, hidden=hidden, rate=rate, measures=", ".join(ids)))
            basin_command.output(
                "run", str(study), "--db", str(database), "--jobs", "1", "--measures", "train_loss")
            seconds = result["sizes"][name] = {}
            for turn in range(rounds):
                comparison.say(f"{name}, round {turn + 1} of {rounds}")
                for measure_id in ids:
                    if measure_id == "train_loss":
                        continue
                    status, _, taken = basin_command.measured(study, database, measure_id)
                    seconds.setdefault(measure_id, []).append(taken if status == "ok" else None)
    return result


def shown(values):
    if None in values:
        return "none"
    least = min(values)
    return f"{least:.3f}" if least < 0.1 else f"{least:.2f}" if least < 10 else f"{least:.0f}"


def markdown(result):
    names = list(result["sizes"])
    lines = [f"| family | measure | {' | '.join(names)} |", "|---|---|" + "---:|" * len(names)]
    families = list(dict.fromkeys(result["families"].values()))
    for family in families:
        for measure_id, own in result["families"].items():
            if own == family and measure_id in result["sizes"][names[0]]:
                costs = " | ".join(shown(result["sizes"][name][measure_id]) for name in names)
                lines.append(f"| {family} | `{measure_id}` | {costs} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(comparison.run("costs", __doc__, measure, markdown, lambda result: True))
