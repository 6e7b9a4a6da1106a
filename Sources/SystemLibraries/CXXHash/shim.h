#pragma once
// The functions of the header itself: nothing to link.
#define XXH_INLINE_ALL
#include <xxhash.h>

/// XXH3 of `count` bytes, 64 bits wide; xxHash's own name is a macro that Swift does not see.
static inline unsigned long long xxh3(const void *bytes, size_t count) { return XXH3_64bits(bytes, count); }
