/// A number with its noun: "1 network", "2 networks".
/// - Parameter noun: one whose plural has an s more.
public func counted(_ count: Int, _ noun: String) -> String { count == 1 ? "1 \(noun)" : "\(count) \(noun)s" }

/// The same of a noun in the plural: "1 network" for 1 of "networks".
public func counted(_ count: Int, of nouns: String) -> String { counted(count, String(nouns.dropLast())) }
