"""Writes the files of weights beside it, with the packages that people write such files with, and expected.json: what is in them.

    python3 make_weights.py      # needs numpy, safetensors and ml_dtypes

All networks that can be read are one network of 5, 3 and 2 units. Its numbers are multiples of 1/8 below 4 and so the same in every
type, but for those of `f64`, which float32 rounds.
"""

import io
import json
import pathlib
import zipfile

import ml_dtypes
import numpy as np
from safetensors.numpy import save_file

FOLDER = pathlib.Path(__file__).resolve().parent
WIDTHS = [5, 3, 2]

stream = np.random.default_rng(7)
LAYERS = [
    (
        (stream.integers(-31, 32, (outputs, inputs)) / 8).astype(np.float32),
        (stream.integers(-31, 32, outputs) / 8).astype(np.float32),
    )
    for inputs, outputs in zip(WIDTHS, WIDTHS[1:])
]


def named(pattern, weight="weight", bias="bias", numbers=(1, 2), transposed=False, dtype=np.float32):
    """The network's tensors: {} of the pattern is the layer's number or name, a second {} what it is."""
    tensors = {}
    for number, (w, b) in zip(numbers, LAYERS):
        w = w.T if transposed else w
        tensors[pattern.format(number, weight)] = np.ascontiguousarray(w.astype(dtype))
        tensors[pattern.format(number, bias)] = b.astype(dtype)
    return tensors


def safetensors(name, tensors):
    file = FOLDER / f"{name}.safetensors"
    save_file(tensors, file)
    file.chmod(0o644)


def npz(name, tensors, compressed=False):
    (np.savez_compressed if compressed else np.savez)(FOLDER / f"{name}.npz", **tensors)


# Every type.
for name, dtype in [("f32", np.float32), ("f64", np.float64), ("f16", np.float16), ("bf16", ml_dtypes.bfloat16)]:
    tensors = named("fc{}.{}", dtype=dtype)
    if name == "f64":
        tensors = {key: value + 1e-9 for key, value in tensors.items()}
    safetensors(name, tensors)
    if name != "bf16":
        npz(name, tensors)
npz("big-endian", named("fc{}.{}", dtype=">f4"))
npz("deflated", named("fc{}.{}"), compressed=True)
# NumPy keeps a transposed array by columns.
npz("by-columns", {key: np.asfortranarray(value) for key, value in named("fc{}.{}").items()})
with zipfile.ZipFile(FOLDER / "zip64.npz", "w") as archive:
    for key, value in named("fc{}.{}").items():
        buffer = io.BytesIO()
        np.save(buffer, value)
        with archive.open(f"{key}.npy", "w", force_zip64=True) as member:
            member.write(buffer.getvalue())

# Every naming.
safetensors("sequential", named("{}.{}", numbers=(0, 2)))
safetensors("layers", named("layers.{}.{}", numbers=(9, 10)))
safetensors("prefixed", named("module.net.fc{}.{}"))
safetensors("words", named("{}.{}", numbers=("hidden", "answer")))
safetensors("flax", named("params/Dense_{}/{}", weight="kernel", numbers=(0, 1), transposed=True))
npz("keras", named("{}/{}:0", weight="kernel", numbers=("dense", "dense_1"), transposed=True))
npz("haiku", named("mlp/~/linear_{}/{}", weight="w", bias="b", numbers=(0, 1), transposed=True))
npz("letters", named("{1}{0}", weight="W", bias="b", transposed=True))
np.savez(FOLDER / "unnamed.npz", *named("{}{}", transposed=True).values())
np.savez(FOLDER / "own-names.npz", **{"first": LAYERS[0][0], "second": LAYERS[0][1], "third": LAYERS[1][0], "fourth": LAYERS[1][1]})

# What is refused, or asked about.
square = np.arange(9, dtype=np.float32).reshape(3, 3)
three = np.ones(3, np.float32)
safetensors("square", {"fc1.weight": square, "fc1.bias": three, "fc2.weight": square + 1, "fc2.bias": three})
safetensors("several-orders", {"a.weight": square, "a.bias": three, "b.weight": square, "b.bias": three})
safetensors("convolution", named("fc{}.{}") | {"conv1.weight": np.zeros((4, 1, 3, 3), np.float32), "conv1.bias": np.zeros(4, np.float32)})
safetensors("normalised", named("fc{}.{}", numbers=(1, 3)) | {"fc2.weight": three, "fc2.bias": three, "fc2.running_mean": three})
without = named("fc{}.{}")
del without["fc2.bias"]
safetensors("no-bias", without)
without = named("fc{}.{}")
del without["fc1.weight"]
safetensors("no-weight", without)
safetensors("no-chain", named("fc{}.{}") | {"fc3.weight": np.zeros((2, 4), np.float32), "fc3.bias": np.zeros(2, np.float32)})
safetensors("no-fit", named("fc{}.{}") | {"fc1.bias": np.zeros(4, np.float32)})
for name, number in [("nan", np.nan), ("infinite", np.inf)]:
    tensors = named("fc{}.{}")
    tensors["fc2.weight"][1, 2] = number
    safetensors(name, tensors)
safetensors("too-large", named("fc{}.{}", dtype=np.float64) | {"fc2.bias": np.array([0, 1e300])})
safetensors("whole-numbers", named("fc{}.{}") | {"fc2.bias": np.array([1, 2])})
npz("long-double", named("fc{}.{}", dtype=np.longdouble))
npz("complex", named("fc{}.{}", dtype=np.complex64))
np.savez(FOLDER / "objects.npz", **{"fc1.weight": np.array([None])})
safetensors("empty", {})
np.save(FOLDER / "single.npy", LAYERS[0][0])
with zipfile.ZipFile(FOLDER / "torch.pt", "w") as archive:
    archive.writestr("archive/data.pkl", b"\x80\x02}q\x00.")
with zipfile.ZipFile(FOLDER / "bzip2.npz", "w", zipfile.ZIP_BZIP2) as archive:
    archive.writestr("fc1.weight.npy", b"\x93NUMPY")
(FOLDER / "model.h5").write_bytes(b"\x89HDF\r\n\x1a\n" + bytes(8))
(FOLDER / "notes.safetensors").write_text("These are no weights, whatever the name says.\n")

(FOLDER / "expected.json").write_text(
    json.dumps({"widths": WIDTHS, "parameters": [float(x) for w, b in LAYERS for x in [*w.flatten(), *b]]}, indent=1) + "\n"
)
