"""Writes native-stream.json: vectors of Basin's native stream from its definition, independent of the Swift code."""
import json
import pathlib

MASK32, MASK64 = 2**32 - 1, 2**64 - 1


def philox(counter, key):
    x, y, z, w = counter
    k0, k1 = key & MASK32, key >> 32
    for _ in range(10):
        a, b = x * 0xD2511F53, z * 0xCD9E8D57
        x, y, z, w = (b >> 32) ^ y ^ k0, b & MASK32, (a >> 32) ^ w ^ k1, a & MASK32
        k0, k1 = (k0 + 0x9E3779B9) & MASK32, (k1 + 0xBB67AE85) & MASK32
    return x, y, z, w


def words(key, count):
    out = []
    for i in range((count + 3) // 4):
        out += philox((i & MASK32, i >> 32, 0, 0), key)
    return out[:count]


def child(key, name):
    if isinstance(name, str):
        h = 0xCBF29CE484222325
        for byte in name.encode():
            h = ((h ^ byte) * 0x100000001B3) & MASK64
        domain = 1
    else:
        h, domain = name, 2
    x, y, _, _ = philox((h & MASK32, h >> 32, domain, 0), key)
    return x | y << 32


def permutation(key, n):
    stream = iter(words(key, 64 * n))
    order = list(range(n))
    for i in range(n - 1, 0, -1):
        bound = i + 1
        while True:
            low = next(stream)
            product = (low | next(stream) << 32) * bound
            if product & MASK64 >= (2**64 - bound) % bound:
                break
        j = product >> 64
        order[i], order[j] = order[j], order[i]
    return order


seed = 20260509
training = child(seed, "training")
vectors = {
    "seed": seed,
    "first8": words(seed, 8),
    "child_training_key": training,
    "child_training_7_key": child(training, 7),
    "child_training_first8": words(training, 8),
    "permutation_20": permutation(seed, 20),
    "signs_40_bits": [w >> b & 1 for w in words(seed, 2) for b in range(32)][:40],
}
target = pathlib.Path(__file__).with_name("native-stream.json")
target.write_text(json.dumps(vectors, indent=1) + "\n")
