import Definitions
import Documents
import Parameters

extension MappingReader {
    /// What the mapping states of some parameters: each a key of its own. What is wrong is noted and left out.
    package func stated(_ parameters: [Parameter]) -> [String: ParameterValue] {
        parameters.reduce(into: [:]) { stated, parameter in stated[parameter.name] = value(of: parameter) }
    }

    /// Settings that the mapping may leave out.
    func settings(_ parameters: [Parameter]) -> OptionalSettings {
        // What is wrong with a value has been noted.
        (try? OptionalSettings(parameters, stated: stated(parameters))) ?? OptionalSettings(parameters)
    }

    private func value(of parameter: Parameter) -> ParameterValue? {
        if parameter.default == .required { require(parameter.name, parameter.summary) }
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
}
