import Definitions
import Records
import Testing

@Suite("Properties of a mapping")
struct MappingPropertyTests {
    private let wanted = MappingProperty(
        name: "article", codes: ["CML2_ARTICLE", "SKU"], titles: ["Артикул"])

    @Test(
        "the likeliest code counts before others and before titles, whatever the case",
        arguments: [
            ([("SKU", "Код"), ("cml2_article", "")], 1), ([("X", "артикул"), ("sku", "")], 1),
            ([("X", "Цвет"), ("Y", "АРТИКУЛ")], 1), ([("X", "Цвет")], nil), ([], nil),
        ] as [([(String, String)], Int?)])
    func choice(candidates: [(String, String)], expected: Int?) {
        #expect(wanted.choice(among: candidates.map { (code: $0.0, title: $0.1) }) == expected)
    }

    @Test("a property that is known by nothing is refused with its place")
    func nothing() throws {
        let entity = try EntityFile.parse(
            "entity: product\ntitle: {ru: Товар, en: Product}\nfields:\n  name: {type: text, title: {ru: a, en: a}}\n",
            file: "product.yaml")
        let text = """
            system: bitrix24
            entities:
              product:
                list: catalog.product.list
                id: id
                properties:
                  article: {}
                fields: {name: name}
            """
        let error = #expect(throws: DefinitionError.self) {
            try MappingFile.parse(text, file: "m.yaml", entities: [entity])
        }
        #expect(error.map { "\($0)".contains("m.yaml:7:") && "\($0)".contains("'code'") } == true)
    }
}
