import Reconciliation
import Records
import Testing

@Suite("References to records of another entity")
struct ReferenceTests {
    let contacts: Counterparties
    /// a ↔ 1, b ↔ 2 and its duplicate 3; c and 4 have no counterpart.
    let counterparties = ReferenceLinks(
        links: [link("a", "1"), link("b", "2"), link("c", "4", assigned: false)],
        rightClusters: [cluster("2", "3")])

    init() throws { contacts = try Counterparties(of: "contact") }

    private func findings(_ left: [String]?, _ right: [String]?) -> [String] {
        let kept = contacts.pair(keeping: ["company": .texts(["x"])])
        let l = contacts.record("p", left.map { ["company": .texts($0)] } ?? [:])
        let r = contacts.record("q", right.map { ["company": .texts($0)] } ?? [:])
        return contacts.reconcile(
            left: [l, kept.left], right: [r, kept.right], links: [link("p", "q"), kept.link],
            references: ["counterparty": counterparties]
        ).map(\.line)
    }

    @Test("are the same by the links of that entity, whatever the ids")
    func same() {
        #expect(findings(["a"], ["1"]) == [])
        #expect(findings(["b"], ["3"]) == [], "a duplicate of the linked one")
        #expect(findings(["a"], ["2", "1"]) == [], "one of several")
    }

    @Test("to two things are a mismatch")
    func other() {
        #expect(findings(["a"], ["2"]) == ["mismatch right company p|q differs"])
        #expect(findings(["a"], ["2", "3"]) == ["mismatch right company p|q differs"])
    }

    @Test("to what the other side is not known to have say nothing")
    func unknown() {
        #expect(findings(["c"], ["1"]) == [])
        #expect(findings(["a"], ["4"]) == [])
        #expect(findings(["a"], nil) == [])
        #expect(findings(nil, ["1"]) == [])
    }

    @Test("with the same id in both systems are not the same thing")
    func sameText() {
        let numbers = ReferenceLinks(links: [link("7", "8"), link("9", "7")])
        let left = contacts.record("p", ["company": .texts(["7"])])
        let right = contacts.record("q", ["company": .texts(["7"])])
        let findings = contacts.reconcile(
            left: [left], right: [right], links: [link("p", "q")],
            references: ["counterparty": numbers])
        #expect(findings.map(\.line) == ["mismatch right company p|q differs"])
    }

    @Test(
        "say whether a document is of another counterparty",
        arguments: ["order", "invoice", "payment"])
    func documents(entity: String) throws {
        let documents = try Counterparties(of: entity)
        func findings(_ left: String, _ right: String) -> [String] {
            documents.reconcile(
                left: [documents.record("p", ["counterparty": .text(left)])],
                right: [documents.record("q", ["counterparty": .text(right)])],
                links: [link("p", "q")], references: ["counterparty": counterparties]
            ).map(\.line)
        }
        #expect(findings("a", "1") == [])
        #expect(findings("b", "3") == [])
        #expect(findings("c", "1") == [])
        #expect(findings("a", "2") == ["mismatch right counterparty p|q differs"])
    }

    @Test("are not compared where that entity was never linked")
    func unlinked() {
        let left = contacts.record("p", ["company": .texts(["a"])])
        let right = contacts.record("q", ["company": .texts(["2"])])
        #expect(contacts.reconcile(left: [left], right: [right], links: [link("p", "q")]) == [])
    }
}
