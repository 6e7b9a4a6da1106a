// Projections on orthonormal columns: products with four of them at a time, which share the loads of what is projected,
// over as many rows as stay in the first cache.

enum { rows_of_pass = 1024, together = 4 };

static inline __attribute__((always_inline)) void add_shares(const double *restrict basis, ptrdiff_t stride,
                                                            const double *restrict column, ptrdiff_t rows, int number,
                                                            double *restrict shares) {
    eight sums[together];
    for (int k = 0; k < number; k++)
        for (int i = 0; i < vectors_of_eight; i++) sums[k].part[i] = 0;
    ptrdiff_t row = 0;
    for (; row + 8 <= rows; row += 8)
        for (int i = 0; i < vectors_of_eight; i++) {
            const doubles value = load(column + row + i * doubles_a_vector);
            for (int k = 0; k < number; k++)
                sums[k].part[i] =
                    sums[k].part[i] + load(basis + k * stride + row + i * doubles_a_vector) * value;
        }
    for (int k = 0; k < number; k++) {
        double total = sum(sums[k]);
        for (ptrdiff_t rest = row; rest < rows; rest++) total = total + basis[k * stride + rest] * column[rest];
        shares[k] += total;
    }
}

static inline __attribute__((always_inline)) void take_shares(const double *restrict basis, ptrdiff_t stride,
                                                             double *restrict column, ptrdiff_t rows, int number,
                                                             const double *restrict shares) {
    ptrdiff_t row = 0;
    for (; row + doubles_a_vector <= rows; row += doubles_a_vector) {
        doubles value = load(column + row);
        for (int k = 0; k < number; k++) value = value - load(basis + k * stride + row) * shares[k];
        store(column + row, value);
    }
    for (; row < rows; row++) {
        double value = column[row];
        for (int k = 0; k < number; k++) value = value - basis[k * stride + row] * shares[k];
        column[row] = value;
    }
}

static void products(const double *restrict basis, ptrdiff_t rank, const double *restrict columns, ptrdiff_t number,
                     ptrdiff_t count, double *restrict shares) {
    for (ptrdiff_t i = 0; i < number * rank; i++) shares[i] = 0;
    for (ptrdiff_t start = 0; start < count; start += rows_of_pass) {
        const ptrdiff_t rows = count - start < rows_of_pass ? count - start : rows_of_pass;
        for (ptrdiff_t target = 0; target < number; target++) {
            const double *column = columns + target * count + start;
            double *own = shares + target * rank;
            ptrdiff_t k = 0;
            for (; k + together <= rank; k += together)
                add_shares(basis + k * count + start, count, column, rows, together, own + k);
            for (; k < rank; k++) add_shares(basis + k * count + start, count, column, rows, 1, own + k);
        }
    }
}

static void project(const double *restrict basis, ptrdiff_t rank, double *restrict columns, ptrdiff_t number,
                    ptrdiff_t count, double *restrict shares) {
    products(basis, rank, columns, number, count, shares);
    for (ptrdiff_t start = 0; start < count; start += rows_of_pass) {
        const ptrdiff_t rows = count - start < rows_of_pass ? count - start : rows_of_pass;
        for (ptrdiff_t target = 0; target < number; target++) {
            double *column = columns + target * count + start;
            const double *own = shares + target * rank;
            ptrdiff_t k = 0;
            for (; k + together <= rank; k += together)
                take_shares(basis + k * count + start, count, column, rows, together, own + k);
            for (; k < rank; k++) take_shares(basis + k * count + start, count, column, rows, 1, own + k);
        }
    }
}
