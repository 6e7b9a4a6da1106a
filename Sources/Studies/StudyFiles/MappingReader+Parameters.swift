import Documents
import Parameters

extension MappingReader {
    /// What the mapping states of some parameters: each a key of its own. What is wrong is noted and left out.
    package func stated(_ parameters: [Parameter]) -> [String: ParameterValue] {
        var stated: [String: ParameterValue] = [:]
        for parameter in parameters { stated[parameter.name] = value(of: parameter) }
        return stated
    }

    private func value(of parameter: Parameter) -> ParameterValue? {
        if parameter.default == .required { require(parameter.name, parameter.summary) }
        guard let node = value(parameter.name) else { return nil }
        let value: ParameterValue? =
            switch parameter.kind {
            case .integer: node.integer.map(ParameterValue.integer)
            case .number: node.number.map(ParameterValue.number)
            case .choice: node.text.map(ParameterValue.word)
            case .flag: node.text.flatMap { Bool($0) }.map(ParameterValue.flag)
            }
        guard let value else {
            complain(parameter.name, "must be \(parameter.kind.text), not \(node.kind)")
            return nil
        }
        if let problem = parameter.problem(with: value) {
            complain(parameter.name, problem)
            return nil
        }
        return value
    }
}
