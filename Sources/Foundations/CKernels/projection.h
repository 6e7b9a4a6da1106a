// Projections on orthonormal columns: four of them with two of those that are projected at a time, so that each number
// that is loaded has several products, over as many rows as stay in the first cache.

enum { rows_of_pass = 512, basis_together = 4, columns_together = 2 };

/// shares[t rank + k] += the products of `columns` columns with `number` of the basis over some rows.
static inline __attribute__((always_inline)) void add_shares(const double *restrict basis,
                                                            const double *restrict column, ptrdiff_t stride,
                                                            ptrdiff_t rows, int number, int columns, ptrdiff_t rank,
                                                            double *restrict shares) {
    eight sums[columns_together][basis_together];
    const ptrdiff_t whole = rows / 8 * 8;
    for (int i = 0; i < vectors_of_eight; i++) {
        doubles part[columns_together][basis_together];
        for (int t = 0; t < columns; t++)
            for (int k = 0; k < number; k++) part[t][k] = 0;
        for (ptrdiff_t row = i * doubles_a_vector; row < whole; row += 8) {
            doubles value[columns_together];
            for (int t = 0; t < columns; t++) value[t] = load(column + t * stride + row);
            for (int k = 0; k < number; k++) {
                const doubles x = load(basis + k * stride + row);
                for (int t = 0; t < columns; t++) part[t][k] = part[t][k] + x * value[t];
            }
        }
        for (int t = 0; t < columns; t++)
            for (int k = 0; k < number; k++) sums[t][k].part[i] = part[t][k];
    }
    for (int t = 0; t < columns; t++)
        for (int k = 0; k < number; k++) {
            double total = sum(sums[t][k]);
            for (ptrdiff_t row = whole; row < rows; row++)
                total = total + basis[k * stride + row] * column[t * stride + row];
            shares[t * rank + k] += total;
        }
}

/// Takes shares[t rank + k] times `number` columns of the basis from each of `columns` columns, over some rows.
static inline __attribute__((always_inline)) void take_shares(const double *restrict basis, double *restrict column,
                                                             ptrdiff_t stride, ptrdiff_t rows, int number,
                                                             int columns, ptrdiff_t rank,
                                                             const double *restrict shares) {
    ptrdiff_t row = 0;
    for (; row + doubles_a_vector <= rows; row += doubles_a_vector) {
        doubles value[columns_together];
        for (int t = 0; t < columns; t++) value[t] = load(column + t * stride + row);
        for (int k = 0; k < number; k++) {
            const doubles x = load(basis + k * stride + row);
            for (int t = 0; t < columns; t++) value[t] = value[t] - x * shares[t * rank + k];
        }
        for (int t = 0; t < columns; t++) store(column + t * stride + row, value[t]);
    }
    for (; row < rows; row++)
        for (int t = 0; t < columns; t++) {
            double value = column[t * stride + row];
            for (int k = 0; k < number; k++) value = value - basis[k * stride + row] * shares[t * rank + k];
            column[t * stride + row] = value;
        }
}

static inline __attribute__((always_inline)) void shares_of_pass(const double *restrict basis, ptrdiff_t rank,
                                                                const double *restrict column, ptrdiff_t stride,
                                                                ptrdiff_t rows, int columns,
                                                                double *restrict shares) {
    ptrdiff_t k = 0;
    for (; k + basis_together <= rank; k += basis_together)
        add_shares(basis + k * stride, column, stride, rows, basis_together, columns, rank, shares + k);
    for (; k < rank; k++) add_shares(basis + k * stride, column, stride, rows, 1, columns, rank, shares + k);
}

static inline __attribute__((always_inline)) void rest_of_pass(const double *restrict basis, ptrdiff_t rank,
                                                              double *restrict column, ptrdiff_t stride,
                                                              ptrdiff_t rows, int columns,
                                                              const double *restrict shares) {
    ptrdiff_t k = 0;
    for (; k + basis_together <= rank; k += basis_together)
        take_shares(basis + k * stride, column, stride, rows, basis_together, columns, rank, shares + k);
    for (; k < rank; k++) take_shares(basis + k * stride, column, stride, rows, 1, columns, rank, shares + k);
}

static void products(const double *restrict basis, ptrdiff_t rank, const double *restrict columns, ptrdiff_t number,
                     ptrdiff_t count, double *restrict shares) {
    for (ptrdiff_t i = 0; i < number * rank; i++) shares[i] = 0;
    for (ptrdiff_t start = 0; start < count; start += rows_of_pass) {
        const ptrdiff_t rows = count - start < rows_of_pass ? count - start : rows_of_pass;
        ptrdiff_t t = 0;
        for (; t + columns_together <= number; t += columns_together)
            shares_of_pass(basis + start, rank, columns + t * count + start, count, rows, columns_together,
                           shares + t * rank);
        for (; t < number; t++)
            shares_of_pass(basis + start, rank, columns + t * count + start, count, rows, 1, shares + t * rank);
    }
}

static void project(const double *restrict basis, ptrdiff_t rank, double *restrict columns, ptrdiff_t number,
                    ptrdiff_t count, double *restrict shares) {
    products(basis, rank, columns, number, count, shares);
    for (ptrdiff_t start = 0; start < count; start += rows_of_pass) {
        const ptrdiff_t rows = count - start < rows_of_pass ? count - start : rows_of_pass;
        ptrdiff_t t = 0;
        for (; t + columns_together <= number; t += columns_together)
            rest_of_pass(basis + start, rank, columns + t * count + start, count, rows, columns_together,
                         shares + t * rank);
        for (; t < number; t++)
            rest_of_pass(basis + start, rank, columns + t * count + start, count, rows, 1, shares + t * rank);
    }
}
