import Documents
import Definitions
import StudyFiles

/// A small study file that is right in all its parts.
public let exampleText = """
    name: toy
    title: A toy
    data: {dataset: mnist, training_points: 250}
    network: {hidden: [64, 8]}
    training: {learning_rate: 0.1, batch_size: 64, epochs: 500}
    population: {seeds: 0-9}
    measures: [test_accuracy, pair_proxy]
    """

public func read(_ text: String, path: String = "toy.yml") throws -> StudySpecification {
    try StudyFile(text: text, path: path).specification
}

/// The example with another population, and perhaps another training; the keys of each without braces.
public func example(
    population: String, training: String = "learning_rate: 0.1, batch_size: 64, epochs: 500"
) -> String {
    exampleText.replacing("seeds: 0-9", with: population)
        .replacing("learning_rate: 0.1, batch_size: 64, epochs: 500", with: training)
}

public func readExample(
    population: String, training: String = "learning_rate: 0.1, batch_size: 64, epochs: 500"
) throws -> StudySpecification {
    try read(example(population: population, training: training))
}

/// What is wrong with a text, each with its line; empty when it is right.
public func problems(_ text: String) throws -> [String] {
    do {
        _ = try read(text)
        return []
    } catch let error as DocumentError {
        return error.problems.map { "\($0.line): \($0.message)" }
    }
}

/// The problems of the example with one of its lines replaced.
public func problems(replacing line: String, with replacement: String) throws -> [String] {
    precondition(exampleText.contains(line))
    return try problems(exampleText.replacing(line, with: replacement))
}
