/// The version of the package, as CHANGELOG.md and CITATION.cff have it.
public let basinVersion = "0.1.0"
