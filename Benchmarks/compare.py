"""Measures Basin against the record's way, PyTorch and SciPy, in one run; prints a Markdown table.

The two ways take turns, round after round, so that a noisy machine disturbs both. Exit status 1: a ratio, the memory or
a count is not as required; 2: Basin could not run.
"""

import argparse
import json
import os
import statistics
import sys
from pathlib import Path

# One thread each, and before the libraries are loaded.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import numpy
import scipy
import torch

import basin_command
import comparison
import record

JOBS = 2
REQUIRED = {"pair_proxy": 200, "training": 3, "study": 150}
MEMORY_LIMIT_MIB = 1024


def measure(study, networks, rounds):
    """All raw figures of one comparison."""
    torch.set_num_threads(1)
    specification, kept = basin_command.train_and_solve(study, networks)
    points = record.material(specification, basin_command.dataset_folder(specification["data"]["dataset"]))
    recipe = specification["training"]
    record.train(points, recipe, seed=0, epochs=10)  # the first steps load code
    result = {
        "study": study, "specification": specification, "machine": machine(), "load_before": os.getloadavg()[0],
        "networks": [
            {
                "seed": network.seed, "epochs": network.epochs, "pair_proxy": int(network.pair_proxy),
                "test_accuracy": network.test_accuracy, "basin_training": [], "torch_training": [],
                "basin_pair_proxy": [],
            }
            for network in kept
        ],
        "study_runs": [],
    }
    for turn in range(max(rounds, len(kept))):
        comparison.say(f"round {turn + 1} of {max(rounds, len(kept))}")
        for row, network in zip(result["networks"], basin_command.train_and_solve(study, networks)[1]):
            row["basin_training"].append(network.training_seconds)
            row["basin_pair_proxy"].append(network.pair_proxy_seconds)
        for row in result["networks"]:
            _, seconds = record.timed(lambda: record.train(points, recipe, row["seed"], row["epochs"]))
            row["torch_training"].append(seconds)
        result["study_runs"].append(vars(basin_command.whole_study(study, JOBS)))
        if turn < len(kept):
            result["networks"][turn] |= the_records_measures(kept[turn], points)
    result["load_after"] = os.getloadavg()[0]
    return result


def the_records_measures(network, points):
    """What the record does with a trained network: seconds and values."""
    comparison.say(f"linear programs of seed {network.seed}, about half a minute")
    model = record.load(points.widths, network.weights)
    accuracy, accuracy_seconds = record.timed(lambda: record.accuracy(model, points.test, points.test_labels))
    trace, trace_seconds = record.timed(lambda: record.hutchinson(model, points))
    (count, unanswered), seconds = record.timed(lambda: record.pair_proxy(model, points))
    return {
        "highs_pair_proxy": seconds, "highs_count": int(count), "highs_unanswered": int(unanswered),
        "torch_hutchinson": trace_seconds, "torch_trace": trace,
        "torch_test_accuracy": accuracy, "torch_accuracy_seconds": accuracy_seconds,
    }


def machine():
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), "unknown CPU")
    return {
        "cpu": model, "cores": len(os.sched_getaffinity(0)), "torch": torch.__version__, "scipy": scipy.__version__,
        "numpy": numpy.__version__,
    }


def summarise(result):
    """The ratios, each with what it is made of, and the requirements that are missed."""
    networks = result["networks"]
    count = len(networks)
    turns = range(len(networks[0]["basin_training"]))

    def round_means(key):
        return [sum(row[key][turn] for row in networks) / count for turn in turns]

    basin_training, torch_training = round_means("basin_training"), round_means("torch_training")
    basin_proxy = round_means("basin_pair_proxy")
    highs = [row["highs_pair_proxy"] for row in networks]
    studies = [run["seconds"] for run in result["study_runs"]]
    population = result["study_runs"][0]["networks"]
    each = [
        statistics.median(row["torch_training"]) + row["torch_hutchinson"] + row["highs_pair_proxy"]
        + row["torch_accuracy_seconds"]
        for row in networks
    ]
    extrapolated = [population * seconds for seconds in each]
    summary = {
        "pair_proxy": ratio(basin_proxy, highs, statistics.mean(highs) / statistics.median(basin_proxy)),
        "training": ratio(
            basin_training, torch_training,
            statistics.median(theirs / ours for ours, theirs in zip(basin_training, torch_training))),
        "study": ratio(studies, extrapolated, statistics.mean(extrapolated) / statistics.median(studies)),
    }
    peak = max(run["peak_mib"] for run in result["study_runs"])
    missed = [name for name, row in summary.items() if row["ratio"] < REQUIRED[name]]
    missed += ["memory"] if peak >= MEMORY_LIMIT_MIB else []
    missed += [
        f"count of seed {row['seed']}" for row in networks
        if abs(row["highs_count"] - row["pair_proxy"]) > row["highs_unanswered"]
    ]
    return summary | {"peak_mib": peak, "population": population, "missed": missed}


def ratio(basin, other, value):
    return {"basin": basin, "other": other, "ratio": value}


def markdown(result, summary):
    machine, networks = result["machine"], result["networks"]
    hidden = "-".join(str(width) for width in result["specification"]["network"]["hidden"])
    population = summary["population"]

    def row(what, key, basin_unit, other_unit, other_middle):
        ours, theirs = summary[key]["basin"], summary[key]["other"]
        return (
            f"| {what} | {spread(ours, basin_unit, statistics.median)} | {spread(theirs, other_unit, other_middle)} "
            f"| **{summary[key]['ratio']:.3g}** | {REQUIRED[key]} |")

    lines = [
        f"`{result['study']}`, {machine['cpu']}, {machine['cores']} cores; PyTorch {machine['torch']}, "
        f"SciPy {machine['scipy']}; networks compared: {len(networks)}, rounds: {len(result['study_runs'])}; "
        f"load of the machine {result['load_before']:.1f} before, {result['load_after']:.1f} after.",
        "",
        "| | Basin | the other way | ratio | required |",
        "|---|---|---|---|---|",
        row("pair proxy of a network, one thread; SciPy `linprog` HiGHS", "pair_proxy", "ms", "s", statistics.mean),
        row("training a network, one thread; PyTorch", "training", "ms", "ms", statistics.median),
        row(f"the study's {population} networks, Basin on {JOBS} cores; one process of the record's way, extrapolated",
            "study", "s", "min", statistics.mean),
        f"| peak memory of that run | {summary['peak_mib']:.0f} MiB | | | < {MEMORY_LIMIT_MIB} MiB |",
        "",
        "| seed | epochs | pair proxy, Basin | HiGHS | unanswered | Basin, ms | HiGHS, s | ratio |"
        " training, Basin, ms | PyTorch, ms | test accuracy, Basin | PyTorch |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for network in networks:
        proxy = statistics.median(network["basin_pair_proxy"])
        lines.append(
            f"| {network['seed']} | {network['epochs']} | {network['pair_proxy']} | {network['highs_count']} "
            f"| {network['highs_unanswered']} | {proxy * 1e3:.1f} | {network['highs_pair_proxy']:.1f} "
            f"| {network['highs_pair_proxy'] / proxy:.0f} "
            f"| {statistics.median(network['basin_training']) * 1e3:.1f} "
            f"| {statistics.median(network['torch_training']) * 1e3:.0f} "
            f"| {network['test_accuracy']:.4f} | {network['torch_test_accuracy']:.4f} |")
    agree = sum(network["highs_count"] == network["pair_proxy"] for network in networks)
    lines += [
        "",
        f"Pair-proxy counts agree for {agree} of {len(networks)} networks. "
        + (f"**Missed: {', '.join(summary['missed'])}.**" if summary["missed"] else "Every requirement is met."),
        "",
        f"Layers: inputs-{hidden}-classes. Values are medians over rounds (means over networks for HiGHS and the record's "
        "way, which ran once a network), in brackets the least and the largest.",
    ]
    return "\n".join(lines)


def spread(values, unit, middle):
    factor = {"ms": 1e3, "s": 1, "min": 1 / 60}[unit]
    least, centre, most = (f"{factor * value:.3g}" for value in (min(values), middle(values), max(values)))
    return f"{centre} {unit} ({least} to {most})"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("study", nargs="?", default="pair-proxy-fashion-mnist", help="a study of the pair proxy")
    parser.add_argument("--networks", type=int, default=4, help="how many networks the slow way does (default 4)")
    parser.add_argument("--rounds", type=int, default=7, help="rounds of the fast parts (default 7)")
    parser.add_argument("--json", type=Path, help="write every measured figure to this file, too")
    options = parser.parse_args()
    if options.networks < 1 or options.rounds < 1:
        parser.error("--networks and --rounds are at least 1")
    try:
        result = measure(options.study, options.networks, options.rounds)
    except (basin_command.BasinError, ValueError) as error:
        comparison.say(error)
        return 2
    summary = summarise(result)
    if options.json:
        options.json.write_text(json.dumps(result | {"summary": summary}, indent=1) + "\n")
    print(markdown(result, summary))
    return 1 if summary["missed"] else 0


if __name__ == "__main__":
    sys.exit(main())
