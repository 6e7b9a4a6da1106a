#pragma once
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_fit.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_spline.h>
#include <gsl/gsl_statistics.h>
#include <gsl/gsl_multifit.h>
#include <gsl/gsl_version.h>

// GSL declares these three without const, as if they could change; they never do. Swift 6 may only read them so.
static inline const gsl_rng_type *basin_gsl_mt19937(void) { return gsl_rng_mt19937; }
static inline const gsl_interp_type *basin_gsl_cspline(void) { return gsl_interp_cspline; }
static inline const char *basin_gsl_version(void) { return gsl_version; }
