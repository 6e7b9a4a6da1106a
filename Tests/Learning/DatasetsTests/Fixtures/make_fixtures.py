#!/usr/bin/env python3
"""Writes the files beside this script: IDX files, sound and broken, and a tiny dataset with its digests.

Needs the standard library only; running it again changes nothing.
"""

import gzip
import hashlib
import pathlib
import struct

HERE = pathlib.Path(__file__).resolve().parent


def header(*shape, element_type=8):
    return bytes([0, 0, element_type, len(shape)]) + struct.pack(f">{len(shape)}I", *shape)


def pack(data):
    return gzip.compress(data, mtime=0)


def write(name, data):
    path = HERE / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)


def idx_files():
    cube = header(2, 3, 4) + bytes(range(24))
    packed = pack(cube)
    write("idx/cube", cube)
    write("idx/cube.gz", packed)
    write("idx/scalar", header() + b"\x2a")
    write("idx/five-dimensions", header(1, 2, 1, 2, 3) + bytes(range(12)))
    write("idx/no-elements", header(0, 28, 28))
    write("idx/two-members.gz", pack(cube[:20]) + pack(cube[20:]))

    write("idx/empty", b"")
    write("idx/png", b"\x89PNG\r\n\x1a\n" + bytes(8))
    write("idx/float-type", header(2, element_type=0x0D) + bytes(8))
    write("idx/half-header", cube[:10])
    write("idx/truncated", cube[:-5])
    write("idx/truncated.gz", pack(cube[:-5]))
    write("idx/oversized", cube + b"abc")
    write("idx/oversized.gz", pack(cube + b"abc"))
    write("idx/overflowing", header(2**32 - 1, 2**32 - 1, 2**32 - 1) + bytes(8))
    write("idx/boastful.gz", pack(header(2**31, 2**20) + bytes(8)))

    write("idx/cut.gz", packed[:-12])
    write("idx/without-checksum.gz", packed[:-8])
    write("idx/wrong-checksum.gz", packed[:-8] + bytes([packed[-8] ^ 1]) + packed[-7:])
    write("idx/wrong-block.gz", packed[:10] + b"\xff" + packed[11:])
    write("idx/garbage-behind.gz", packed + b"garbage")


def tiny_dataset():
    """12 training and 5 test images of 3 x 2 pixels in 4 classes."""
    files = {
        "train-images-idx3-ubyte": header(12, 3, 2) + bytes((7 * i) % 256 for i in range(72)),
        "train-labels-idx1-ubyte": header(12) + bytes(i % 4 for i in range(12)),
        "t10k-images-idx3-ubyte": header(5, 3, 2) + bytes((11 * i + 3) % 256 for i in range(30)),
        "t10k-labels-idx1-ubyte": header(5) + bytes([3, 0, 1, 2, 2]),
    }
    for name, data in files.items():
        write(f"tiny/{name}.gz", pack(data))
    lines = [f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)]
    write("tiny/SHA256SUMS", "".join(lines).encode())
    write("tiny/SHA256SUMS.sha256", hashlib.sha256("".join(lines).encode()).hexdigest().encode())


idx_files()
tiny_dataset()
