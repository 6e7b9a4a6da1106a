"""Random changes to bytes, to gzip'd IDX files, to the pages of a database, and to YAML.

Each takes the randomness and what is to be changed, and returns it changed.
"""

import struct
import zlib

from drilling import synthetic

NUMBERS = [
    "0",
    "-1",
    "1",
    "255",
    "65536",
    "2147483648",
    "9223372036854775807",
    "9223372036854775808",
    "1e308",
    "1e999",
    ".nan",
    "-.inf",
    "0x10",
    "1e-320",
    "0.1000000000000000000001",
]
SCALARS = [
    *NUMBERS,
    "''",
    "~",
    "true",
    "[]",
    "{}",
    "[[]]",
    "x",
    "full",
    "'..'",
    "a/b",
    "'a=b'",
    '"\\e[31m"',
    '"\\0"',
    "ä",
    "x" * 5000,
    "!!binary AAAA",
    "&a [*a]",
    "*a",
    "0-9999999999",
    "5-1",
    "[0-1, 0-1]",
    "2001-01-01",
]


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
    return content[: draw.choice([0, 1, 3, 4, 7, 8, 15, 16, 17, draw.randrange(len(content)), len(content) - 1])]


def append(draw, content):
    return content + draw.choice([b"\0", b"\xff" * 16, draw.randbytes(1000), content])


def overwrite(draw, content):
    start = draw.randrange(len(content))
    return content[:start] + draw.randbytes(draw.randrange(1, 64)) + content[start + 64 :]


def set_header(draw, content):
    """A dimension, the type or the rank becomes another number."""
    changed = bytearray(content)
    if draw.random() < 0.3:
        changed[draw.randrange(4)] = draw.choice([0, 1, 2, 3, 4, 8, 9, 14, 127, 255])
    else:
        place = draw.choice(range(4, 4 + 4 * content[3], 4))
        changed[place : place + 4] = struct.pack(
            ">I", draw.choice([0, 1, 7, 9, 10, 256, 1 << 16, (1 << 31) - 1, 1 << 31, (1 << 32) - 1])
        )
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


# Pages of a database


def _flip_one_bit(draw, content):
    changed = bytearray(content)
    changed[draw.randrange(len(changed))] ^= 1 << draw.randrange(8)
    return bytes(changed)


def _change_header(draw, content):
    changed = bytearray(content)
    changed[draw.randrange(16, 100)] = draw.randrange(256)
    return bytes(changed)


def _page(draw, content):
    size = struct.unpack(">H", content[16:18])[0]
    number = draw.randrange(1, len(content) // size)
    return number * size, size


def _clear_page(draw, content):
    start, size = _page(draw, content)
    return content[:start] + bytes(size) + content[start + size :]


def _scramble_page(draw, content):
    start, size = _page(draw, content)
    return content[:start] + draw.randbytes(size) + content[start + size :]


def _scramble_page_head(draw, content):
    start, _ = _page(draw, content)
    return content[:start] + draw.randbytes(12) + content[start + 12 :]


def _copy_page(draw, content):
    start, size = _page(draw, content)
    other, _ = _page(draw, content)
    return content[:start] + content[other : other + size] + content[start + size :]


def _cut_pages(draw, content):
    return content[: draw.choice([_page(draw, content)[0], draw.randrange(len(content)), 100, 16, 50])]


def _replace_text(draw, content):
    """A digit of some number or digest, as it stands in the file."""
    places = [i for i in range(8192, len(content)) if 48 <= content[i] < 58]
    place = draw.choice(places)
    return content[:place] + bytes([48 + (content[place] - 47) % 10]) + content[place + 1 :]


PAGES = [
    _flip_one_bit,
    _flip_one_bit,
    _flip_one_bit,
    _change_header,
    _clear_page,
    _scramble_page,
    _scramble_page_head,
    _copy_page,
    _cut_pages,
    _replace_text,
]


# Text


def _replace_scalar(draw, text):
    """Some word after a colon, a comma or a bracket becomes another."""
    places = [i for i, sign in enumerate(text) if sign in ":,[" and text[i + 1 : i + 2] in " 0123456789-"]
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
    return "\n".join(lines[: line + 1] + lines[line:])


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
    return text[:place] + text[place + draw.choice([1, 1, 2, 10, 200]) :]


def _misspell(draw, text):
    place = draw.choice([i for i in range(len(text) - 1) if text[i].isalpha() and text[i + 1].isalpha()])
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


TEXT = [_replace_scalar] * 6 + [
    _drop_line,
    _repeat_line,
    _swap_lines,
    _indent_line,
    _insert_sign,
    _drop_signs,
    _misspell,
]


def mutate_text(draw, text):
    for _ in range(draw.choice([1, 1, 1, 2, 4])):
        text = draw.choice(TEXT)(draw, text)
    changed = text.encode()
    return flip_bits(draw, changed) if draw.random() < 0.1 else changed
