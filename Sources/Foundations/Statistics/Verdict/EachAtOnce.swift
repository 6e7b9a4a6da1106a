import Dispatch
import Glibc
import Synchronization

/// Applies a function to each element, on several threads at a time; results stand in the order of the elements,
/// whatever the number of threads.
///
/// - Parameter bytes: what one call holds at its largest. Together they hold 512 MiB at most, or one call does alone.
package func eachAtOnce<Element: Sendable, Result: Sendable>(
    _ elements: [Element], holding bytes: Int, _ transform: @Sendable (Element) -> Result
) -> [Result] {
    let most = min(sysconf(Int32(_SC_NPROCESSORS_ONLN)), max(1, (1 << 29) / max(bytes, 1)))
    guard most > 1, elements.count > 1 else { return elements.map(transform) }
    let results = Mutex([Result?](repeating: nil, count: elements.count))
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: min(most, elements.count)) { _ in
        while true {
            let index = next.add(1, ordering: .relaxed).oldValue
            guard index < elements.count else { break }
            let result = transform(elements[index])
            results.withLock { $0[index] = result }
        }
    }
    return results.withLock { $0.compactMap(\.self) }
}
