import Foundation
import Testing

@testable import Operations

@Suite("Files of pairs")
struct PairFileTests {
    @Test("JSON is refused with what to give instead", arguments: ["pairs.jsonl", "pairs.JSON"])
    func json(name: String) {
        let file = URL(filePath: "/nowhere").appending(path: name)
        func message(_ read: () throws -> Void) -> String? {
            do { try read() } catch { return (error as? ConfigurationError)?.description }
            return nil
        }
        let verdicts = message { _ = try VerdictsFile(file) }
        let truth = message { _ = try TruthFile(file) }
        #expect(
            verdicts
                == "\(name) is JSON; verdicts are read from delimited text (CSV) with a header")
        #expect(
            truth
                == "\(name) is JSON; true pairs are read from delimited text (CSV) with a header")
    }
}
