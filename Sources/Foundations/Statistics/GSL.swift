import CGSL

/// What GSL needs before the first call that may report an error.
enum GSL {
    /// Its default error handler ends the process; without one, functions return a status instead.
    ///
    /// A static constant is initialised once, whichever thread comes first. GSL's handler is one global variable,
    /// so each function here that calls into GSL's workspaces or generators touches this before.
    static let handlesErrorsQuietly: Bool = {
        gsl_set_error_handler_off()
        return true
    }()

    /// The version of the library that is linked, such as "2.7.1".
    static var version: String {
        String(cString: basin_gsl_version())
    }
}

/// The version of GSL that computes what this module returns, for a run's provenance.
public var gslVersion: String { GSL.version }
