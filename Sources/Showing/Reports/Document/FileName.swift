/// Names of folders and files that a report makes of what studies, measures and figures are called.
///
/// The names come from a results file, which anybody may have written: a study may be called `..`, and a figure `a/b`.
/// Each becomes one name within the folder in which it is made, and different ones become different ones.
enum FileName {
    /// `name` as the name of a report's folder: with all percent-encoded that is no letter, digit, hyphen, underscore
    /// or dot, and a dot at the start. So none is empty, a way up, a folder below, or hidden.
    ///
    /// Shipped reports lie in `reports/published`, where a report is written beside them unless another folder is
    /// named: a study of that name gets a folder of another.
    static func folder(of name: String) -> String {
        let encoded = part(name)
        guard let first = encoded.first else { return "%" }
        guard first == "." || encoded.lowercased() == "published" else { return encoded }
        return percent(first) + encoded.dropFirst()
    }

    /// `name` as a part of a file's name that has something before it.
    static func part(_ name: String) -> String {
        let encoded = percentEncoded(name, keeping: "-_.")
        // File systems take 255 bytes. Long names that differ late are told apart by a checksum.
        guard encoded.utf8.count > 120 else { return encoded }
        var short = encoded
        while short.utf8.count > 100 { short.removeLast() }
        return short + "~" + String(checksum(name), radix: 16)
    }

    /// Names that no file system mixes up, whether it knows capitals or not: one that is there already gets a number.
    static func distinct(_ names: [String], ending: String) -> [String] {
        var taken: Set<String> = []
        return names.map { name in
            var candidate = name
            var count = 1
            while !taken.insert(candidate.lowercased()).inserted {
                count += 1
                candidate = "\(name.dropLast(ending.count))-\(count)\(ending)"
            }
            return candidate
        }
    }

    private static func percent(_ character: Character) -> String {
        character.utf8.map { "%" + String($0, radix: 16, uppercase: true) }.joined()
    }

    /// FNV-1a (Fowler, Noll and Vo), 64 bits.
    private static func checksum(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
