// The simplex over classifiers, and the checks of its witnesses.

/// The scores of three blocks' points, as many lanes as a vector has: nine running sums keep the units for products
/// busy and find place in sixteen registers.
static inline __attribute__((always_inline)) void score_three(const double *restrict features,
                                                              const double *restrict weights, ptrdiff_t width,
                                                              ptrdiff_t classes, doubles *restrict scores) {
    const double *h[3] = {features, features + 8 * width, features + 16 * width};
    for (int block = 0; block < 3; block++) scores[block * classes] = 0;
    ptrdiff_t c = 1;
    for (; c + 2 < classes; c += 3) {
        const double *w = weights + (c - 1) * width;
        doubles sums[3][3];
        for (int block = 0; block < 3; block++)
            for (int k = 0; k < 3; k++) sums[block][k] = 0;
        for (ptrdiff_t j = 0; j < width; j++) {
            doubles x[3];
            for (int block = 0; block < 3; block++) x[block] = load(h[block] + 8 * j);
            for (int k = 0; k < 3; k++) {
                const doubles y = w[k * width + j];
                for (int block = 0; block < 3; block++) sums[block][k] = sums[block][k] + x[block] * y;
            }
        }
        for (int block = 0; block < 3; block++)
            for (int k = 0; k < 3; k++) scores[block * classes + c + k] = sums[block][k];
    }
    for (; c < classes; c++) {
        const double *w = weights + (c - 1) * width;
        doubles sums[3];
        for (int block = 0; block < 3; block++) sums[block] = 0;
        for (ptrdiff_t j = 0; j < width; j++) {
            const doubles y = w[j];
            for (int block = 0; block < 3; block++) sums[block] = sums[block] + load(h[block] + 8 * j) * y;
        }
        for (int block = 0; block < 3; block++) scores[block * classes + c] = sums[block];
    }
}

static void scores(const double *restrict features, const double *restrict weights, ptrdiff_t blocks, ptrdiff_t width,
                   ptrdiff_t classes, double *restrict result) {
    doubles found[3 * classes];
    for (ptrdiff_t block = 0; block < blocks; block += 3)
        for (int part = 0; part < 8; part += doubles_a_vector) {
            score_three(features + 8 * block * width + part, weights, width, classes, found);
            for (ptrdiff_t cell = 0; cell < 3 * classes; cell++)
                store(result + 8 * (block * classes + cell) + part, found[cell]);
        }
}

static basin_blocking ratio_test(const double *restrict features, const ptrdiff_t *restrict class_of_block,
                                 ptrdiff_t blocks, ptrdiff_t width, ptrdiff_t classes, double *restrict slack_cells,
                                 double *restrict rate_cells, const double *restrict edge, double step,
                                 double objective, double tolerance) {
    // Few constraints are nearer than the nearest so far, so that one comparison for many rules most of them out:
    // slack + ratio · rate is below 0 for a nearer one. Of two that are equally near to the last bit, which one is taken
    // depends on the width; margins are random, so that there are none. A point's own class is visited too; its slack
    // is too large to block.
    basin_blocking best = {-1, 0, 1, 0};
    double ratio = 1e300;
    doubles found[3 * classes];
    for (ptrdiff_t block = 0; block < blocks; block += 3)
        for (int part = 0; part < 8; part += doubles_a_vector) {
            score_three(features + 8 * block * width + part, edge, width, classes, found);
            for (int i = 0; i < 3; i++) {
                const doubles own = found[i * classes + class_of_block[block + i]] + objective;
                const ptrdiff_t first = (block + i) * classes;
                for (ptrdiff_t c = 0; c < classes; c++) {
                    const ptrdiff_t place = 8 * (first + c) + part;
                    const doubles slack =
                        larger(load(slack_cells + place) + step * load(rate_cells + place), (doubles)1e-12);
                    const doubles rate = own - found[i * classes + c];
                    store(slack_cells + place, slack);
                    store(rate_cells + place, rate);
                    if (!any(slack + ratio * rate < 0)) continue;
                    for (int lane = 0; lane < doubles_a_vector; lane++) {
                        // By cross-multiplication, without a division.
                        if (!(rate[lane] < -tolerance) || slack[lane] * best.rate >= best.slack * -rate[lane]) continue;
                        best = (basin_blocking){first + c, part + lane, slack[lane], -rate[lane]};
                        ratio = slack[lane] / -rate[lane];
                    }
                }
            }
        }
    return best;
}

static void respond(const double *restrict vectors, ptrdiff_t stride, ptrdiff_t size, ptrdiff_t winner,
                    ptrdiff_t loser, const double *restrict row, ptrdiff_t width, double objective,
                    ptrdiff_t weight_count, double *restrict out) {
    for (ptrdiff_t p = 0; p < size; p++) {
        const double *v = vectors + p * stride;
        eight total = {0};
        for (ptrdiff_t j = 0; j < width; j += 8)
            for (int i = 0; i < vectors_of_eight && j + i * doubles_a_vector < width; i++) {
                const ptrdiff_t place = j + i * doubles_a_vector;
                const doubles r = load(row + place);
                if (winner > 0) total.part[i] = total.part[i] + load(v + (winner - 1) * width + place) * r;
                if (loser > 0) total.part[i] = total.part[i] - load(v + (loser - 1) * width + place) * r;
            }
        out[p] = sum(total) + objective * v[weight_count];
    }
}

/// target ← target - factor · source; |target|².
static inline double subtract_one(double *restrict target, const double *restrict source, ptrdiff_t stride,
                                  double factor) {
    eight square = {0};
    for (ptrdiff_t j = 0; j < stride; j += 8)
        for (int i = 0; i < vectors_of_eight; i++) {
            const ptrdiff_t place = j + i * doubles_a_vector;
            const doubles value = load(target + place) - factor * load(source + place);
            store(target + place, value);
            square.part[i] = square.part[i] + value * value;
        }
    return sum(square);
}

static inline double square_norm(const double *vector, ptrdiff_t stride) {
    eight square = {0};
    for (ptrdiff_t j = 0; j < stride; j += 8)
        for (int i = 0; i < vectors_of_eight; i++) {
            const doubles value = load(vector + j + i * doubles_a_vector);
            square.part[i] = square.part[i] + value * value;
        }
    return sum(square);
}

static void exchange(double *restrict edges, ptrdiff_t stride, ptrdiff_t size, ptrdiff_t q,
                     const double *restrict response, double *restrict norms, double *restrict gains,
                     ptrdiff_t weight_count) {
    double *entering = edges + q * stride;
    const double inverse = 1 / response[q];
    for (ptrdiff_t j = 0; j < stride; j += doubles_a_vector) store(entering + j, load(entering + j) * inverse);
    norms[q] = square_norm(entering, stride);
    gains[q] = entering[weight_count];
    for (ptrdiff_t p = 0; p < size; p++) {
        if (p == q || response[p] == 0) continue;
        double *edge = edges + p * stride;
        norms[p] = subtract_one(edge, entering, stride, response[p]);
        gains[p] = edge[weight_count];
    }
}

static void subtract(double *restrict target, ptrdiff_t stride, ptrdiff_t size, const double *restrict response,
                     const double *restrict source) {
    for (ptrdiff_t p = 0; p < size; p++) {
        if (response[p] == 0) continue;
        double *vector = target + p * stride;
        for (ptrdiff_t j = 0; j < stride; j += doubles_a_vector)
            store(vector + j, load(vector + j) - response[p] * load(source + j));
    }
}

static void square_norms(const double *vectors, ptrdiff_t stride, ptrdiff_t size, double *norms) {
    for (ptrdiff_t p = 0; p < size; p++) norms[p] = square_norm(vectors + p * stride, stride);
}

static ptrdiff_t entering_slot(const double *restrict gains, const double *restrict norms,
                               const ptrdiff_t *restrict slots, ptrdiff_t count) {
    double best[8];
    long places[8];
    for (int part = 0; part < 8; part += doubles_a_vector) {
        doubles steepest = 1e-18;
        longs place = -1, here;
        for (int lane = 0; lane < doubles_a_vector; lane++) here[lane] = part + lane;
        for (ptrdiff_t q = part; q < count; q += 8, here += 8) {
            const doubles gain = load(gains + q);
            const longs held = *(const longs_in_memory *)(slots + q);
            const longs is_free = held == -1;
            const doubles steepness = gain * gain / load(norms + q) * (is_free ? (doubles)1e3 : (doubles)1);
            const longs improves = (steepness > steepest) & (is_free | (gain > 0));
            steepest = improves ? steepness : steepest;
            place = improves ? here : place;
        }
        store(best + part, steepest);
        *(longs_in_memory *)(places + part) = place;
    }
    ptrdiff_t winner = -1;
    double limit = 0;
    for (int lane = 0; lane < 8; lane++)
        if (places[lane] >= 0 && best[lane] > limit) winner = places[lane], limit = best[lane];
    return winner;
}

static void relative_margins(const double *restrict features, const double *restrict weights, ptrdiff_t width,
                             ptrdiff_t weight_stride, ptrdiff_t classes, ptrdiff_t own, double *restrict work,
                             double *restrict margins) {
    double *products = work, *sizes = work + 8 * classes;
    for (ptrdiff_t c = 0; c < classes; c++)
        for (int part = 0; part < 8; part += doubles_a_vector) {
            doubles value = 0, size = 0;
            for (ptrdiff_t j = 0; j < width; j++) {
                const doubles x = load(features + 8 * j + part), y = weights[c * weight_stride + j];
                // The sum of what the terms are once rounded, so that a witness is not judged by a better sum.
                const doubles term = x * y;
                value = value + term;
                size = size + larger(term, -term);
            }
            store(products + 8 * c + part, value);
            store(sizes + 8 * c + part, size);
        }
    for (int part = 0; part < 8; part += doubles_a_vector) {
        doubles least = __builtin_inf();
        for (ptrdiff_t c = 0; c < classes; c++) {
            if (c == own) continue;
            const doubles scale = load(sizes + 8 * own + part) + load(sizes + 8 * c + part);
            doubles margin = (load(products + 8 * own + part) - load(products + 8 * c + part)) / scale;
            // 0/0 (no weight touches the constraint) and infinite weights: not satisfied. A NaN would vanish below.
            margin = margin != margin ? (doubles)-1 : margin;
            least = smaller(least, margin);
        }
        store(margins + part, least);
    }
}

static void rival_bounds(const double *restrict features, ptrdiff_t stride, ptrdiff_t width,
                         const double *restrict direction, const double *restrict own, const double *restrict score,
                         ptrdiff_t places, double *restrict rates, double *restrict most, double *restrict least) {
    doubles greatest = 0, smallest = 0;
    for (ptrdiff_t i = 0; i < places; i += doubles_a_vector) {
        doubles rate = 0;
        for (ptrdiff_t j = 0; j < width; j++) rate = rate + load(features + j * stride + i) * direction[j];
        store(rates + i, rate);
        const doubles gap = load(own + i) - load(score + i);
        // A gap of 0 is the class's own point; an infinite one, a point that is not added.
        const doubles share = gap == 0 ? (doubles)0 : -rate / gap;
        greatest = larger(greatest, share);
        smallest = smaller(smallest, share);
    }
    *most = *least = 0;
    for (int lane = 0; lane < doubles_a_vector; lane++) {
        if (greatest[lane] > *most) *most = greatest[lane];
        if (smallest[lane] < *least) *least = smallest[lane];
    }
}
