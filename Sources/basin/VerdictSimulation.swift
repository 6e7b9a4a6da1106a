import Analysis
import Dispatch
import Foundation
import Simulation
import Statistics
import Synchronization

/// Many studies of simulated worlds, judged on all processors. What comes out does not depend on how many there are.
struct VerdictSimulation {
    /// Studies of one world with one number of networks.
    struct Setting {
        let world: SimulatedWorld
        let networks: Int
    }

    let settings: [Setting]
    /// Of each setting.
    let studies: Int
    let effect: Double
    /// Of the first study; the others follow.
    let seed: UInt64

    /// A world that cannot have a number of networks has the nearest one, once.
    init(worlds: [SimulatedWorld], models: [Int], studies: Int, effect: Double, seed: UInt64) {
        settings = worlds.flatMap { world in
            var seen: Set<Int> = []
            return models.map(world.networks).filter { seen.insert($0).inserted }.map {
                Setting(world: world, networks: $0)
            }
        }
        (self.studies, self.effect, self.seed) = (studies, effect, seed)
    }

    /// The rates of each setting.
    ///
    /// - Parameter progress: called with the number of studies that are judged, of all settings, from any thread.
    func rates(progress: @escaping @Sendable (_ done: Int, _ all: Int) -> Void) -> [VerdictRates] {
        let empty = settings.map { _ in VerdictRates() }
        var rule = VerdictRule()
        // Words alone are counted, and they are the same.
        rule.showsBackground = false
        let judge = rule
        let total = Mutex(empty)
        let all = settings.count * studies
        let next = Atomic(0)
        let done = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: max(1, ProcessInfo.processInfo.activeProcessorCount)) { _ in
            var rates = empty
            while true {
                let item = next.add(1, ordering: .relaxed).oldValue
                guard item < all else { break }
                let setting = settings[item / studies]
                let study = setting.world.study(
                    models: setting.networks, effect: effect, seed: seed &+ UInt64(item % studies))
                rates[item / studies].add(study, judgedBy: judge)
                progress(done.add(1, ordering: .relaxed).newValue, all)
            }
            total.withLock { total in
                for index in total.indices { total[index].merge(rates[index]) }
            }
        }
        return total.withLock(\.self)
    }
}
