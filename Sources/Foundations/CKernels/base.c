// What every machine of the kind has: SSE2 on x86-64, NEON on ARM.

#define BYTES 16
#define SET basin_base
#if defined(__x86_64__)
#define NAME "sse2"
#pragma clang attribute push(__attribute__((target("no-avx"))), apply_to = function)
#else
#define NAME "neon"
#endif
#include "vectors.h"

#include "labelling.h"
#include "philox.h"
#include "projection.h"
#include "sparse_layer.h"
#include "table.h"
#if defined(__x86_64__)
#pragma clang attribute pop
#endif
