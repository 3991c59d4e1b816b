import Records
import Testing

@Suite("Record ids")
struct RecordIDTests {
    private static let ordered = [
        "1", "2", "9", "10", "99999999999999999", "100000000000000000",
        "99999999999999999999999", "", "0", "007", "1a", "A", "a", "а",
    ]

    @Test("numbers go by size and before other texts, these by their bytes")
    func order() {
        #expect(
            Self.ordered.reversed().map { RecordID($0) }.sorted().map(\.rawValue) == Self.ordered)
    }

    @Test("any two are ordered one way only", arguments: ordered)
    func total(first: String) {
        for second in Self.ordered {
            let (a, b) = (RecordID(first), RecordID(second))
            #expect([a < b, a == b, b < a].count { $0 } == 1)
        }
    }
}
