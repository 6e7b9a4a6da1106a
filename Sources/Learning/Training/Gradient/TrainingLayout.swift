import Networks

/// Where each parameter of a network stands while it is trained.
///
/// First come the first layer's weights for the input columns that training points touch, as `SparseLayer` wants them:
/// strip x column x unit of the strip, columns filled up to pairs and units to strips. Then everything from the first
/// layer's biases on, as in the network's own layout. Last the first layer's weights for untouched columns, units x
/// columns: no pass reads them and their gradient is zero, but a rule may move them, as weight decay does. Places that
/// are no parameter hold zero.
struct TrainingLayout {
    let architecture: Architecture
    let layers: [Architecture.Layer]
    let columns: InputColumns
    /// Floats of one strip of the first layer.
    let stripSize: Int
    /// Floats that a parameter vector needs; it has whole strips of sixteen.
    let count: Int
    /// What takes a parameter's place in the network's layout to its place here, from the first biases on.
    private let shift: Int
    private let untouchedStart: Int

    init(_ architecture: Architecture, columns: InputColumns) {
        self.architecture = architecture
        self.columns = columns
        layers = architecture.layers
        let units = layers[0].outputs
        stripSize = (columns.touched.count + 1) / 2 * 2 * SparseLayer.stripWidth
        let strips = (units + SparseLayer.stripWidth - 1) / SparseLayer.stripWidth
        // Matrices keep the alignment that they have in the network's own layout.
        let vector = SparseLayer.Vector.scalarCount
        let restStart = strips * stripSize + layers[0].biasOffset % vector
        shift = restStart - layers[0].biasOffset
        untouchedStart = restStart + architecture.parameterCount - layers[0].biasOffset
        count = untouchedStart + units * columns.untouched.count
    }

    /// Where a layer's weights begin: row-major, but for the first layer, whose strips begin there.
    func weights(of layer: Int) -> Int { layer == 0 ? 0 : layers[layer].weightOffset + shift }

    func biases(of layer: Int) -> Int { layers[layer].biasOffset + shift }

    /// The parameters of a network as a vector.
    ///
    /// - Parameter parameters: in the network's own layout.
    func vector(of parameters: [Float]) -> ParameterVector {
        let vector = ParameterVector(zeros: self)
        let places = vector.places
        forEachPlace { places[$1] = parameters[$0] }
        return vector
    }

    /// A vector's entries in the network's own layout.
    func parameters(of vector: ParameterVector) -> [Float] {
        var parameters = [Float](repeating: 0, count: architecture.parameterCount)
        let places = vector.places
        forEachPlace { parameters[$0] = places[$1] }
        return parameters
    }

    /// Every parameter's place in the network's own layout, and its place here.
    private func forEachPlace(_ body: (_ own: Int, _ here: Int) -> Void) {
        let first = layers[0]
        for unit in 0..<first.outputs {
            let row = first.row(unit).lowerBound
            let (strip, offset) = unit.quotientAndRemainder(dividingBy: SparseLayer.stripWidth)
            for (place, column) in columns.touched.enumerated() {
                body(row + column, strip * stripSize + place * SparseLayer.stripWidth + offset)
            }
            for (place, column) in columns.untouched.enumerated() {
                body(row + column, untouchedStart + unit * columns.untouched.count + place)
            }
        }
        for own in first.biasOffset..<architecture.parameterCount { body(own, own + shift) }
    }
}
