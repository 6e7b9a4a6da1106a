import Diagnostics
import Testing

@Suite struct MessageTextTests {
    @Test("One is counted in the singular, all else in the plural")
    func counts() {
        #expect(
            [0, 1, 2, -1].map { counted($0, "network") } == ["0 networks", "1 network", "2 networks", "-1 networks"])
        #expect([1, 2].map { counted($0, of: "models") } == ["1 model", "2 models"])
    }

    @Test("A quoted text is as long as a person reads")
    func shortened() {
        let hundred = String(repeating: "a", count: 100)
        #expect(hundred.shortened == hundred && (hundred + "b").shortened == hundred + "…" && "".shortened.isEmpty)
    }

    @Test("An absolute path is what it is, and a relative one is seen from the working directory")
    func paths() throws {
        #expect(try WorkingDirectory.absolutePath("/a/b.sqlite") == "/a/b.sqlite")
        let current = try #require(WorkingDirectory.current)
        #expect(current.hasPrefix("/"))
        #expect(try WorkingDirectory.absolutePath("b.sqlite") == "\(current)/b.sqlite")
    }
}
