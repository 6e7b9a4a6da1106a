import Datasets
import Foundation
import TestSupport
import Testing

@Suite struct DataAddCommandTests {
    /// Small data whose labels go from `first` on, by EMNIST's names.
    private func place(labelsFrom first: UInt8) throws -> Workplace {
        let place = try Workplace(networks: 1)
        let data = try place.folder.makeFolder("data/letters")
        for (file, array) in SyntheticImages().arrays {
            let isLabels = array.shape.count == 1
            let moved = isLabels ? IDXArray(shape: array.shape, elements: array.elements.map { $0 + first }) : array
            let name = file.name.replacing("t10k", with: "test")
            try moved.write(to: "\(data)/letters-\(name).gz", compression: .gzip)
        }
        try place.writeStudy("other", networks: 1, dataset: "letters")
        return place
    }

    @Test("Labels that begin at 1 are refused with what to do, and taken once the classes are stated")
    func labels() throws {
        let place = try place(labelsFrom: 1)
        let environment = ["BASIN_DATASETS": place.folder("data")]
        let refused = try place.basin("run", "other", environment: environment)
        #expect(refused.status == 2 && refused.errors.contains("data add FOLDER --classes 5"), "\(refused)")
        let added = try place.basin("data", "add", "data/letters", "--classes", "5", "--title", "Let\"ters")
        #expect(added.status == 0, "\(added)")
        #expect(try place.basin("data", "verify", "letters", environment: environment).status == 0)
        #expect(try place.basin("run", "other", environment: environment).status == 0)
        #expect(try place.basin("data", "fetch", "letters").errors.contains("no address of 'letters'"))
        let again = try place.basin("data", "add", "data/letters", "--classes", "5")
        #expect(again.status == 2 && again.errors.contains("has an entry 'letters' already"), "\(again)")
    }

    @Test("A folder without all files is refused by the names of those that it lacks")
    func missing() throws {
        let place = try place(labelsFrom: 0)
        try FileManager.default.removeItem(atPath: place.folder("data/letters/letters-test-labels-idx1-ubyte.gz"))
        let answer = try place.basin("data", "add", "data/letters")
        #expect(answer.status == 2 && answer.errors.contains("t10k-labels-idx1-ubyte"), "\(answer)")
    }
}
