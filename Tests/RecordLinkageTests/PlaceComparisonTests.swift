@testable import RecordLinkage
import Records
import Testing

@Suite("Comparing places")
struct PlaceComparisonTests {
    /// Records of a name and an address, and others that make Тверь and Омск places.
    private func level(
        _ left: (name: String, address: String), _ right: (name: String, address: String)
    ) -> String? {
        let others = (0..<8).map { index in
            (
                name: "Фирма\(index)",
                address: "г. \(index % 2 == 0 ? "Тверь" : "Омск"), ул. Лесная, \(index)"
            )
        }
        let rows = [left, right] + others
        let records = RecordList(
            left: rows.enumerated().map { index, row in
                Record(
                    id: RecordID(String(100 + index)),
                    fields: [row.name, row.address].map { $0.isEmpty ? nil : .text($0) })
            }, right: [])
        let comparison = PlaceComparison(
            name: "place",
            names: TextColumn(
                records: records, source: .init([0]), reading: .organization, threads: 1),
            addresses: AddressColumn(records: records, fields: [1], threads: 1),
            records: records.count)
        let there = comparison.compare(0, 1, Scratch()).level
        #expect(comparison.compare(1, 0, Scratch()).level == there)
        return Int(there) < comparison.levels.count ? comparison.levels[Int(there)].name : nil
    }

    @Test("a place in a name is that of the other's name or address, or another, or alone")
    func levels() {
        #expect(level(("Ромашка (Тверь)", ""), ("Ромашка Тверь", "")) == "same")
        #expect(level(("Ромашка (Тверь)", ""), ("Ромашка", "г. Тверь, ул. Лесная, 1")) == "same")
        #expect(level(("Ромашка (Тверь)", ""), ("Ромашка Тверь.", "")) == "same")
        #expect(level(("Ромашка Тверь.", ""), ("Ромашка", "г. Тверь, ул. Лесная, 1")) == "same")
        #expect(level(("Ромашка (Тверь)", ""), ("Ромашка (Омск)", "")) == "different")
        #expect(level(("Ромашка (Тверь)", ""), ("Ромашка", "Омск, Лесная 1")) == "different")
        #expect(level(("Ромашка (Тверь)", ""), ("Ромашка", "")) == "named by one")
    }

    @Test(
        "where both have an address, where no place is named, or the name is one, nothing is said")
    func silence() {
        #expect(
            level(("Ромашка (Тверь)", "Омск, Лесная 1"), ("Ромашка", "Омск, Лесная 1")) == nil)
        #expect(level(("Ромашка", ""), ("Ромашка", "")) == nil)
        #expect(level(("Тверь", ""), ("Тверь", "")) == nil)
        #expect(level(("Ромашка (Плёс)", ""), ("Ромашка", "")) == nil)
    }
}
