import Documents
import Parameters

extension MappingReader {
    /// What a mapping states of a parameter; nil where it says nothing, or what the parameter cannot be.
    func value(of parameter: Parameter) -> ParameterValue? {
        switch parameter.kind {
        case .integer(let range, _):
            guard let value = integer(parameter.name, in: range).map(ParameterValue.integer) else { return nil }
            guard let problem = parameter.problem(with: value) else { return value }
            complain(parameter.name, problem)
            return nil
        case .number(let range):
            return number(parameter.name, parameter.kind.text, where: range.contains).map(ParameterValue.number)
        case .choice(let words): return choice(parameter.name, among: words).map(ParameterValue.word)
        case .flag: return flag(parameter.name).map(ParameterValue.flag)
        }
    }

    /// What a mapping states of some parameters, by name.
    func values(of parameters: [Parameter]) -> [String: ParameterValue] {
        for parameter in parameters where parameter.default == .required {
            require(parameter.name, parameter.text)
        }
        return parameters.reduce(into: [:]) { stated, parameter in stated[parameter.name] = value(of: parameter) }
    }
}
