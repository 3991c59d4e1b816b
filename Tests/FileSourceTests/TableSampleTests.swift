import FileSource
import Foundation
import TestSupport
import Testing

@Suite("Some rows of a table")
struct TableSampleTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func sample(_ rows: [String], _ choice: TableSample.Choice) throws -> TableSample {
        _ = try folder.write((["id;name"] + rows).joined(separator: "\n"), to: "t.csv")
        return try TableSample(folder.url.appending(path: "t.csv"), choice: choice)
    }

    @Test("are the same in whatever order they stand, and of all parts of the file")
    func spread() throws {
        let rows = (0..<5_000).map { "\($0);name \($0)" }
        let some = try sample(rows, .spread(200))
        #expect(some.rows.count == 200 && some.rowCount == 5_000)
        #expect(try sample(rows.reversed(), .spread(200)).rows == some.rows)
        let places = some.rows.compactMap { Int($0[0]) }
        #expect(places.contains { $0 < 1_000 } && places.contains { $0 > 4_000 })
    }

    @Test("are not crowded out by rows without a value, or the same one again and again")
    func repeated() throws {
        let rows = (0..<300).map { "\($0);name" }
        let crowd = Array(repeating: ";", count: 5_000) + Array(repeating: "7;again", count: 5_000)
        #expect(try sample(crowd + rows, .spread(250)).rows.count { $0[1] == "name" } >= 249)
    }

    @Test("are all of a small table")
    func small() throws {
        let rows = (0..<50).map { "\($0);name" }
        #expect(Set(try sample(rows, .spread(200)).rows.map { $0[0] }).count == 50)
        #expect(try sample(rows, .all).rows.map { $0[0] } == (0..<50).map(String.init))
    }
}
