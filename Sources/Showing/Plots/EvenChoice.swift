/// About `most` of so many places, evenly chosen and ascending; all where there are no more.
///
/// A place is taken where the fraction of it times the golden ratio is small: such fractions are spread evenly and fall
/// in step with no period, as every n-th place would with a grid's.
package func evenlyChosen(of count: Int, most: Int) -> [Int] {
    guard count > most else { return Array(0..<count) }
    let share = Double(most) / Double(count)
    return (0..<count).filter { (Double($0) * 0.618_033_988_749_894_9).truncatingRemainder(dividingBy: 1) < share }
}
