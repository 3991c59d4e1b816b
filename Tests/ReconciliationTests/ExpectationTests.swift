import Reconciliation
import Records
import Testing

@Suite("Records that the other side is expected to have")
struct ExpectationTests {
    private func price(
        _ they: Counterparties, _ id: String, _ type: String, _ kopecks: Int64
    )
        -> Record
    {
        they.record(
            id,
            [
                "product": .text("p"), "price_type": .text(type),
                "price": .money(Money(minorUnits: kopecks)),
            ])
    }

    @Test("are those of price types that it keeps, in any case of letters")
    func priceTypes() throws {
        let they = try Counterparties(of: "price")
        let left = [
            price(they, "a", "Розничная", 100), price(they, "b", "Закупочная", 80),
            price(they, "c", "розничная ", 120),
        ]
        let right = [price(they, "1", "Розничная", 100)]
        #expect(
            they.reconcile(left: left, right: right, links: [link("a", "1")]).map(\.line)
                == ["missing right record c| no_counterpart"])
    }

    @Test("are none of a side that keeps nothing in the fields of the scope")
    func emptySide() throws {
        let they = try Counterparties(of: "price")
        #expect(they.reconcile(left: [price(they, "a", "Розничная", 100)], right: []) == [])
    }

    @Test("are not rows of zero, whatever the scale of the number")
    func zeroRows() throws {
        let they = try Counterparties(of: "stock")
        func row(_ id: String, _ quantity: String) throws -> Record {
            they.record(
                id,
                [
                    "product": .text(id), "warehouse": .text("Основной склад"),
                    "quantity": .quantity(try #require(Quantity(quantity))),
                ])
        }
        let left = [try row("a", "5")]
        let right = [try row("1", "5"), try row("2", "0.000"), try row("3", "0.001")]
        #expect(
            they.reconcile(left: left, right: right, links: [link("a", "1")]).map(\.line)
                == ["missing left record |3 no_counterpart"])
    }

    @Test(
        "are not orders in a state that either system has a word for",
        arguments: [
            ("NEW", false), ("LOSE", false), ("draft", false), ("отменён", false), ("WON", true),
            ("EXECUTING", true), ("Своя стадия", true),
        ])
    func states(status: String, isMissing: Bool) throws {
        let they = try Counterparties(of: "order")
        let deal = they.record("1", ["status": .text(status)])
        #expect(they.reconcile(left: [], right: [deal]).isEmpty == !isMissing)
    }

    @Test("are all where the entity file says nothing else")
    func everything() throws {
        let they = try Counterparties(
            file: """
                entity: e
                fields: {a: {type: text}}
                """)
        #expect(they.reconcile(left: [they.record("x", [:])], right: []).count == 1)
    }

    @Test("can be told from the others by whoever counts the records")
    func counted() throws {
        let they = try Counterparties(of: "price")
        let expected = ExpectedRecords(
            they.definition, of: .right, records: [price(they, "1", "Розничная", 100)])

        #expect(expected.contains(price(they, "a", "розничная", 90)))
        #expect(!expected.contains(price(they, "b", "Закупочная", 80)))
    }
}
