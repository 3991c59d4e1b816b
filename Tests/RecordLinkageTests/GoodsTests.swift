import Definitions
import Foundation
import RecordLinkage
import Records
import TestSupport
import Testing

@Suite("Goods")
struct GoodsTests {
    private let entity: EntityDefinition

    init() throws {
        entity = try EntityFile.read(
            ProjectFolders.root.appending(path: "templates/entities/product.yaml"))
    }

    private func record(_ id: String, _ values: [String: String]) -> Record {
        var fields = [FieldValue?](repeating: nil, count: entity.fields.count)
        for (name, value) in values {
            guard let index = entity.index(of: FieldName(name)) else { continue }
            fields[index] = entity.fields[index].isMultiple ? .texts([value]) : .text(value)
        }
        return Record(id: RecordID(id), fields: fields)
    }

    /// Goods of some kinds, each in three of twelve sizes, as a shop has them.
    private func goods(_ side: String, _ name: (String, Int) -> String) -> [Record] {
        let things = [
            "Кабель", "Труба", "Уголок", "Профиль", "Саморез", "Дюбель", "Краска", "Клей",
        ]
        let makers = [
            "Вымпел", "Заря", "Гранит", "Каскад", "Маяк", "Восход", "Сатурн", "Рубин", "Кедр",
            "Лотос",
        ]
        return things.indices.flatMap { thing in
            makers.indices.flatMap { maker in
                (0..<3).map { place in
                    let size = (thing * 7 + maker * 5 + place * 4) % 12 + 1
                    return record(
                        "\(side)\(thing)-\(maker)-\(size)",
                        ["name": name("\(things[thing]) \(makers[maker])", size)])
                }
            }
        }
    }

    @Test("another size is another thing, in whatever words and units the name is")
    func sizes() throws {
        let left = goods("L") { "\($0) \($1) м" }
        let right = goods("R") { "\($0.uppercased()) (\($1 * 100) см)" }
        let result = LinkageEngine(entity: entity, options: .quick).link(left: left, right: right)
        let wrong = result.links.filter {
            $0.left.rawValue.dropFirst() != $0.right.rawValue.dropFirst()
        }
        #expect(wrong.isEmpty, "\(wrong.prefix(3).map(\.line))")
        #expect(result.links.count >= 228)
        #expect(result.leftClusters.isEmpty && result.rightClusters.isEmpty)
    }

    @Test("what there is in very many sizes is found by name and size")
    func manySizes() {
        func bolts(_ side: String, _ name: (Int) -> String) -> [Record] {
            (0..<300).map { record("\(side)B\($0)", ["name": name($0 + 10)]) }
        }
        let left = goods("L") { "\($0) \($1) м" } + bolts("L") { "Болт оцинкованный М\($0)" }
        let right = goods("R") { "\($0) \($1) м" } + bolts("R") { "БОЛТ оцинкованный M\($0)" }
        let result = LinkageEngine(entity: entity, options: .quick).link(left: left, right: right)
        let found = result.links.filter { $0.line.hasPrefix("LB") }
        #expect(found.count >= 290)
        #expect(
            found.allSatisfy { $0.left.rawValue.dropFirst() == $0.right.rawValue.dropFirst() })
    }

    @Test(
        "what is typed for no barcode or article links nothing",
        arguments: [("barcode", "нет"), ("barcode", "0"), ("article", "б/н"), ("article", "-")])
    func placeholders(field: String, text: String) {
        let left = record("L1", ["name": "Кабель ВВГнг", field: text])
        let right = record("R1", ["name": "Герметик силиконовый", field: text])
        let result = LinkageEngine(entity: entity, options: .quick).link(
            left: goods("L") { "\($0) \($1)" } + [left],
            right: goods("R") { "\($0) \($1)" } + [right])
        #expect(!result.links.contains { $0.line == "L1=R1" })
    }

    @Test("a barcode that only one record a side has links, whatever the name")
    func barcode() {
        let left = record("L1", ["name": "Кабель ВВГнг", "barcode": "4600000000012"])
        let right = record("R1", ["name": "Герметик силиконовый", "barcode": "4600000000012"])
        let result = LinkageEngine(entity: entity, options: .quick).link(
            left: goods("L") { "\($0) \($1)" } + [left],
            right: goods("R") { "\($0) \($1)" } + [right])
        #expect(result.links.contains { $0.line == "L1=R1" })
    }
}
