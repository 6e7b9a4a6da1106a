/// A straight piece of a line in a picture, in pixels.
struct Segment {
    var x1, y1, x2, y2: Double

    /// What of it lies within a frame (Liang and Barsky, ACM TOG 3, 1984); nil where nothing does.
    func clipped(_ horizontal: ClosedRange<Double>, _ vertical: ClosedRange<Double>) -> Segment? {
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
        return Segment(x1: x1 + first * dx, y1: y1 + first * dy, x2: x1 + last * dx, y2: y1 + last * dy)
    }

    /// As a path's description.
    var path: String { "M\(x1.svgText) \(y1.svgText)L\(x2.svgText) \(y2.svgText)" }
}
