import Records
import Testing

@Suite("Fields that one side does not keep")
struct KeptFieldsTests {
    let they: Counterparties

    init() throws { they = try Counterparties(of: "product") }

    private func findings(rightArticles: [FieldValue?]) -> [String] {
        let left = [
            they.record("a", ["name": .text("Гайка М8"), "article": .text("GA-8")]),
            they.record("b", ["name": .text("Болт М8"), "article": .text("BO-8")]),
        ]
        let right = zip(["1", "2"], zip(["Гайка М8", "Болт М8"], rightArticles)).map { id, values in
            var fields: [String: FieldValue] = ["name": .text(values.0)]
            fields["article"] = values.1
            return they.record(id, fields)
        }
        return they.reconcile(
            left: left, right: right, links: [link("a", "1"), link("b", "2")]
        ).map(\.line)
    }

    @Test("are not missing a value in any record")
    func notKept() {
        #expect(findings(rightArticles: [nil, nil]) == [])
    }

    @Test("are kept where one record has a value, and then missed in the others")
    func kept() {
        #expect(
            findings(rightArticles: [.text("GA-8"), nil])
                == ["mismatch right article b|2 only_left"])
    }
}
