extension Network {
    /// The same function with other weights: a hidden layer's weights and biases times `factor`, the next layer's
    /// weights divided by it.
    ///
    /// An activation passes a positive factor through, so every logit stays as it is: exactly for a power of two that
    /// neither overflows nor underflows, else up to rounding. Source: Dinh et al., arXiv 1703.04933; in Bennett,
    /// arXiv 2605.05209, layer 1 gives T_beta and layer 2 gives T_gamma.
    ///
    /// - Parameter layer: counted from 1, the first hidden one.
    /// - Precondition: there is such a hidden layer; `factor` is positive and finite.
    public func rescaled(layer: Int, by factor: Float) -> Network {
        let layers = architecture.layers
        precondition(layer >= 1 && layer < layers.count, "a hidden layer is rescaled")
        precondition(factor > 0 && factor.isFinite, "a positive factor passes an activation")
        var result = self
        let (own, next) = (layers[layer - 1], layers[layer])
        for index in own.weightOffset..<own.biases.upperBound { result.parameters[index] *= factor }
        for index in next.weights { result.parameters[index] /= factor }
        return result
    }
}
