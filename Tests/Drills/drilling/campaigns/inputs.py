"""Mutated data files, study files and catalogue entries: read as they are, or refused in a sentence."""

import functools
import shutil
import struct
import zlib

from drilling import synthetic
from drilling.cases import SILENT

NUMBERS = ["0", "-1", "1", "255", "65536", "2147483648", "9223372036854775807", "9223372036854775808", "1e308", "1e999",
           ".nan", "-.inf", "0x10", "1e-320", "0.1000000000000000000001"]
SCALARS = [*NUMBERS, "''", "~", "true", "[]", "{}", "[[]]", "x", "full", "'..'", "a/b", "'a=b'", '"\\e[31m"', '"\\0"', "ä",
           "x" * 5000, "!!binary AAAA", "&a [*a]", "*a", "0-9999999999", "5-1", "[0-1, 0-1]", "2001-01-01"]


# Bytes


def flip_bits(draw, content):
    changed = bytearray(content)
    for _ in range(draw.choice([1, 1, 2, 16])):
        changed[draw.randrange(len(changed))] ^= 1 << draw.randrange(8)
    return bytes(changed)


def flip_early_bits(draw, content):
    """Headers are where most decisions are taken."""
    return flip_bits(draw, content[:24]) + content[24:]


def truncate(draw, content):
    return content[:draw.choice([0, 1, 3, 4, 7, 8, 15, 16, 17, draw.randrange(len(content)), len(content) - 1])]


def append(draw, content):
    return content + draw.choice([b"\0", b"\xff" * 16, draw.randbytes(1000), content])


def overwrite(draw, content):
    start = draw.randrange(len(content))
    return content[:start] + draw.randbytes(draw.randrange(1, 64)) + content[start + 64:]


def set_header(draw, content):
    """A dimension, the type or the rank becomes another number."""
    changed = bytearray(content)
    if draw.random() < 0.3:
        changed[draw.randrange(4)] = draw.choice([0, 1, 2, 3, 4, 8, 9, 14, 127, 255])
    else:
        place = draw.choice(range(4, 4 + 4 * content[3], 4))
        changed[place:place + 4] = struct.pack(
            ">I", draw.choice([0, 1, 7, 9, 10, 256, 1 << 16, (1 << 31) - 1, 1 << 31, (1 << 32) - 1]))
    return bytes(changed)


def pack_twice(_, content):
    return synthetic.packed(content)


def pack_bomb(draw, content):
    """Packed small, unpacked far more than the header says."""
    return content + bytes(draw.choice([1 << 20, 1 << 26]))


PLAIN = [flip_bits, flip_early_bits, truncate, append, overwrite, set_header, set_header]
BEFORE_PACKING = [set_header, truncate, append, pack_twice, pack_bomb]
AFTER_PACKING = [flip_bits, flip_early_bits, truncate, append, overwrite]


def unpacked(content):
    """The bytes of the first gzip member, or nil where it is damaged."""
    try:
        reader = zlib.decompressobj(31)
        plain = reader.decompress(content, 1 << 22)
        return plain if reader.eof else None
    except zlib.error:
        return None


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
    """One file of four is changed: the catalogue's digests find it, and reading it ends in a sentence or in networks."""
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
        size *= struct.unpack(">I", plain[place:place + 4])[0]
    return len(plain) == 4 + 4 * plain[3] + size


# Text


def _replace_scalar(draw, text):
    """Some word after a colon, a comma or a bracket becomes another."""
    places = [i for i, sign in enumerate(text) if sign in ":,[" and text[i + 1:i + 2] in " 0123456789-"]
    start = draw.choice(places) + 1
    end = next((i for i in range(start + 1, len(text)) if text[i] in ",]}\n"), len(text))
    return f"{text[:start]} {draw.choice(SCALARS)}{text[end:]}"


def _drop_line(draw, text):
    lines = text.split("\n")
    del lines[draw.randrange(len(lines))]
    return "\n".join(lines)


def _repeat_line(draw, text):
    lines = text.split("\n")
    line = draw.randrange(len(lines))
    return "\n".join(lines[:line + 1] + lines[line:])


def _swap_lines(draw, text):
    lines = text.split("\n")
    first, second = draw.randrange(len(lines)), draw.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]
    return "\n".join(lines)


def _indent_line(draw, text):
    lines = text.split("\n")
    lines[draw.randrange(len(lines))] = draw.choice([" ", "   ", "\t", "- "]) + lines[draw.randrange(len(lines))]
    return "\n".join(lines)


def _insert_sign(draw, text):
    place = draw.randrange(len(text))
    return text[:place] + draw.choice(list("{}[]:,-&*!|>'\"%@`#?~\0\t\r\x1b\u2028\ufeff")) + text[place:]


def _drop_signs(draw, text):
    place = draw.randrange(len(text))
    return text[:place] + text[place + draw.choice([1, 1, 2, 10, 200]):]


def _misspell(draw, text):
    place = draw.choice([i for i in range(len(text) - 1) if text[i].isalpha() and text[i + 1].isalpha()])
    return text[:place] + text[place + 1] + text[place] + text[place + 2:]


TEXT = [_replace_scalar] * 6 + [
    _drop_line, _repeat_line, _swap_lines, _indent_line, _insert_sign, _drop_signs, _misspell]


def mutate_text(draw, text):
    for _ in range(draw.choice([1, 1, 1, 2, 4])):
        text = draw.choice(TEXT)(draw, text)
    changed = text.encode()
    return flip_bits(draw, changed) if draw.random() < 0.1 else changed


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
    "bomb-as-value": _bomb("name: *a11"), "bomb-as-key": _bomb("? *a11\n: 1") + synthetic.EVERYTHING,
    "bomb-in-list": _bomb("measures: [*a11, *a11]"), "bomb-merged": _bomb("<<: *a11"),
    "bomb-in-key-of-list": _bomb("? [*a11]\n: 1"), "deep-lists": "name: " + "[" * 100_000 + "]" * 100_000,
    "deep-mappings": "{a: " * 100_000 + "}" * 100_000, "deep-keys": "? " * 50_000 + "a",
    "deep-indents": "\n".join(" " * i + "a:" for i in range(3000)), "deep-dashes": "- " * 100_000 + "a",
    "long-scalar": "name: " + "x" * 20_000_000, "many-keys": "\n".join(f"k{i}: 1" for i in range(100_000)),
    "many-anchors": "\n".join(f"k{i}: &a{i} 1" for i in range(50_000)),
    "same-key": "name: a\n" * 20_000, "many-documents": "---\na: 1\n" * 20_000,
    "own-alias": "name: &a [*a]", "alias-of-nothing": "name: *a", "no-text": "", "only-a-comment": "# nothing",
    "not-utf-8": "name: \udcff".encode("utf-8", "surrogateescape").decode("latin-1"), "tag": "!!python/object:os.system x",
    "many-seeds": synthetic.EVERYTHING.replace("[0-1, 5]", "0-9223372036854775806"),
    "many-layers": synthetic.EVERYTHING.replace("[4, 3]", "[" + "4," * 100_000 + "3]"),
    "wide-layer": synthetic.EVERYTHING.replace("[4, 3]", "[9223372036854775807, 3]"),
    "wide-layers": synthetic.EVERYTHING.replace("[4, 3]", "[4294967296, 4294967296]"),
    "large-grid": synthetic.EVERYTHING.replace(
        "    data.training_points: [10, 20]",
        f"    data.training_points: {list(range(1, 21))}\n    training.epochs: {list(range(1, 3000))}\n"
        f"    training.learning_rate: {[i / 1000 for i in range(1, 2000)]}"),
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
