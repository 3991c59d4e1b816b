import Definitions
import RecordLinkage
import Records
import Testing

@Suite("What a thing has on one side, when it is linked")
struct LargePartTests {
    private static func entity(_ policy: String) throws -> EntityDefinition {
        try EntityFile.parse(
            """
            entity: order
            title: {ru: Заказ, en: Order}
            fields:
              number: {type: code, title: {ru: Номер, en: Number}}
              tag: {type: code, multiple: true, title: {ru: Метка, en: Tag}}
            linkage:
              assignment: \(policy)
              rules: [{name: number, same: [number]}]
              comparisons: [{fields: [number]}]
              blocking: [[tag]]
            """, file: "order.yaml")
    }

    private static func record(_ id: String, _ number: String?, _ tags: [String]) -> Record {
        Record(id: RecordID(id), fields: [number.map(FieldValue.text), .texts(tags)])
    }

    /// Thirty left duplicates, each found by the next one; `R` is found by the last but one, when all
    /// others are joined already.
    private static func link(_ policy: String, _ known: [KnownPair]) throws -> LinkageResult {
        var left: [Record] = []
        for place in 0..<30 {
            var tags = ["T\(100 + place)", "T\(101 + place)"]
            if place == 28 { tags.append("T900") }
            left.append(record("L\(10 + place)", "1001", tags))
        }
        var right = [record("R", "1001", ["T900"])]
        for index in 0..<40 {
            left.append(record("LM\(index)", "5\(index)00", ["M\(index)x"]))
            right.append(record("RM\(index)", "5\(index)00", ["M\(index)x"]))
        }
        return LinkageEngine(entity: try entity(policy), options: .quick)
            .link(left: left, right: right, known: known)
    }

    @Test("all of thirty are linked where nothing sets one apart")
    func thirty() throws {
        for policy in ["one_to_one", "one_to_many"] {
            let result = try Self.link(policy, [])
            #expect(result.links.count { $0.right == RecordID("R") } == 30, "\(policy)")
        }
    }

    @Test(
        "that a person sets the last of them apart is heard, though it is not one of the first 24",
        arguments: ["one_to_one", "one_to_many"])
    func setApart(policy: String) throws {
        let result = try Self.link(
            policy, [KnownPair(left: RecordID("L39"), right: RecordID("R"), isSame: false)])
        #expect(result.leftClusters.map(\.members.count) == [30])
        #expect(!result.links.contains { $0.right == RecordID("R") })
    }

    /// Two left duplicates of which only the second has something in common with right ones.
    private static func linkTwo(
        _ policy: String, right ids: [String], _ known: [KnownPair] = []
    ) throws -> LinkageResult {
        let entity = try EntityFile.parse(
            """
            entity: order
            title: {ru: Заказ, en: Order}
            fields:
              number: {type: code, title: {ru: Номер, en: Number}}
              other: {type: code, title: {ru: Второй номер, en: Other number}}
            linkage:
              assignment: \(policy)
              rules: [{name: number, same: [number]}, {name: other, same: [other]}]
              comparisons: [{fields: [number]}, {fields: [other]}]
              blocking: [[number], [other]]
            """, file: "order.yaml")
        func record(_ id: String, _ number: String?, _ other: String?) -> Record {
            Record(
                id: RecordID(id),
                fields: [number.map(FieldValue.text), other.map(FieldValue.text)])
        }
        var left = [record("L1", nil, "7001"), record("L2", "9001", "7001")]
        var right = ids.map { record($0, "9001", nil) }
        for index in 0..<40 {
            left.append(record("LM\(index)", "5\(index)00", "6\(index)00"))
            right.append(record("RM\(index)", "5\(index)00", "6\(index)00"))
        }
        return LinkageEngine(entity: entity, options: .quick)
            .link(left: left, right: right, known: known)
    }

    @Test("a tie is for review whichever of the duplicates is the one that is linked")
    func tie() throws {
        let result = try Self.linkTwo(
            "one_to_one", right: ["R1", "R2"],
            [KnownPair(.right, RecordID("R1"), .right, RecordID("R2"), isSame: false)])
        let assigned = result.links.filter { $0.isAssigned && $0.left == RecordID("L2") }
        #expect(assigned.count == 1)
        let tied = result.review.filter { $0.doubt == .tied }
        #expect(tied.map(\.left) == [RecordID("L2")])
        #expect(tied.map(\.right) == assigned.map(\.right))
    }

    @Test("a link through the first of two duplicates is less sure than the link that it follows")
    func follower() throws {
        let result = try Self.linkTwo("one_to_many", right: ["R1"])
        let followed = try #require(result.links.first { $0.line == "L2=R1" })
        let follower = try #require(result.links.first { $0.line == "L1=R1" })
        #expect(followed.isAssigned && !follower.isAssigned)
        #expect(follower.probability < followed.probability)
        #expect(follower.probability > 0.9)
    }
}
