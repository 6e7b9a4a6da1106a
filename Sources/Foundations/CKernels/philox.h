// Philox4x32-10, the counters of two vectors side by side, so that no round waits for the one before.

static inline __attribute__((always_inline)) void philox_round(words *x, words *y, words *z, words *w, uint32_t k0,
                                                              uint32_t k1) {
    const words low = 0xffffffffull;
    // The masks tell the compiler that 32 x 32 bits are multiplied, for which there is an instruction.
    const words a = (*x & low) * 0xd2511f53ull, b = (*z & low) * 0xcd9e8d57ull;
    *x = (b >> 32) ^ *y ^ (uint64_t)k0;
    *z = (a >> 32) ^ *w ^ (uint64_t)k1;
    *y = b & low;
    *w = a & low;
}

static void philox(uint64_t key, uint64_t position, uint64_t thread, ptrdiff_t count, uint32_t *restrict words0,
                   uint32_t *restrict words1, uint32_t *restrict words2, uint32_t *restrict words3) {
    enum { sets = 2 };
    const ptrdiff_t together = sets * doubles_a_vector;
    for (ptrdiff_t start = 0; start < count; start += together) {
        words x[sets], y[sets], z[sets], w[sets];
        for (int set = 0; set < sets; set++) {
            x[set] = position & 0xffffffff;
            y[set] = position >> 32;
            for (int lane = 0; lane < doubles_a_vector; lane++) {
                const uint64_t number = thread + start + set * doubles_a_vector + lane;
                z[set][lane] = number & 0xffffffff;
                w[set][lane] = number >> 32;
            }
        }
        uint32_t k0 = (uint32_t)key, k1 = (uint32_t)(key >> 32);
        for (int round = 0; round < 10; round++) {
            for (int set = 0; set < sets; set++) philox_round(&x[set], &y[set], &z[set], &w[set], k0, k1);
            k0 += 0x9e3779b9;
            k1 += 0xbb67ae85;
        }
        for (int set = 0; set < sets; set++) {
            const ptrdiff_t first = start + set * doubles_a_vector;
            if (first + doubles_a_vector <= count) {
                *(halfwords_in_memory *)(words0 + first) = __builtin_convertvector(x[set], halfwords);
                *(halfwords_in_memory *)(words1 + first) = __builtin_convertvector(y[set], halfwords);
                *(halfwords_in_memory *)(words2 + first) = __builtin_convertvector(z[set], halfwords);
                *(halfwords_in_memory *)(words3 + first) = __builtin_convertvector(w[set], halfwords);
            } else {
                for (ptrdiff_t i = first; i < count; i++) {
                    words0[i] = (uint32_t)x[set][i - first];
                    words1[i] = (uint32_t)y[set][i - first];
                    words2[i] = (uint32_t)z[set][i - first];
                    words3[i] = (uint32_t)w[set][i - first];
                }
            }
        }
    }
}
