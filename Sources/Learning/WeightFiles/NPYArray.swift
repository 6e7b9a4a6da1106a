import Diagnostics
import Networks

/// NumPy's format of one array: a magic word, a header that is a Python dictionary, then the numbers
/// (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html, versions 1 to 3).
enum NPYArray {
    static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

    /// Why an array cannot be read, a predicate.
    struct Failure: Error {
        let reason: String
    }

    static func tensor(_ bytes: [UInt8], name: String) throws(Failure) -> StoredTensor {
        let reader = ByteReader(bytes: bytes[...])
        guard bytes.starts(with: magic), let version = reader.integer(at: 6, size: 1) else {
            throw Failure(reason: "is no NumPy array")
        }
        // The header's length has 2 bytes in version 1, and 4 since.
        let width = version == 1 ? 2 : 4
        guard (1...3).contains(version), let length = reader.count(at: 8, size: width),
            let text = reader.slice(at: 8 + width, count: length).flatMap({ String(validating: $0, as: UTF8.self) }),
            let header = NPYHeader(text)
        else { throw Failure(reason: "has no header that NumPy writes: save it anew") }
        let data = bytes[(8 + width + length)...]
        let (type, isBigEndian) = type(of: header.type)
        if let type {
            guard StoredTensor.byteCount(shape: header.shape, size: type.size) == data.count else {
                throw Failure(
                    reason:
                        "has \(data.count) bytes of numbers, which are not those of \(header.type) \(header.shape): "
                        + "save it anew")
            }
        }
        return StoredTensor(
            name: name, shape: header.shape, type: type, typeName: "NumPy's \(header.type)",
            isColumnMajor: header.isColumnMajor, isBigEndian: isBigEndian, bytes: data)
    }

    /// "<f4": the order of bytes, the kind, the size.
    private static func type(of name: String) -> (TensorType?, isBigEndian: Bool) {
        let type: TensorType? =
            switch name.dropFirst() {
            case "f8": .float64
            case "f4": .float32
            case "f2": .float16
            default: nil
            }
        switch name.first {
        // "=" is the order of the machine that wrote it; NumPy itself writes one of the others.
        case "<", "=", "|": return (type, false)
        case ">": return (type, true)
        default: return (nil, false)
        }
    }
}

/// What the header says: {'descr': '<f4', 'fortran_order': False, 'shape': (64, 784), }.
private struct NPYHeader {
    let type: String
    let isColumnMajor: Bool
    let shape: [Int]

    /// Nil for what NumPy does not write. Of a type with named fields only that it has them.
    init?(_ text: String) {
        guard let order = Self.value("fortran_order", in: text), let described = Self.value("descr", in: text),
            let shape = Self.value("shape", in: text), shape.first == "(", let end = shape.firstIndex(of: ")")
        else { return nil }
        if order.hasPrefix("True") {
            isColumnMajor = true
        } else if order.hasPrefix("False") {
            isColumnMajor = false
        } else {
            return nil
        }
        if let quote = described.first, quote == "'" || quote == "\"" {
            type = String(described.dropFirst().prefix { $0 != quote })
        } else {
            type = "record type"
        }
        let sides = shape[shape.index(after: shape.startIndex)..<end].split(separator: ",")
            .map { $0.filter { $0 != " " } }.filter { !$0.isEmpty }
        self.shape = sides.compactMap { Int($0) }
        guard self.shape.count == sides.count, self.shape.allSatisfy({ $0 >= 0 }) else { return nil }
    }

    /// What follows a key and its colon.
    private static func value(_ key: String, in text: String) -> Substring? {
        guard let found = text.firstRange(of: "'\(key)':") else { return nil }
        return text[found.upperBound...].drop { $0 == " " }
    }
}
