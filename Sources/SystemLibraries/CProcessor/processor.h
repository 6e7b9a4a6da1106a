#ifndef BASIN_PROCESSOR_H
#define BASIN_PROCESSOR_H

// Instructions for which Swift has no name.

/// Asks the processor to fetch the cache line at `address`, which is read soon. Changes nothing but the time.
static inline void prefetch(const void *address) { __builtin_prefetch(address); }

typedef float float16 __attribute__((ext_vector_type(16)));

/// The square roots of sixteen numbers. Swift's own go one by one through libm, for the sake of negative ones' errno.
static inline float16 square_roots(float16 values) { return __builtin_elementwise_sqrt(values); }

#endif
