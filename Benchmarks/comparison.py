"""What the comparisons have in common: their options, and what they print."""

import argparse
import json
import sys
from pathlib import Path

import basin_command


def say(message):
    print(f"compare: {message}", file=sys.stderr, flush=True)


def run(name, description, measure, markdown, is_met):
    """Measures, prints the result as Markdown, and gives the exit status: 1 if it is not as required, 2 if it cannot run."""
    parser = argparse.ArgumentParser(
        prog=f"compare {name}", description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7, help="rounds (default 7)")
    parser.add_argument("--json", type=Path, help="write every measured figure to this file, too")
    options = parser.parse_args()
    if options.rounds < 1:
        parser.error("--rounds is at least 1")
    try:
        result = measure(options.rounds)
    except (basin_command.BasinError, ValueError) as error:
        say(error)
        return 2
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n")
    print(markdown(result))
    return 0 if is_met(result) else 1
