@testable import RecordLinkage
import Records
import Testing

/// Which records a key of a rule leads to each other.
@Suite("Blocking keys")
struct BlockingKeyTests {
    private func meet(
        _ left: String, _ right: String, _ transform: BlockingKey.Transform,
        reading: TextColumn.Reading = .plain(readsLatinAsRussian: true)
    ) -> Bool {
        // Words of more records than forty are not rare.
        let others = [String](repeating: "Частое слово", count: 50)
        let column = textColumn([left, right] + others, reading)
        return share(TextKeys(column: column, transform: transform, mostFrequent: 40))
    }

    private func share(_ maker: some KeyMaker) -> Bool {
        var keys: [[UInt64]] = [[], []]
        for record in 0..<2 { maker.keys(of: record, into: &keys[record]) }
        return !Set(keys[0]).isDisjoint(with: keys[1])
    }

    @Test(
        "names and texts",
        arguments: [
            ("Ромашка Поволжья", "Ромашка Урала", .rareWord, true),
            ("Частое Поволжье", "Частое Приуралье", .rareWord, false),
            ("Слово Поволжья Частое", "Частое иное слово", .wordPair, true),
            ("Ромашка Поволжья", "Поволжья Ромашка", .wordPair, true),
            ("Ромашка", "Ромашка", .wordPair, false),
            ("Ромашка Поволжья", "Ромашковая", .prefix, true),
            ("Ромашка", "Рамашка", .prefix, false),
            ("Белая ромашка", "Жёлтая ромашка", .suffix, true),
            ("Ромашка", "Ромашки", .suffix, false),
            ("Ромашка Тверь", "Тверь Василёк", .city, true),
            ("Ромашка", "Рамашка", .oneError, true),
            ("Ромашка", "Рамашко", .oneError, false), ("Бел Ромашка", "БелРомашка", .whole, true),
        ] as [(String, String, BlockingKey.Transform, Bool)])
    func texts(left: String, right: String, transform: BlockingKey.Transform, expected: Bool) {
        #expect(meet(left, right, transform) == expected)
        #expect(meet(right, left, transform) == expected)
    }

    @Test(
        "surnames with initials",
        arguments: [
            ("Иванов Иван Петрович", "Иванов И.П.", true), ("Иванов Иван", "Иван Иванов", true),
            ("Иванов Иван Петрович", "Иванов И.С.", false), ("ООО Ромашка", "Ромашка", false),
            ("ИП Гнедич-Ухов П. И.", "Гнедич Ухов Пётр Ильич", true),
        ])
    func initials(left: String, right: String, expected: Bool) {
        #expect(meet(left, right, .initials, reading: .organization) == expected)
    }

    @Test(
        "identifiers",
        arguments: [
            ("7707083893", "7707083893", .taxID, .whole, true),
            ("7707083893", "7707083894", .taxID, .whole, false),
            ("7707083893", "7707083894", .taxID, .oneError, true),
            ("84951234567", "84951234568", .phone, .oneError, true),
            ("7707083893", "7707111111", .taxID, .prefix, false),
            ("7707083893", "7707011111", .taxID, .prefix, true),
            ("1107083893", "2207083893", .taxID, .suffix, true),
            ("20260131", "20261231", .text, .year, true),
            ("20260131", "20250131", .text, .year, false),
        ] as [(String, String, FieldType, BlockingKey.Transform, Bool)])
    func identifiers(
        left: String, right: String, type: FieldType, transform: BlockingKey.Transform,
        expected: Bool
    ) {
        let column = ValueColumn(
            records: recordList([left, right]), source: .init([0], [type]), threads: 1)
        #expect(share(ValueKeys(column: column, transform: transform)) == expected)
    }

    @Test(
        "addresses by city, and by house with two words of the place",
        arguments: [
            ("г. Тверь, ул. Лесная, д. 5", "Тверь, Полевая 7", .city, true),
            ("г. Тверь, ул. Лесная, д. 5", "Омск, Лесная 5", .city, false),
            ("г. Тверь, ул. Лесная, д. 5", "Лесная ул., 5, Тверь", .whole, true),
            ("г. Тверь, ул. Лесная, д. 5", "Тверь, Лесная 7", .whole, false),
        ] as [(String, String, BlockingKey.Transform, Bool)])
    func addresses(left: String, right: String, transform: BlockingKey.Transform, expected: Bool) {
        let column = AddressColumn(records: recordList([left, right]), fields: [0], threads: 1)
        #expect(share(AddressKeys(column: column, transform: transform)) == expected)
    }
}
