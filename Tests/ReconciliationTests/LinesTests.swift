import Reconciliation
import Records
import Testing

@Suite("Lines of orders")
struct LinesTests {
    let orders: Counterparties
    let products = ReferenceLinks(links: [link("p1", "1"), link("p2", "2"), link("p3", "3")])

    init() throws { orders = try Counterparties(of: "order") }

    private func line(
        _ product: String?, _ name: String?, _ quantity: String, _ sum: String,
        _ vat: String? = "20"
    ) -> DocumentLine {
        DocumentLine(
            product: product, name: name, quantity: Quantity(quantity), sum: Quantity(sum), vat: vat
        )
    }

    private func findings(
        _ left: [DocumentLine], _ right: [DocumentLine], totals: (Int64, Int64) = (0, 0),
        products: ReferenceLinks? = nil
    ) -> [Finding] {
        func order(_ id: String, _ lines: [DocumentLine], _ total: Int64) -> Record {
            var values: [String: FieldValue] = [
                "total": .money(Money(minorUnits: total)),
                "line_count": .integer(Int64(lines.count)),
            ]
            if !lines.isEmpty { values["lines"] = .texts(lines.map(\.text)) }
            return orders.record(id, values)
        }
        return orders.reconcile(
            left: [order("a", left, totals.0)], right: [order("1", right, totals.1)],
            links: [link("a", "1")], references: ["product": products ?? self.products])
    }

    @Test("that say the same agree, in any order and under other names")
    func agree() {
        let left = [
            line("p1", "Бумага А4", "10", "2500"), line("p2", "Скрепки", "2", "60", nil),
            line(nil, "Доставка", "1", "300"),
        ]
        let right = [
            line(nil, "доставка", "1", "300"), line("2", "Скрепки канц.", "2", "60", "0"),
            line("1", "Бумага «Снегурочка»", "10", "2500"),
        ]
        #expect(findings(left, right) == [])
    }

    @Test("of another quantity are one finding that names them, with what it costs")
    func quantity() throws {
        let left = [
            line("p2", "Скрепки", "2", "60"), line("p3", "Ручка", "1", "20"),
            line("p1", "Бумага А4", "10", "2500"),
        ]
        let right = [
            line("1", "Бумага А4", "12", "3000"), line("2", "Скрепки", "2", "60"),
            line("3", "Ручка", "1", "20"),
        ]
        let found = findings(left, right, totals: (258_000, 308_000))
        let finding = try #require(found.first)
        #expect(found.map(\.line) == ["mismatch right lines a|1 line_quantity"])
        #expect(finding.leftValue == "3. Бумага А4: 10")
        #expect(finding.rightValue == "1. Бумага А4: 12")
        #expect(finding.atStake == Money(minorUnits: 50_000))
        #expect(finding.severity == .error)
    }

    @Test("a total that differs by another amount than its lines is wrong by itself")
    func manualTotal() {
        let left = [line("p1", "Бумага А4", "10", "2500")]
        let right = [line("1", "Бумага А4", "12", "3000")]
        #expect(
            findings(left, right, totals: (250_000, 300_001)).map(\.reason) == ["line_quantity"],
            "a kopeck is rounding")
        #expect(
            findings(left, right, totals: (250_000, 290_000)).map(\.line) == [
                "mismatch right total a|1 differs", "mismatch right lines a|1 line_quantity",
            ])
        #expect(
            findings(left, left, totals: (250_000, 290_000)).map(\.line) == [
                "mismatch right total a|1 differs"
            ])
    }

    @Test("of another price, VAT rate, or in several ways, say which")
    func others() {
        let left = [line("p1", "Бумага", "10", "2500")]
        let price = findings(left, [line("1", "Бумага", "10", "2600")])
        #expect(price.map(\.reason) == ["line_price"])
        #expect(price.first?.leftValue == "1. Бумага: 10 × 250")
        #expect(price.first?.rightValue == "1. Бумага: 10 × 260")
        let vat = findings(left, [line("1", "Бумага", "10", "2500", "10")])
        #expect(vat.map(\.reason) == ["line_vat"])
        #expect(vat.first?.rightValue == "1. Бумага: 10 %")
        #expect(vat.first?.atStake == nil)
        let both = findings(left, [line("1", "Бумага", "12", "3000", "10")])
        #expect(both.first?.reason == "lines_differ")
        #expect(both.first?.leftValue == "1. Бумага: 10 × 250, 20 %")
        #expect(both.first?.rightValue == "1. Бумага: 12 × 250, 10 %")
    }

    @Test("that one side lacks are named; without any lines nothing is said")
    func oneSided() {
        let left = [line("p1", "Бумага", "10", "2500"), line("p2", "Скрепки", "2", "60")]
        let right = [line("1", "Бумага", "10", "2500")]
        let found = findings(left, right)
        #expect(found.map(\.reason) == ["line_only_left"])
        #expect(found.first?.leftValue == "2. Скрепки: 2 × 30")
        #expect(found.first?.rightValue == nil)
        #expect(findings(right, left.map { other($0) }).map(\.reason) == ["line_only_right"])
        #expect(findings(left, []).allSatisfy { $0.field?.rawValue != "lines" })
    }

    private func other(_ line: DocumentLine) -> DocumentLine {
        var line = line
        line.product = line.product.map { String($0.dropFirst()) }
        return line
    }

    @Test("of one product in two lines here and one there agree when they add up")
    func split() {
        let left = [line("p1", "Бумага", "4", "1000"), line("p1", "Бумага", "6", "1500")]
        let one = findings(left, [line("1", "Бумага", "10", "2500")])
        #expect(one.map(\.line) == ["mismatch both line_count a|1 differs"])
        let found = findings(left, [line("1", "Бумага", "11", "2750")])
        #expect(found.map(\.field) == [FieldName("lines")])
    }

    @Test("a price rounded to the kopeck makes half of one a unit, and no more")
    func rounding() {
        let left = [line("p1", "Гвозди", "1000", "333.00")]
        #expect(findings(left, [line("1", "Гвозди", "1000", "330.00")]) == [])
        #expect(!findings(left, [line("1", "Гвозди", "1000", "320.00")]).isEmpty)
        let few = [line("p1", "Гвозди", "2", "10.00")]
        #expect(!findings(few, [line("1", "Гвозди", "2", "10.02")]).isEmpty)
    }

    @Test("are recognised by name where products are not linked, and never across linked ones")
    func names() {
        let none = ReferenceLinks(links: [])
        let left = [line("p1", "Бумага, А4", "10", "2500"), line("p2", "Ручка", "1", "20")]
        let right = [line("9", "Ручка", "2", "40"), line("8", "Бумага А4", "10", "2500")]
        let found = findings(left, right, products: none)
        #expect(found.first?.leftValue == "2. Ручка: 1")
        #expect(found.first?.rightValue == "1. Ручка: 2")
        // Two products of one quantity and sum, known to be two.
        let swapped = findings(
            [line("p1", "Бумага", "1", "20")], [line("2", "Скрепки", "1", "20")])
        #expect(swapped.first?.reason == "lines_differ")
        #expect(swapped.first?.leftValue == "1. Бумага: 1 × 20, 20 %")
        #expect(swapped.first?.rightValue == "1. Скрепки: 1 × 20, 20 %")
    }

    @Test("what a side never says of lines differs from nothing")
    func kept() {
        let left = [line("p1", "Бумага", "10", "2500")]
        let right = [DocumentLine(product: "1", name: "Бумага", quantity: Quantity("10"))]
        #expect(findings(left, right) == [])
    }

    @Test("more than five are counted")
    func many() {
        let left = (1...8).map { line(nil, "Товар \($0)", "1", "10") }
        let right = (1...8).map { line(nil, "Товар \($0)", "2", "20") }
        let value = findings(left, right).first?.leftValue ?? ""
        #expect(value.hasPrefix("1. Товар 1: 1; 2. Товар 2: 1; "))
        #expect(value.hasSuffix("5. Товар 5: 1; … +3"))
    }
}
