import Foundation
import Testing

@Suite struct StandardStreamTests {
    /// Runs a line of bash in the working directory; `$0` in it is the command.
    private func bash(_ line: String, in place: Workplace) throws -> Answer {
        try place.start(program: "/bin/bash", ["-c", line, Workplace.executable.path]).wait()
    }

    @Test("A run whose messages nobody reads any more goes on to its end")
    func nobodyReads() throws {
        let place = try Workplace()
        #expect(try bash(#""$0" run toy 2>&1 | :; exit ${PIPESTATUS[0]}"#, in: place).status == 0)
        #expect(place.finished() == 4)
        // Closed from the start, and full.
        #expect(try bash(#""$0" run toy --db a.sqlite >&- 2>&-"#, in: place).status == 0)
        #expect(try bash(#""$0" run toy --db b.sqlite 2>/dev/full"#, in: place).status == 0)
        #expect(place.finished(in: "a.sqlite") == 4 && place.finished(in: "b.sqlite") == 4)
    }

    @Test(
        "Rows that nobody reads end the command with SIGPIPE's status, and no word of it",
        arguments: ["data list", "studies", "sql 'SELECT 1'", "measures --reference", "--help", "data path synthetic"])
    func readerGone(request: String) throws {
        let place = try Workplace()
        #expect(try place.basin("run", "toy").status == 0)
        let answer = try bash(#"{ sleep 0.2; "$0" \#(request); } | :; exit ${PIPESTATUS[0]}"#, in: place)
        #expect(answer.status == 141)
        #expect(answer.errors.isEmpty, "\(answer.errors)")
    }

    @Test(
        "Rows that do not fit onto the disk are an error with a sentence",
        arguments: ["data list", "studies", "sql 'SELECT 1'", "measures --reference", "--help", "data path synthetic"])
    func fullDisk(request: String) throws {
        let place = try Workplace()
        #expect(try place.basin("run", "toy").status == 0)
        let answer = try bash(#""$0" \#(request) >/dev/full"#, in: place)
        #expect(answer.status == 1)
        #expect(answer.errors == "basin: The output cannot be written: No space left on device.\n")
    }

    @Test("What a file or an argument says commands no terminal when a message quotes it")
    func visibleControls() throws {
        let place = try Workplace()
        try place.writeStudy("loud", extra: #""\e[31mred\0": 1"#)
        let ofFile = try place.basin("run", "loud")
        #expect(ofFile.status == 2 && ofFile.errors.contains(#"unknown key '\u{1B}[31mred\0'"#), "\(ofFile.errors)")
        let ofArgument = try place.basin("measures", "\u{1B}[31mred")
        #expect(ofArgument.status == 2 && ofArgument.errors.contains(#"'\u{1B}[31mred'"#), "\(ofArgument.errors)")
        for answer in [ofFile, ofArgument] { #expect(!answer.errors.utf8.contains(0x1B)) }
    }
}
