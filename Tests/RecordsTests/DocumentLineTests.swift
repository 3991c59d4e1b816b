import Records
import Testing

@Suite("Lines of documents")
struct DocumentLineTests {
    private func number(_ text: String) throws -> Quantity { try #require(Quantity(text)) }

    @Test("are read as they are written, also where parts are empty")
    func text() throws {
        let full = DocumentLine(
            product: "7", name: "Бумага А4; \"Снегурочка\"", quantity: try number("2.5"),
            sum: try number("1000.10"), vat: "20")
        #expect(DocumentLine(full.text) == full)
        let bare = DocumentLine(name: "Доставка")
        #expect(DocumentLine(bare.text) == bare)
        #expect(DocumentLine(DocumentLine(name: "a\tb").text)?.name == "a b")
        #expect(DocumentLine("Бумага") == nil)
        #expect(DocumentLine("7\tБумага\tмного\t\t") == nil)
    }

    @Test(
        "the price of a unit is rounded to hundredths",
        arguments: [
            ("10", "2500", "250"), ("3", "100", "33.33"), ("0.6", "1", "1.67"),
            ("2", "-5.01", "-2.51"), ("0", "5", nil),
        ])
    func price(quantity: String, sum: String, price: String?) throws {
        let line = DocumentLine(quantity: try number(quantity), sum: try number(sum))
        #expect(line.unitPrice == price.flatMap { Quantity($0) })
    }

    @Test("a price times a quantity is rounded to hundredths")
    func sum() throws {
        let sum = DocumentLine.sum(price: try number("3.33"), quantity: try number("1.5"))
        #expect(sum == Quantity("5"))
        #expect(
            DocumentLine.sum(price: try number("0.015"), quantity: try number("-1"))
                == Quantity("-0.02"))
        let great = Quantity(units: 999_999_999_999_999_999, scale: 0)
        #expect(DocumentLine.sum(price: great, quantity: great) == nil)
    }
}
