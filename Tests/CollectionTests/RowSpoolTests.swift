import Collection
import Foundation
import TestSupport
import Testing

@Suite("Rows that wait for their owners")
struct RowSpoolTests {
    @Test(
        "come back by owner in the order in which they came, from memory and from the disk",
        arguments: [1_000_000, 100, 0])
    func comeBack(bufferLimit: Int) throws {
        let spool = RowSpool(bufferLimit: bufferLimit)
        for number in 0..<500 {
            // Owners in no order at all.
            let row = try JSONDocument(parsing: #"{"N":\#(number),"TEXT":"ё\u0000"}"#).root
            try spool.append(row, owner: UInt128(number * 7_919 % 101))
        }
        #expect(spool.count == 500)
        for owner in [5, 100, 0, 5, 999] as [Int] {
            var bytes = Array("[".utf8)
            let count = try spool.appendRows(of: UInt128(owner), to: &bytes)
            let expected = (0..<500).filter { $0 * 7_919 % 101 == owner }
            #expect(count == expected.count)
            let rows = try JSONDocument(parsing: bytes + Array("null]".utf8)).root.elements
            #expect(rows.compactMap { $0["N"]?.integer } == expected.map(Int64.init))
            #expect(rows.allSatisfy { $0.isNull || $0.hadNUL })
        }
    }

    @Test(
        "are read ahead where they are asked for in their order, and by themselves where not",
        arguments: [1, 7, 389])
    func readAhead(step: Int) throws {
        let spool = RowSpool(bufferLimit: 20_000)
        let text = String(repeating: "длинная строка ", count: 20)
        for number in 0..<400 {
            let row = try JSONDocument(parsing: #"{"N":\#(number),"TEXT":"\#(text)"}"#).root
            try spool.append(row, owner: UInt128(number))
        }
        for turn in 0..<400 {
            let owner = turn * step % 400
            var bytes: [UInt8] = []
            #expect(try spool.appendRows(of: UInt128(owner), to: &bytes) == 1)
            let expected = #"{"N":\#(owner),"TEXT":"\#(text)"},"#
            #expect(String(decoding: bytes, as: UTF8.self) == expected)
        }
    }

    @Test("rows that come after others were asked for are found as well")
    func later() throws {
        let spool = RowSpool(bufferLimit: 0)
        let row = try JSONDocument(parsing: "1").root
        var bytes: [UInt8] = []
        #expect(try spool.appendRows(of: 1, to: &bytes) == 0)
        try spool.append(row, owner: 2)
        try spool.append(row, owner: 1)
        #expect(try spool.appendRows(of: 1, to: &bytes) == 1)
        #expect(String(decoding: bytes, as: UTF8.self) == "1,")
    }

    @Test(
        "rows for which the disk has no room are refused, with what to do about it",
        .enabled(if: SmallDisk.isPossible, "mounting a small disk needs root"))
    func fullDisk() throws {
        let disk = try SmallDisk(kilobytes: 64)
        let spool = RowSpool(bufferLimit: 10_000, folder: disk.url)
        let text = String(repeating: "x", count: 1_000)
        let row = try JSONDocument(parsing: "\"\(text)\"").root
        var kept = 0

        let error = #expect(throws: CollectionError.self) {
            for number in 0..<200 {
                try spool.append(row, owner: UInt128(number))
                kept += 1
            }
        }

        #expect(error?.kind == .limited)
        #expect(error?.message.contains("in \(disk.url.path) (No space left") == true)
        #expect(error?.message.contains("set TMPDIR") == true)
        #expect(kept > 40, "the disk holds most of sixty rows")
        // The file has no name, so that it cannot outlive the process.
        #expect(try FileManager.default.contentsOfDirectory(atPath: disk.url.path).isEmpty)
    }

    @Test("a place for temporary files that is not there is named")
    func noPlace() throws {
        let folder = URL(filePath: "/nowhere/at/all")
        let spool = RowSpool(bufferLimit: 0, folder: folder)
        let row = try JSONDocument(parsing: "1").root

        let error = #expect(throws: CollectionError.self) { try spool.append(row, owner: 1) }

        #expect(error?.message.contains("in /nowhere/at/all (No such file") == true)
    }
}
