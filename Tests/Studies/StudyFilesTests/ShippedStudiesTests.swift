import Foundation
import Definitions
import StudyFiles
import TestSupport
import Testing

/// The files in `studies/` of this package.
@Suite struct ShippedStudiesTests {
    @Test("Every shipped study is right, called after its file, and states title, source and cost in a line each")
    func allAreRight() throws {
        let files = StudyLocator(folders: [shippedStudies]).all()
        #expect(files.map(\.name).sorted() == shippedDigests.keys.sorted())
        for (name, path) in files {
            let study = try StudyFile(path: path).specification
            #expect(study.name == name)
            #expect(try study.definition.digest() == shippedDigests[name], "\(name)")
            for text in [study.title, study.source, study.cost] {
                #expect(!text.isEmpty && !text.contains("\n"))
            }
        }
    }

    @Test("The two pair-proxy studies differ in the data set and in where the record's probes begin, only")
    func samePairProxyStudy() throws {
        let locator = StudyLocator(folders: [shippedStudies])
        var mnist = try StudyFile(path: locator.path(of: "pair-proxy-mnist")).specification.definition
        var fashion = try StudyFile(path: locator.path(of: "pair-proxy-fashion-mnist")).specification.definition
        #expect(mnist.configurations.map(\.seeds) == [Array(0...99)])
        #expect(mnist.configurations[0].network.architecture(inputs: 784, classes: 10).description == "784-64-8-10")
        for definition in [mnist, fashion] {
            let trace = definition.measures.first { $0.measure == "hessian_trace_hutchinson" }
            // Every epoch of 250 points moves the generator by 256.
            let offset = try #require(trace?.options["offset"]?.integer, "the record's probes have no offset")
            #expect(offset % 256 == 0)
        }
        #expect(
            mnist.configurations[0].data.dataset == "mnist" && fashion.configurations[0].data.dataset == "fashion-mnist"
        )
        fashion.configurations[0].data.dataset = "mnist"
        let isSettled = { (measure: MeasureSpecification) in measure.measure != "hessian_trace_hutchinson" }
        mnist.measures.removeAll { !isSettled($0) }
        fashion.measures.removeAll { !isSettled($0) }
        #expect(mnist == fashion)
    }
}
