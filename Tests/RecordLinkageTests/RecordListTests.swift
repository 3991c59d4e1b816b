import Records
import TestSupport
import Testing

@testable import RecordLinkage

@Suite("Both sides in order")
struct RecordListTests {
    private static func side(_ count: Int, shuffledBy seed: UInt64?) -> RecordTable {
        var numbers = Array(1...count)
        if let seed {
            var random = SeededNumbers(seed: seed)
            numbers.shuffle(using: &random)
        }
        return RecordTable(
            numbers.map { Record(id: RecordID("\($0)"), fields: [.text("name \($0)")]) },
            fieldCount: 1)
    }

    // More records than are moved in a piece, on the larger side.
    @Test(
        "are the same on any number of threads, whichever side was in order before",
        arguments: [(1, 2), (nil, 2), (1, nil)] as [(UInt64?, UInt64?)])
    func threads(left: UInt64?, right: UInt64?) {
        let tables = (Self.side(40_000, shuffledBy: left), Self.side(500, shuffledBy: right))
        for threads in [1, 4] {
            let list = RecordList(left: tables.0, right: tables.1, threads: threads)
            #expect(list.leftCount == 40_000 && list.rightCount == 500)
            let isInOrder = (0..<list.count).allSatisfy { record in
                let number = record < 40_000 ? record + 1 : record - 39_999
                return list[record].id.rawValue == "\(number)"
                    && list.texts(record, 0) == ["name \(number)"]
            }
            #expect(isInOrder)
        }
    }
}
