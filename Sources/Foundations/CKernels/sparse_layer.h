// The first layer's products with inputs that are mostly zero.

enum { strip = 64, part_of_strip = 4 * floats_a_vector };

/// Four vectors of two columns are eight registers, and the sums' four and two inputs find place beside them: of a
/// strip of 64 units as many are taken at a time as that allows.
static void add_products(const float *restrict weights, ptrdiff_t first, ptrdiff_t last,
                         const int32_t *restrict starts, const int32_t *restrict rows, const float *restrict values,
                         float *restrict sums) {
    for (ptrdiff_t pair = first; pair < last; pair++) {
        const int32_t begin = starts[pair], end = starts[pair + 1];
        if (begin == end) continue;
        for (int part = 0; part < strip; part += part_of_strip) {
            const float *a = weights + pair * 2 * strip + part, *b = a + strip;
            floats left[4], right[4];
            for (int i = 0; i < 4; i++) {
                left[i] = load_floats(a + i * floats_a_vector);
                right[i] = load_floats(b + i * floats_a_vector);
            }
            for (int32_t entry = begin; entry < end; entry++) {
                float *sum = sums + (ptrdiff_t)rows[entry] * strip + part;
                const floats x = values[2 * entry], y = values[2 * entry + 1];
                for (int i = 0; i < 4; i++) {
                    floats value = load_floats(sum + i * floats_a_vector);
                    value = value + x * left[i];
                    value = value + y * right[i];
                    store_floats(sum + i * floats_a_vector, value);
                }
            }
        }
    }
}

/// Points whose entries are fetched from memory before they are read: they lie scattered in more than the caches hold.
enum { points_ahead = 8 };

static inline void fetch_entries(const int32_t *pairs, const float *values, ptrdiff_t begin, ptrdiff_t end) {
    for (ptrdiff_t entry = begin; entry < end; entry += 16) __builtin_prefetch(pairs + entry);
    for (ptrdiff_t entry = begin; entry < end; entry += 8) __builtin_prefetch(values + 2 * entry);
}

static void sort_entries(const ptrdiff_t *restrict points, ptrdiff_t count, const ptrdiff_t *restrict begins,
                         const uint8_t *restrict presence, const int32_t *restrict pairs,
                         const float *restrict values, const float *restrict noise, ptrdiff_t pair_count,
                         int32_t *restrict starts, int32_t *restrict rows, float *restrict sorted) {
    uint8_t number[pair_count + 1];
    for (ptrdiff_t pair = 0; pair <= pair_count; pair++) number[pair] = 0;
    for (ptrdiff_t row = 0; row < count; row++) {
        if (row + points_ahead < count) {
            const ptrdiff_t later = points[row + points_ahead];
            fetch_entries(pairs, values, begins[later], begins[later + 1]);
        }
        const uint8_t *present = presence + points[row] * pair_count;
        for (ptrdiff_t pair = 0; pair < pair_count; pair++) number[pair] += present[pair];
    }
    // next[pair] is where the pair's next entry goes; it ends where the pair after it begins.
    int32_t *next = starts + 1;
    starts[0] = 0;
    for (ptrdiff_t pair = 0, place = 0; pair < pair_count; pair++) {
        next[pair] = (int32_t)place;
        place += number[pair];
    }
    for (ptrdiff_t row = 0; row < count; row++) {
        const ptrdiff_t end = begins[points[row] + 1];
        for (ptrdiff_t entry = begins[points[row]]; entry < end; entry++) {
            const int32_t place = next[pairs[entry]]++;
            rows[place] = (int32_t)row;
            __builtin_memcpy(sorted + 2 * (ptrdiff_t)place, values + 2 * entry, 2 * sizeof(float));
            if (noise) {
                const float *added = noise + 2 * (row * pair_count + pairs[entry]);
                sorted[2 * (ptrdiff_t)place] += added[0];
                sorted[2 * (ptrdiff_t)place + 1] += added[1];
            }
        }
    }
}

static void add_outer_products(const float *restrict delta, ptrdiff_t pairs, const int32_t *restrict starts,
                               const int32_t *restrict rows, const float *restrict values, float factor,
                               float *restrict weights) {
    const floats scale = factor;
    for (ptrdiff_t pair = 0; pair < pairs; pair++) {
        const int32_t begin = starts[pair], end = starts[pair + 1];
        if (begin == end) continue;
        for (int part = 0; part < strip; part += part_of_strip) {
            floats left[4], right[4];
            for (int i = 0; i < 4; i++) left[i] = right[i] = 0;
            for (int32_t entry = begin; entry < end; entry++) {
                const float *d = delta + (ptrdiff_t)rows[entry] * strip + part;
                const floats x = values[2 * entry], y = values[2 * entry + 1];
                for (int i = 0; i < 4; i++) {
                    const floats value = load_floats(d + i * floats_a_vector);
                    left[i] = left[i] + x * value;
                    right[i] = right[i] + y * value;
                }
            }
            float *a = weights + pair * 2 * strip + part, *b = a + strip;
            for (int i = 0; i < 4; i++) {
                store_floats(a + i * floats_a_vector, load_floats(a + i * floats_a_vector) + scale * left[i]);
                store_floats(b + i * floats_a_vector, load_floats(b + i * floats_a_vector) + scale * right[i]);
            }
        }
    }
}
