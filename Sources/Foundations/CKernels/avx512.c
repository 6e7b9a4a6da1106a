#if defined(__x86_64__)

#define BYTES 64
#define SET basin_avx512
#define NAME "avx512"
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512vl,avx512bw,fma"))), apply_to = function)
#include "vectors.h"

#include "labelling.h"
#include "philox.h"
#include "projection.h"
#include "sparse_layer.h"
#include "table.h"
#pragma clang attribute pop

#endif
