import CGSL

/// The t that a two-sided interval at `level` reaches to: P(|T| ≤ t) = level for Student's T.
///
/// `gsl_cdf_tdist_Pinv` is good to eight digits; Newton's method on the tail that `studentPValue` has to 1e-13 gives
/// the rest.
func studentQuantile(level: Double, degreesOfFreedom: Double) -> Double {
    var t = gsl_cdf_tdist_Pinv((1 + level) / 2, degreesOfFreedom)
    for _ in 0..<3 {
        let density = gsl_ran_tdist_pdf(t, degreesOfFreedom)
        let step = (studentPValue(t: t, degreesOfFreedom: degreesOfFreedom) - (1 - level)) / (2 * density)
        guard step.isFinite else { break }
        t += step
    }
    return t
}
