"""Random changes to weights as a results file keeps them: a safetensors file, which is a header in JSON and numbers.

Most keep the file valid, and make it that of another network.
"""

import json
import struct

from drilling.mutations import flip_bits


def _parts(blob):
    size = struct.unpack("<Q", blob[:8])[0]
    return json.loads(blob[8 : 8 + size]), blob[8 + size :]


def _joined(header, payload, size=None):
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text) if size is None else size) + text + payload


def _tensor(draw, header):
    return header[draw.choice([name for name in header if name != "__metadata__"])]


def _other_dimensions(draw, blob):
    """A valid file of another architecture: dimensions, offsets and payload go together."""
    header, payload = _parts(blob)
    factor = draw.choice([2, 3, 10])
    for tensor in header.values():
        if isinstance(tensor, dict) and "shape" in tensor:
            tensor["shape"] = [side * factor for side in tensor["shape"]]
    offset = 0
    for tensor in header.values():
        if isinstance(tensor, dict) and "shape" in tensor:
            size = 4
            for side in tensor["shape"]:
                size *= side
            tensor["data_offsets"] = [offset, offset + size]
            offset += size
    return _joined(header, (payload * (factor * factor + 1))[:offset])


def _other_shape(draw, blob):
    header, payload = _parts(blob)
    tensor = _tensor(draw, header)
    tensor["shape"] = draw.choice(
        [
            [],
            [0],
            [1],
            tensor["shape"][::-1],
            tensor["shape"] + [1],
            [-1, 2],
            [2**62, 4],
            [2**63],
            [1.5],
            ["x"],
            None,
            [side + 1 for side in tensor["shape"]],
            [10**9],
        ]
    )
    return _joined(header, payload)


def _other_type(draw, blob):
    header, payload = _parts(blob)
    _tensor(draw, header)["dtype"] = draw.choice(["F16", "F64", "BF16", "I32", "U8", "", "x", None, 4])
    return _joined(header, payload)


def _other_offsets(draw, blob):
    header, payload = _parts(blob)
    tensor = _tensor(draw, header)
    first, last = tensor["data_offsets"]
    tensor["data_offsets"] = draw.choice(
        [
            [last, first],
            [first + 4, last + 4],
            [-4, last - first - 4],
            [first, 2**63 - 1],
            [2**63 - 1, 2**63 - 1],
            [0, 0],
            [first],
            [],
            None,
            ["0", "4"],
            [first + 1, last + 1],
            [0, last - first],
            [2**64, 2**64 + 4],
        ]
    )
    return _joined(header, payload)


def _other_names(draw, blob):
    header, payload = _parts(blob)
    names = list(header)
    name = draw.choice(names)
    value = header.pop(name)
    if draw.random() < 0.7:
        header[draw.choice(["", "x", names[0], names[-1] + ".0", "layers.99.weight", "\x1b[31m"])] = value
    return _joined(header, payload)


def _other_header_size(draw, blob):
    header, payload = _parts(blob)
    return _joined(header, payload, draw.choice([0, 1, 8, 2**31, 2**32, 2**63 - 1, 2**63, 2**64 - 1, len(blob)]))


def _other_json(draw, blob):
    _, payload = _parts(blob)
    return _joined(
        draw.choice([b"{}", b"[]", b"null", b"", b"{", b"[" * 100_000, b'{"a":1}', b'{"a":{}}', b"\xff" * 20]), payload
    )


def _other_numbers(draw, blob):
    """A finished network has no NaN and no such sizes."""
    header, payload = _parts(blob)
    place = draw.randrange(len(payload) // 4) * 4
    number = struct.pack("<f", draw.choice([float("nan"), float("inf"), 3e38, 1e-45, 12345.0]))
    return _joined(header, payload[:place] + number + payload[place + 4 :])


def _cut(draw, blob):
    return blob[: draw.choice([0, 1, 7, 8, 9, draw.randrange(len(blob)), len(blob) - 1])]


def _lengthened(draw, blob):
    return blob + draw.choice([b"\0", bytes(1000), blob])


WEIGHTS = [
    _other_dimensions,
    _other_shape,
    _other_type,
    _other_offsets,
    _other_names,
    _other_header_size,
    _other_json,
    _other_numbers,
    _cut,
    _lengthened,
    flip_bits,
]
