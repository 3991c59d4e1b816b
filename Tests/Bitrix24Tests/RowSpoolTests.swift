@testable import Bitrix24
import Collection
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
            let owner = Int64(number * 7_919 % 101)
            let row = try JSONDocument(parsing: #"{"N":\#(number),"TEXT":"ё\u0000"}"#).root
            try spool.append(row, owner: owner)
        }
        #expect(spool.count == 500)
        let rows = try spool.rows(of: ["5", "100", "999", "x", "0"])
        #expect(rows.keys.sorted() == ["0", "100", "5"])
        for (owner, rows) in rows {
            let expected = (0..<500).filter { $0 * 7_919 % 101 == Int(owner) }
            #expect(rows.map { $0["N"]?.integer } == expected.map { Int64($0) })
            #expect(rows.allSatisfy { $0.hadNUL })
        }
    }

    @Test("an empty spool has no rows of anybody")
    func empty() throws {
        #expect(try RowSpool().rows(of: ["1"]).isEmpty)
    }
}
