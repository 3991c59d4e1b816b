import Definitions
import RecordLinkage
import Records
import Testing

@Suite("How many counterparts a record may have")
struct PolicyTests {
    private static func entity(_ policy: String) throws -> EntityDefinition {
        try EntityFile.parse(
            """
            entity: order
            title: {ru: Заказ, en: Order}
            fields:
              number: {type: code, title: {ru: Номер, en: Number}}
              note: {type: text, title: {ru: Примечание, en: Note}}
            linkage:
              assignment: \(policy)
              rules: [{name: number, same: [number]}]
              comparisons: [{fields: [number]}, {fields: [note]}]
              blocking: [[number]]
            """, file: "order.yaml")
    }

    private func records(_ prefix: String, _ numbers: [String]) -> [Record] {
        numbers.enumerated().map { index, number in
            Record(
                id: RecordID("\(prefix)\(index + 1)"),
                fields: [.text(number), .text("\(prefix) note \(index)")])
        }
    }

    /// Order 1001 has three shipments; 1002 and 1003 stand twice on the left, with one and with two.
    private func link(_ policy: String) throws -> LinkageResult {
        let left = records("L", ["1001", "1002", "1002", "1003", "1003", "1004"])
        let right = records("R", ["1001", "1001", "1001", "1002", "1003", "1003"])
        return LinkageEngine(entity: try Self.entity(policy), options: .quick)
            .link(left: left, right: right)
    }

    @Test("one to one, what fits twice is a duplicate")
    func oneToOne() throws {
        let result = try link("one_to_one")
        #expect(result.links.filter(\.isAssigned).count == 3)
        #expect(result.links.count == 3 + 2 + 4)
        #expect(result.leftClusters.map(\.line) == ["L2=L3", "L4=L5"])
        #expect(result.rightClusters.map(\.line) == ["R1=R2=R3", "R5=R6"])
    }

    @Test("one to many, several on the right are no duplicates, each has its own link")
    func oneToMany() throws {
        let result = try link("one_to_many")
        let assigned = result.links.filter(\.isAssigned)
        #expect(Set(assigned.map(\.right)).count == assigned.count)
        #expect(assigned.count == 6)
        #expect(assigned.count { $0.left == RecordID("L1") } == 3)
        #expect(result.leftClusters.map(\.line) == ["L2=L3", "L4=L5"])
        #expect(result.rightClusters.isEmpty)
    }

    @Test("many to one is the same with the sides changed")
    func manyToOne() throws {
        let result = try link("many_to_one")
        let assigned = result.links.filter(\.isAssigned)
        #expect(Set(assigned.map(\.left)).count == assigned.count)
        #expect(assigned.count == 5)
        #expect(result.rightClusters.map(\.line) == ["R1=R2=R3", "R5=R6"])
        #expect(result.leftClusters.isEmpty)
    }

    @Test("many to many, every pair that fits is a link and nothing a duplicate")
    func manyToMany() throws {
        let result = try link("many_to_many")
        #expect(result.links.count == 3 + 2 + 4)
        #expect(result.links.allSatisfy { $0.isAssigned })
        #expect(result.leftClusters.isEmpty && result.rightClusters.isEmpty)
    }

    @Test(
        "what a person decided holds where all else speaks against it",
        arguments: [
            "one_to_many", "many_to_one",
        ])
    func verdict(policy: String) throws {
        var left = records("L", ["1001", "1001", "1002", "1003", "1004"])
        var right = records("R", ["1001", "1001", "1002", "1003", "2004"])
        // Two that say the same as each other, and nothing of what they are said to be.
        for index in 0..<40 {
            left.append(contentsOf: records("LM\(index)-", ["5\(index)00"]))
            right.append(contentsOf: records("RM\(index)-", ["5\(index)00"]))
        }
        let known = [
            KnownPair(left: RecordID("L1"), right: RecordID("R5"), isSame: true),
            KnownPair(left: RecordID("L5"), right: RecordID("R1"), isSame: true),
        ]
        let result = LinkageEngine(entity: try Self.entity(policy), options: .quick)
            .link(left: left, right: right, known: known)
        for line in ["L1=R5", "L5=R1"] {
            #expect(result.links.first { $0.line == line }?.reason.kind == .verdict, "\(line)")
        }
    }

    @Test(
        "what a person says is one thing of one side is a duplicate, though nothing else would be",
        arguments: ["one_to_one", "one_to_many", "many_to_one", "many_to_many"])
    func sameOfOneSide(policy: String) throws {
        var left = records("L", ["1001", "1002"])
        var right = records("R", ["1001", "2002"])
        for index in 0..<40 {
            left.append(contentsOf: records("LM\(index)-", ["5\(index)00"]))
            right.append(contentsOf: records("RM\(index)-", ["5\(index)00"]))
        }
        let known = [
            KnownPair(.right, RecordID("R2"), .right, RecordID("R1"), isSame: true)
        ]
        let result = LinkageEngine(entity: try Self.entity(policy), options: .quick)
            .link(left: left, right: right, known: known)
        #expect(result.rightClusters.map(\.line) == ["R1=R2"])
        #expect(result.rightClusters.map(\.reason.kind) == [.verdict])
        let counterparts = result.links.filter { $0.left == RecordID("L1") }.map(\.right.rawValue)
        // Of many to many each record has its own.
        #expect(counterparts == (policy == "many_to_many" ? ["R1"] : ["R1", "R2"]))
    }

    @Test("many to many, a verdict is about its pair alone, and the last one counts")
    func verdictsOfManyToMany() throws {
        var (left, right) = (records("L", ["1001", "1002"]), records("R", ["2001", "2002"]))
        for index in 0..<40 {
            left.append(contentsOf: records("LM\(index)-", ["5\(index)00"]))
            right.append(contentsOf: records("RM\(index)-", ["5\(index)00"]))
        }
        func pair(_ left: String, _ right: String, _ isSame: Bool) -> KnownPair {
            KnownPair(left: RecordID(left), right: RecordID(right), isSame: isSame)
        }
        let same = [pair("L1", "R1", true), pair("L1", "R2", true), pair("L2", "R2", true)]
        for (known, lines) in [
            (same, ["L1=R1", "L1=R2", "L2=R2"]),
            (same + [pair("L2", "R1", false)], ["L1=R1", "L1=R2", "L2=R2"]),
            (same + [pair("L1", "R2", false)], ["L1=R1", "L2=R2"]),
        ] {
            let result = LinkageEngine(entity: try Self.entity("many_to_many"), options: .quick)
                .link(left: left, right: right, known: known)
            let decided = result.links.filter { $0.reason.kind == .verdict }
            #expect(decided.map(\.line) == lines)
            #expect(result.statistics.contradictedVerdicts.isEmpty)
        }
    }

    @Test("a policy that there is not is refused with its place")
    func unknown() {
        #expect(throws: DefinitionError.self) { try Self.entity("one_to_none") }
    }
}
