import Foundation
import TestSupport
import Testing

@Suite("sverka demo", .timeLimit(.minutes(5)))
struct DemoTests {
    private let program = BuiltProgram()

    @Test("audits a sandbox of its own, finds what was planted and says where the files lie")
    func demo() async throws {
        let folder = try TemporaryFolder()

        let outcome = try await program.run(
            ["demo", "--size", "400", "--seed", "5", "--output", "out"], in: folder.url)

        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("planted"))
        let files = try FileManager.default.subpathsOfDirectory(
            atPath: folder.url.appending(path: "out").path)
        #expect(files.contains { $0.hasSuffix(".xlsx") })
        #expect(files.contains { $0.hasSuffix(".eml") })
        let (found, planted) = try #require(Self.totals(outcome.output))
        #expect(planted > 0)
        // Some of what is planted in payments, products and invoices no list shows.
        #expect(Double(found) >= 0.85 * Double(planted), "\(outcome.output)")
        let counterparty = try #require(
            outcome.output.split(separator: "\n").last { $0.hasPrefix("  counterparty ") })
        let numbers = counterparty.split(whereSeparator: { !$0.isNumber }).compactMap { Int($0) }
        #expect(numbers.count == 12)
        for pair in stride(from: 0, to: numbers.count, by: 2) {
            #expect(numbers[pair] == numbers[pair + 1], "\(counterparty)")
        }
    }

    @Test("can be run again in the same place")
    func again() async throws {
        let folder = try TemporaryFolder()
        let arguments = ["demo", "--size", "150", "--output", "out"]

        let first = try await program.run(arguments, in: folder.url)
        let second = try await program.run(arguments, in: folder.url)

        #expect(first.exitCode == 0, "\(first.errors)")
        #expect(second.exitCode == 0, "\(second.errors)")
        #expect(second.output.contains("0 record rows written"))
    }

    /// Reads the line `total  FOUND of PLANTED`.
    private static func totals(_ output: String) -> (found: Int, planted: Int)? {
        for line in output.split(separator: "\n") where line.contains("total") {
            let numbers = line.split(whereSeparator: { !$0.isNumber }).compactMap { Int($0) }
            if numbers.count >= 2 { return (numbers[0], numbers[1]) }
        }
        return nil
    }
}
