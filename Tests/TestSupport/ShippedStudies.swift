import Foundation

/// The folder of the studies that this package ships.
public let shippedStudies = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(path: "studies").path
