import Definitions
import Records
import Testing

@Suite("Headers of lines")
struct LineHeadersTests {
    private func error(in fields: String) -> DefinitionError? {
        do {
            _ = try EntityFile.parse("entity: e\nfields:\n  a: \(fields)", file: "e.yaml")
            return nil
        } catch { return error }
    }

    @Test("are read by the parts of a line, and written so that they are read again")
    func parts() throws {
        let entity = try EntityFile.parse(
            """
            entity: order
            fields:
              lines:
                type: line
                multiple: true
                line_headers: {product: Номенклатура_Key, quantity: [Количество, Кол-во]}
                line_file: {name: order_lines, document: [Заказ_Key, Заказ]}
            """, file: "order.yaml")
        #expect(
            entity.fields[0].lineHeaders == [
                .product: ["Номенклатура_Key"], .quantity: ["Количество", "Кол-во"],
            ])
        #expect(
            entity.fields[0].lineFile
                == LineFile(name: "order_lines", documentHeaders: ["Заказ_Key", "Заказ"]))
        let again = try EntityFile.parse(EntityFile.text(of: entity), file: "again.yaml")
        #expect(again.fields == entity.fields)
    }

    @Test("an error says which field has lines, and what they consist of")
    func errors() {
        let wrongType = error(in: "{type: text, line_headers: {name: Товар}}")
        #expect(wrongType?.message == "only a field of type line has lines")
        let wrongFile = error(in: "{type: text, line_file: {name: lines, document: id}}")
        #expect(wrongFile?.message == "only a field of type line has a file of lines")
        let wrongPart = error(in: "{type: line, line_headers: {goods: Товар}}")
        #expect(
            wrongPart?.message
                == "'goods' is no part of a line; the parts: "
                + "product, name, quantity, price, sum, tax, vat")
    }
}
