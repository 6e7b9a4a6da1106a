/// An error in what was asked for or handed over: a wrong name, a broken file, a folder that cannot be written.
///
/// Its description tells a person what is wrong, where (file, offset, line, key) and what to do. The command prints it
/// and exits with its status; every other error counts as failed work and exits with status 1.
public protocol RequestError: Error, CustomStringConvertible {
    /// 2, unless what was asked for is right and the work fails for what lies on the disk: 1.
    var exitStatus: Int32 { get }
}

extension RequestError {
    public var exitStatus: Int32 { 2 }
}
