import RecordLinkage
import Records
import Testing

@Suite("Two КПП of one ИНН, one record a side")
struct OverruledDistinctionTests {
    /// Plain pairs, from which the model learns; КПП that are out of date; branches elsewhere.
    private static let run = Result {
        var sample = try CounterpartySample(pairs: 160, seed: 22)
        for company in 0..<6 {
            var firm = sample.firm()
            (firm.kpp, firm.email) = ("770101001", "stale\(company)@own\(company).ru")
            sample.addLeft(firm, id: "LK\(company)")
            firm.kpp = "780201001"
            sample.addRight(firm, id: "RK\(company)")

            var branch = sample.firm()
            branch.kpp = "770101001"
            sample.addLeft(branch, id: "LB\(company)")
            let elsewhere = sample.firm()
            (branch.kpp, branch.address) = ("780201001", elsewhere.address)
            (branch.phone, branch.email) = (elsewhere.phone, elsewhere.email)
            sample.addRight(branch, id: "RB\(company)")
        }
        // One side keeps the head and a branch that share everything but the КПП.
        var head = sample.firm()
        head.kpp = "770101001"
        sample.addLeft(head, id: "LH-head")
        head.kpp = "780201001"
        sample.addLeft(head, id: "LH-branch")
        sample.addRight(head, id: "RH-branch")
        return LinkageEngine(entity: sample.entity, options: .quick)
            .link(left: sample.left, right: sample.right)
    }

    @Test("are one record when everything else agrees: one КПП is out of date")
    func stale() throws {
        let links = Set(try Self.run.get().links.map(\.line))
        for company in 0..<6 { #expect(links.contains("LK\(company)=RK\(company)")) }
    }

    @Test("are a head and its branch when it has a house, a phone and a mailbox of its own")
    func branches() throws {
        let links = Set(try Self.run.get().links.map(\.line))
        for company in 0..<6 { #expect(!links.contains("LB\(company)=RB\(company)")) }
    }

    @Test("are told apart where one side keeps both, whatever else agrees")
    func both() throws {
        let result = try Self.run.get()
        let links = result.links.map(\.line).filter { $0.hasPrefix("LH") }
        #expect(links == ["LH-branch=RH-branch"])
        #expect(!result.leftClusters.contains { $0.line.contains("LH") })
    }
}
