// Vectors of BYTES bytes. Included once by each instruction set's file, which defines BYTES and SET.
//
// Products are fused with sums where the set can (the compiler contracts within a statement), and sums run over lanes
// of eight doubles or sixty-four floats whatever the width, so that sets which fuse give the same bits.

#include "CKernels.h"

enum { floats_a_vector = BYTES / 4, doubles_a_vector = BYTES / 8 };

typedef float floats __attribute__((ext_vector_type(BYTES / 4)));
typedef double doubles __attribute__((ext_vector_type(BYTES / 8)));
typedef long longs __attribute__((ext_vector_type(BYTES / 8)));
typedef unsigned long words __attribute__((ext_vector_type(BYTES / 8)));
typedef unsigned int halfwords __attribute__((ext_vector_type(BYTES / 8)));

// In memory they lie on the boundaries of one number.
typedef floats __attribute__((aligned(4))) floats_in_memory;
typedef doubles __attribute__((aligned(8))) doubles_in_memory;
typedef longs __attribute__((aligned(8))) longs_in_memory;
typedef halfwords __attribute__((aligned(4))) halfwords_in_memory;

static inline floats load_floats(const float *at) { return *(const floats_in_memory *)at; }
static inline void store_floats(float *at, floats value) { *(floats_in_memory *)at = value; }
static inline doubles load(const double *at) { return *(const doubles_in_memory *)at; }
static inline void store(double *at, doubles value) { *(doubles_in_memory *)at = value; }
static inline doubles larger(doubles a, doubles b) { return a < b ? b : a; }
static inline doubles smaller(doubles a, doubles b) { return b < a ? b : a; }

/// Whether a comparison holds in some lane.
static inline int any(longs mask) { return __builtin_reduce_or(mask) != 0; }

enum { vectors_of_eight = 8 / doubles_a_vector };

/// Eight lanes, in as many vectors as they take.
typedef struct {
    doubles part[8 / (BYTES / 8)];
} eight;

/// ((0 + 4) + (2 + 6)) + ((1 + 5) + (3 + 7)), whatever the width.
static inline double sum(eight lanes) {
#if BYTES == 64
    const doubles v = lanes.part[0];
    const __attribute__((ext_vector_type(4))) double fours = v.lo + v.hi;
    const __attribute__((ext_vector_type(2))) double twos = fours.lo + fours.hi;
#elif BYTES == 32
    const doubles fours = lanes.part[0] + lanes.part[1];
    const __attribute__((ext_vector_type(2))) double twos = fours.lo + fours.hi;
#else
    const doubles twos = (lanes.part[0] + lanes.part[2]) + (lanes.part[1] + lanes.part[3]);
#endif
    return twos.x + twos.y;
}
