#include <string.h>

#include "CKernels.h"

extern const basin_kernels basin_base;

#if defined(__x86_64__)
extern const basin_kernels basin_avx512;
extern const basin_kernels basin_avx2;

static int can_run(const basin_kernels *kernels) {
    __builtin_cpu_init();
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return 0;
    return kernels == &basin_avx2
        || (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq")
            && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw"));
}
#endif

const basin_kernels *basin_kernels_named(const char *name) {
    if (strcmp(name, basin_base.name) == 0) return &basin_base;
#if defined(__x86_64__)
    const basin_kernels *sets[] = {&basin_avx512, &basin_avx2};
    for (int i = 0; i < 2; i++)
        if (strcmp(name, sets[i]->name) == 0) return can_run(sets[i]) ? sets[i] : NULL;
#endif
    return NULL;
}
