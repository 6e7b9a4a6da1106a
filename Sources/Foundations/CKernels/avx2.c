#if defined(__x86_64__)

#define BYTES 32
#define SET basin_avx2
#define NAME "avx2"
#pragma clang attribute push(__attribute__((target("avx2,fma,no-avx512f"))), apply_to = function)
#include "vectors.h"

#include "labelling.h"
#include "philox.h"
#include "projection.h"
#include "sparse_layer.h"
#include "table.h"
#pragma clang attribute pop

#endif
