import Datasets
import Foundation
import Testing

@Suite struct PackageFolderTests {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    /// A package with a build folder, and another folder to work in, each with a `studies` folder.
    func surroundings(workingIn working: String) throws -> Surroundings {
        for file in [
            "package/Package.swift", "package/studies/shipped.yml", "package/studies/both.yml",
            "package/.build/release/basin", "here/studies/own.yml", "here/studies/both.yml", "here/studies/notes.txt",
        ] { _ = try folder.write("text of \(file)", to: file) }
        return Surroundings(
            variables: [:], workingDirectory: "\(folder.path)/\(working)",
            executable: "\(folder.path)/package/.build/release/basin")
    }

    @Test("The working directory's folder comes before that of the executable's package")
    func order() throws {
        let studies = PackageFolder(named: "studies", in: try surroundings(workingIn: "here"))
        #expect(studies.paths == ["\(folder.path)/here/studies", "\(folder.path)/package/studies"])
        #expect(studies.path(of: "both.yml") == "\(folder.path)/here/studies/both.yml")
        #expect(studies.path(of: "shipped.yml") == "\(folder.path)/package/studies/shipped.yml")
        #expect(studies.path(of: "none.yml") == nil)
        #expect(studies.names(withSuffix: ".yml") == ["both", "own", "shipped"])
    }

    @Test("In the package's own folder nothing is listed twice")
    func packageItself() throws {
        let studies = PackageFolder(named: "studies", in: try surroundings(workingIn: "package"))
        #expect(studies.paths == ["\(folder.path)/package/studies"])
    }

    @Test("Where there is no such folder there is none")
    func none() throws {
        let folder = PackageFolder(named: "elsewhere", in: try surroundings(workingIn: "here"))
        #expect(folder.paths.isEmpty)
        #expect(folder.names(withSuffix: "").isEmpty)
    }

    @Test("This test's own executable leads to the package")
    func ownExecutable() {
        let surroundings = Surroundings(
            variables: [:], workingDirectory: "/", executable: Bundle.module.bundlePath)
        #expect(PackageFolder(named: "datasets", in: surroundings).path(of: "mnist.yml") != nil)
    }
}
