/// A straight piece of a line in a picture, in pixels.
struct Segment {
    var x1, y1, x2, y2: Double

    /// What of it lies within a frame (Liang and Barsky, ACM TOG 3, 1984); nil where nothing does.
    ///
    /// Ends that lie farther out than anyone could draw are moved to where differences still count.
    func clipped(_ horizontal: ClosedRange<Double>, _ vertical: ClosedRange<Double>) -> Segment? {
        guard ![x1, y1, x2, y2].contains(where: \.isNaN) else { return nil }
        func near(_ place: Double) -> Double { min(max(place, -1e12), 1e12) }
        let (x1, y1, x2, y2) = (near(x1), near(y1), near(x2), near(y2))
        let (dx, dy) = (x2 - x1, y2 - y1)
        var (first, last) = (0.0, 1.0)
        let borders = [
            (-dx, x1 - horizontal.lowerBound), (dx, horizontal.upperBound - x1), (-dy, y1 - vertical.lowerBound),
            (dy, vertical.upperBound - y1),
        ]
        for (speed, distance) in borders {
            if speed == 0 {
                if distance < 0 { return nil }
            } else if speed < 0 {
                first = max(first, distance / speed)
            } else {
                last = min(last, distance / speed)
            }
        }
        guard first <= last else { return nil }
        func inside(_ place: Double, _ range: ClosedRange<Double>) -> Double {
            min(max(place, range.lowerBound), range.upperBound)
        }
        return Segment(
            x1: inside(x1 + first * dx, horizontal), y1: inside(y1 + first * dy, vertical),
            x2: inside(x1 + last * dx, horizontal), y2: inside(y1 + last * dy, vertical))
    }

    /// As a path's description.
    var path: String { "M\(x1.svgText) \(y1.svgText)L\(x2.svgText) \(y2.svgText)" }
}
