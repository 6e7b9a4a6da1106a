"""How fast this machine multiplies: OpenBLAS, the kernels that Basin chooses, one thread."""

import ctypes
import ctypes.util
import os
import time

import numpy

import basin_command

SIZE = 2048


class Sgemm:
    """A product of two 2048 x 2048 matrices of float32."""

    def __init__(self):
        found = ctypes.util.find_library("openblas")
        if found is None:
            raise basin_command.BasinError("there is no OpenBLAS library: run `make setup` first")
        # Read while the library is loaded. Basin takes these kernels on every machine with AVX-512.
        flags = open("/proc/cpuinfo").read() if os.path.exists("/proc/cpuinfo") else ""
        if "avx512bw" in flags:
            os.environ["OPENBLAS_CORETYPE"] = "SkylakeX"
        os.environ["OPENBLAS_NUM_THREADS"] = "1"
        self.library = ctypes.CDLL(found)
        self.library.openblas_get_corename.restype = ctypes.c_char_p
        self.kernel = self.library.openblas_get_corename().decode()
        stream = numpy.random.default_rng(0)
        self.a, self.b = (stream.random((SIZE, SIZE), numpy.float32) for _ in range(2))
        self.c = numpy.zeros((SIZE, SIZE), numpy.float32)
        self.gigaflops()
        if not numpy.allclose(self.c[:4], self.a[:4] @ self.b, rtol=1e-4):
            raise basin_command.BasinError("cblas_sgemm gave a wrong product")

    def gigaflops(self, repeats=5):
        """10⁹ operations in a second of the processor; the best of some products."""
        return 2 * SIZE**3 / min(self._seconds() for _ in range(repeats)) / 1e9

    def _seconds(self):
        row_major, as_they_are = 101, 111
        a, b, c = (matrix.ctypes.data_as(ctypes.POINTER(ctypes.c_float)) for matrix in (self.a, self.b, self.c))
        start = time.process_time()
        self.library.cblas_sgemm(
            row_major, as_they_are, as_they_are, SIZE, SIZE, SIZE, ctypes.c_float(1), a, SIZE, b, SIZE, ctypes.c_float(0), c,
            SIZE)
        return time.process_time() - start
