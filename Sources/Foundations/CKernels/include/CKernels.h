// The loops that cost most of a study's time, once for each instruction set: `Kernels` chooses and documents.

#ifndef BASIN_KERNELS_H
#define BASIN_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/// A constraint that a step meets: the block and class, the lane, and the slack and how fast it shrinks.
typedef struct {
    ptrdiff_t cell;
    ptrdiff_t lane;
    double slack;
    double rate;
} basin_blocking;

typedef struct {
    /// "avx512", "avx2", "sse2" or "neon".
    const char *name;

    /// The entries of `count` points, at most 128, sorted by pair, ascending by point within each: of pair p, `rows` (the
    /// point's place among these) and `sorted` (x and y) from starts[p] up to starts[p + 1]. Point i's entries are
    /// begins[i] ..< begins[i + 1] of `pairs` and `values`, and presence (points x pairs) is 1 where it has one.
    /// `noise`, if not NULL, is added: count x pairs, x and y.
    void (*sort_entries)(const ptrdiff_t *points, ptrdiff_t count, const ptrdiff_t *begins, const uint8_t *presence,
                         const int32_t *pairs, const float *values, const float *noise, ptrdiff_t pair_count,
                         int32_t *starts, int32_t *rows, float *sorted);
    /// sums[row] += x · weights[2 pair] + y · weights[2 pair + 1] for the entries (row, x, y) of pairs first ..< last;
    /// rows of `sums` and columns of `weights` have 64 numbers.
    void (*add_products)(const float *weights, ptrdiff_t first, ptrdiff_t last, const int32_t *starts,
                         const int32_t *rows, const float *values, float *sums);
    /// weights[2 pair] += factor · Σ x · delta[row], weights[2 pair + 1] += factor · Σ y · delta[row].
    void (*add_outer_products)(const float *delta, ptrdiff_t pairs, const int32_t *starts, const int32_t *rows,
                               const float *values, float factor, float *weights);

    /// Of blocks of eight points, features blocks x width x 8: scores (blocks x classes x 8) of classes with weights
    /// (classes - 1) x width; class 0 scores 0. `blocks` is a multiple of three.
    void (*scores)(const double *features, const double *weights, ptrdiff_t blocks, ptrdiff_t width,
                   ptrdiff_t classes, double *scores);
    /// Of blocks as for `scores`, each of one class's points: slacks (blocks x classes x 8) += step · rates, at least
    /// 1e-12; rates ← those along `edge`, whose objective grows by `objective`; the constraint of a rate below
    /// -tolerance that is met first. Its cell is -1 where there is none. `blocks` is a multiple of three.
    basin_blocking (*ratio_test)(const double *features, const ptrdiff_t *class_of_block, ptrdiff_t blocks,
                                 ptrdiff_t width, ptrdiff_t classes, double *slacks, double *rates,
                                 const double *edge, double step, double objective, double tolerance);
    /// (v_winner - v_loser) · row + objective · v[weight_count] for each of `size` vectors of `stride` numbers;
    /// `row` has a multiple of eight numbers.
    void (*respond)(const double *vectors, ptrdiff_t stride, ptrdiff_t size, ptrdiff_t winner, ptrdiff_t loser,
                    const double *row, ptrdiff_t width, double objective, ptrdiff_t weight_count, double *out);
    /// Scales edge q by 1/response[q], takes response[p] times it from every other edge p, and keeps |edge|² and the
    /// edge's last coordinate.
    void (*exchange)(double *edges, ptrdiff_t stride, ptrdiff_t size, ptrdiff_t q, const double *response,
                     double *norms, double *gains, ptrdiff_t weight_count);
    /// target[p] -= response[p] · source for each p.
    void (*subtract)(double *target, ptrdiff_t stride, ptrdiff_t size, const double *response, const double *source);
    /// |v|² of each of `size` vectors.
    void (*square_norms)(const double *vectors, ptrdiff_t stride, ptrdiff_t size, double *norms);
    /// The slot of the largest gain²/norm, free ones (-1) counting a thousandfold and both ways; -1 where none is above
    /// 1e-18. `count` is a multiple of eight.
    ptrdiff_t (*entering_slot)(const double *gains, const double *norms, const ptrdiff_t *slots, ptrdiff_t count);
    /// For each lane of a block: the least (z_own - z_c)/(|z|_own + |z|_c) over classes, not a number counting as -1.
    /// `work` has room for 16 x classes numbers.
    void (*relative_margins)(const double *features, const double *weights, ptrdiff_t width, ptrdiff_t weight_stride,
                             ptrdiff_t classes, ptrdiff_t own, double *work, double *margins);
    /// rates ← features · direction (width x stride), and the most and the least of -rate/(own - score) over places
    /// where these differ, 0 among them. `places` is a multiple of eight.
    void (*rival_bounds)(const double *features, ptrdiff_t stride, ptrdiff_t width, const double *direction,
                         const double *own, const double *score, ptrdiff_t places, double *rates, double *most,
                         double *least);

    /// shares (number x rank) ← the products of each of `number` columns with `rank` others, `basis`; all have `count`
    /// numbers and lie one after the other.
    void (*products)(const double *basis, ptrdiff_t rank, const double *columns, ptrdiff_t number, ptrdiff_t count,
                     double *shares);
    /// Takes from each of `number` columns what `rank` orthonormal ones explain of it, and leaves their products in
    /// `shares`.
    void (*project)(const double *basis, ptrdiff_t rank, double *columns, ptrdiff_t number, ptrdiff_t count,
                    double *shares);

    /// The four words of Philox4x32-10 for counters (position, thread + i), i < count.
    void (*philox)(uint64_t key, uint64_t position, uint64_t thread, ptrdiff_t count, uint32_t *words0,
                   uint32_t *words1, uint32_t *words2, uint32_t *words3);
} basin_kernels;

/// The loops for an instruction set; NULL where this machine or build has none of that name.
const basin_kernels *basin_kernels_named(const char *name);

#endif
