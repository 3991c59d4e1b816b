import Records
import Testing

@Suite("Tables of records")
struct RecordTableTests {
    private func texts(_ table: RecordTable, _ row: Int, _ field: Int) -> String {
        String(decoding: table.cell(row, field), as: UTF8.self)
    }

    @Test("give back what records say, as text")
    func cells() throws {
        let table = RecordTable(
            [
                Record(
                    id: RecordID("1"),
                    fields: [.text("Ромашка"), .texts(["a", "b"]), nil, .integer(-7)]),
                Record(
                    id: RecordID("вторая"),
                    fields: [nil, nil, .money(Money(minorUnits: 1_205)), .boolean(true)]),
            ], fieldCount: 4)
        #expect(table.count == 2)
        #expect(table.recordID(0) == RecordID("1") && table.recordID(1) == RecordID("вторая"))
        #expect((0..<4).map { texts(table, 0, $0) } == ["Ромашка", "a\u{1F}b", "", "-7"])
        #expect((0..<4).map { texts(table, 1, $0) } == ["", "", "12.05 RUB", "true"])
    }

    @Test("take records without ids, without fields, and longer than a piece of memory")
    func edges() {
        let long = String(repeating: "ы", count: 5_000_000)
        let table = RecordTable(
            [
                Record(id: RecordID(""), fields: []),
                Record(id: RecordID("2"), fields: [.text(long)]),
                Record(id: RecordID("3"), fields: [.text("after")]),
            ], fieldCount: 2)
        #expect(table.id(0).isEmpty && texts(table, 0, 0).isEmpty && texts(table, 0, 1).isEmpty)
        #expect(texts(table, 1, 0) == long)
        #expect(texts(table, 2, 0) == "after" && texts(table, 2, 1).isEmpty)
        #expect(RecordTable([], fieldCount: 3).count == 0)
    }

    @Test("what parts texts cannot be part of one")
    func separator() {
        let table = RecordTable(
            [Record(id: RecordID("1"), fields: [.texts(["a\u{1F}b", "c"])])], fieldCount: 1)
        #expect(texts(table, 0, 0) == "a b\u{1F}c")
    }

    @Test("say the same in another order")
    func reordered() {
        let table = RecordTable(
            (0..<500).map {
                Record(id: RecordID("\($0)"), fields: [.text("name \($0)"), nil, .text("")])
            }, fieldCount: 3)
        let order = (0..<500).map { UInt32($0 * 7 % 500) }
        let other = table.reordered(order)
        #expect(other.count == 500)
        for (row, old) in order.enumerated() {
            #expect(other.recordID(row) == table.recordID(Int(old)))
            #expect((0..<3).allSatisfy { texts(other, row, $0) == texts(table, Int(old), $0) })
            #expect(other.whole(row).elementsEqual(table.whole(Int(old))))
        }
    }

    @Test("are joined one after another, and live on when the tables that they come from are gone")
    func joined() {
        func part(_ numbers: Range<Int>) -> RecordTable {
            RecordTable(
                numbers.map {
                    Record(id: RecordID("\($0)"), fields: [nil, .text("name \($0)")])
                }, fieldCount: 2)
        }
        // As a copy in another order, which takes memory of its own.
        let table = RecordTable(
            joining: [part(0..<300).reordered((0..<300).reversed()), part(0..<0), part(300..<301)])
        #expect(table.count == 301)
        for row in 0..<301 {
            let number = row < 300 ? 299 - row : 300
            #expect(table.recordID(row) == RecordID("\(number)"))
            #expect(texts(table, row, 0).isEmpty && texts(table, row, 1) == "name \(number)")
        }
    }

    @Test("know whether rows are all of them as they stand")
    func whole() {
        let table = RecordTable(
            (0..<3).map { Record(id: RecordID("\($0)"), fields: []) }, fieldCount: 0)
        #expect(table.isWhole([0, 1, 2]))
        for rows in [[], [0, 1], [0, 2, 1]] as [[UInt32]] { #expect(!table.isWhole(rows)) }
    }

    @Test("are cut to some of their records, the first of them and none too")
    func some() {
        let table = RecordTable(
            (0..<5).map { Record(id: RecordID("\($0)"), fields: [.text("name \($0)")]) },
            fieldCount: 1)
        for rows in [[], [0], [0, 1, 2], [4, 2], [0, 1, 2, 3, 4]] as [[UInt32]] {
            let some = table.reordered(rows)
            #expect((0..<some.count).map { some.recordID($0).rawValue } == rows.map { "\($0)" })
        }
    }

    @Test("a builder leaves out records whose id was there before")
    func repeatedIDs() {
        let builder = RecordTableBuilder(fields: [1], fieldCount: 2)
        var taken = 0
        for number in 0..<1_000 {
            let record = Record(
                id: RecordID("id\(number % 700)"), fields: [.text("x"), .text("\(number)")])
            if builder.append(record) { taken += 1 }
        }
        let table = builder.finish()
        #expect(taken == 700 && table.count == 700)
        #expect((0..<700).allSatisfy { texts(table, $0, 1) == "\($0)" })
        #expect((0..<700).allSatisfy { table.cell($0, 0).isEmpty })
    }
}
