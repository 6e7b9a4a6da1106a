"""Mutated data files, study files and catalogue entries: read as they are, or refused in a sentence."""

import functools
import shutil
import struct

from drilling import synthetic
from drilling.cases import SILENT
from drilling.mutations import AFTER_PACKING, BEFORE_PACKING, PLAIN, flip_bits, mutate_text, unpacked


class DataGround:
    """A package-like folder: `datasets/drilled.yml`, data beside it, and a study that takes a blink."""

    def __init__(self, folder):
        self.folder = folder
        self.files = synthetic.images(training=60, test=30)
        self.entry = synthetic.catalogue_entry(self.files, ["http://127.0.0.1:9/"])
        self.study = synthetic.study("blink", seeds="0", epochs=1, points=10, hidden=(3,))
        synthetic.write_images(folder / "data" / "drilled", self.files)

    def copy(self, case, is_packed):
        (case.folder / "datasets").mkdir()
        (case.folder / "datasets" / "drilled.yml").write_text(self.entry)
        (case.folder / "study.yml").write_text(self.study)
        synthetic.write_images(case.folder / "data" / "drilled", self.files, is_packed=is_packed)


def data_ground(drill):
    return drill.shared("data", DataGround)


def mutated_data(case):
    """One file of four is changed: the catalogue's digests find it, and reading it ends in a sentence or a network."""
    ground = data_ground(case.drill)
    draw = case.random
    name = draw.choice(synthetic.FILES)
    content = ground.files[name]
    is_packed = draw.random() < 0.5
    ground.copy(case, is_packed)
    if not is_packed:
        changed = draw.choice(PLAIN)(draw, content)
        plain = changed
        (case.folder / "data" / "drilled" / name).write_bytes(changed)
    else:
        if draw.random() < 0.5:
            changed = synthetic.packed(draw.choice(BEFORE_PACKING)(draw, content))
        else:
            changed = draw.choice(AFTER_PACKING)(draw, synthetic.packed(content))
        plain = unpacked(changed)
        (case.folder / "data" / "drilled" / f"{name}.gz").write_bytes(changed)
    verified = case.basin("data", "verify", "drilled", "--data", "data")
    if plain == content:
        case.expect_end(verified)
    else:
        case.expect_refusal(verified, f"{name} is not what the catalogue states")
    run = case.basin("run", "study.yml", "--data", "data", "--db", "r.sqlite", "--jobs", "1")
    if plain != content and not is_whole(plain):
        case.expect_refusal(run, f"{name} is no IDX file of the length that it states")
    else:
        case.expect_end(run)


def is_whole(plain):
    """Whether the bytes are an IDX file, and no more than one."""
    if plain is None or len(plain) < 4 or plain[:3] != b"\0\0\x08" or len(plain) < 4 + 4 * plain[3]:
        return False
    size = 1
    for place in range(4, 4 + 4 * plain[3], 4):
        size *= struct.unpack(">I", plain[place : place + 4])[0]
    return len(plain) == 4 + 4 * plain[3] + size


def mutated_study(case):
    """What would be done is said, or why it cannot be."""
    ground = data_ground(case.drill)
    text = case.random.choice([synthetic.EVERYTHING, synthetic.EVERYTHING, synthetic.DIVERGING])
    (case.folder / "study.yml").write_bytes(mutate_text(case.random, text))
    case.expect_end(case.basin("run", "study.yml", "--data", ground.folder / "data", "--db", "r.sqlite", "--plan"))
    if case.random.random() < 0.2:
        case.expect_end(case.basin("report", "study.yml", "--db", "r.sqlite"))


def hostile_study(text, case):
    """Documents that are small, and large once they are read."""
    ground = data_ground(case.drill)
    (case.folder / "study.yml").write_text(text)
    outcome = case.basin("run", "study.yml", "--data", ground.folder / "data", "--db", "r.sqlite", "--plan")
    if case.name.endswith(MERELY_LARGE):
        case.expect_end(outcome)
    else:
        case.expect_refusal(outcome, "no study can be made of it")


def _bomb(head):
    lines = ['a0: &a0 ["lol"]'] + [f"a{i}: &a{i} [{','.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 12)]
    return "\n".join(lines) + f"\n{head}\n"


# What a patient person may ask for.
MERELY_LARGE = ("many-layers",)

HOSTILE = {
    "bomb-as-value": _bomb("name: *a11"),
    "bomb-as-key": _bomb("? *a11\n: 1") + synthetic.EVERYTHING,
    "bomb-in-list": _bomb("measures: [*a11, *a11]"),
    "bomb-merged": _bomb("<<: *a11"),
    "bomb-in-key-of-list": _bomb("? [*a11]\n: 1"),
    "deep-lists": "name: " + "[" * 100_000 + "]" * 100_000,
    "deep-mappings": "{a: " * 100_000 + "}" * 100_000,
    "deep-keys": "? " * 50_000 + "a",
    "deep-indents": "\n".join(" " * i + "a:" for i in range(3000)),
    "deep-dashes": "- " * 100_000 + "a",
    "long-scalar": "name: " + "x" * 20_000_000,
    "many-keys": "\n".join(f"k{i}: 1" for i in range(100_000)),
    "many-anchors": "\n".join(f"k{i}: &a{i} 1" for i in range(50_000)),
    "same-key": "name: a\n" * 20_000,
    "many-documents": "---\na: 1\n" * 20_000,
    "own-alias": "name: &a [*a]",
    "alias-of-nothing": "name: *a",
    "no-text": "",
    "only-a-comment": "# nothing",
    "not-utf-8": "name: \udcff".encode("utf-8", "surrogateescape").decode("latin-1"),
    "tag": "!!python/object:os.system x",
    "many-seeds": synthetic.EVERYTHING.replace("[0-1, 5]", "0-9223372036854775806"),
    "many-layers": synthetic.EVERYTHING.replace("[4, 3]", "[" + "4," * 100_000 + "3]"),
    "wide-layer": synthetic.EVERYTHING.replace("[4, 3]", "[9223372036854775807, 3]"),
    "wide-layers": synthetic.EVERYTHING.replace("[4, 3]", "[4294967296, 4294967296]"),
    "large-grid": synthetic.EVERYTHING.replace(
        "    data.training_points: [10, 20]",
        f"    data.training_points: {list(range(1, 21))}\n    training.epochs: {list(range(1, 3000))}\n"
        f"    training.learning_rate: {[i / 1000 for i in range(1, 2000)]}",
    ),
}


def mutated_catalogue(case):
    """An entry that cannot be read is named; the others of the catalogue still answer."""
    ground = data_ground(case.drill)
    (case.folder / "datasets").mkdir()
    changed = mutate_text(case.random, ground.entry)
    (case.folder / "datasets" / "drilled.yml").write_bytes(changed)
    shutil.copytree(ground.folder / "data", case.folder / "data")
    damaged = case.folder / "data" / "drilled" / "t10k-labels-idx1-ubyte"
    damaged.write_bytes(flip_bits(case.random, damaged.read_bytes()))
    verified = case.basin("data", "verify", "drilled", "--data", "data")
    if verified.status == 0:
        case.found(SILENT, "'data verify' calls damaged data intact")
    case.expect_end(verified)
    case.expect_end(case.basin("data", "list", "--data", "data"))


def cases(drill):
    for number in range(drill.count(110, 6880)):
        yield f"data-{number:04}", mutated_data
    for number in range(drill.count(110, 4000)):
        yield f"study-{number:04}", mutated_study
    for name, text in HOSTILE.items():
        yield f"hostile-study-{name}", functools.partial(hostile_study, text)
    for number in range(drill.count(40, 1600)):
        yield f"catalogue-{number:04}", mutated_catalogue
