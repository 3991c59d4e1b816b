import RecordLinkage
import Records
import Testing

@Suite("Decisions of keys and persons")
struct KeyDecisionTests {
    private func link(
        _ sample: CounterpartySample, known: [KnownPair] = []
    ) -> LinkageResult {
        LinkageEngine(entity: sample.entity, options: .quick)
            .link(left: sample.left, right: sample.right, known: known)
    }

    private func reason(_ line: String, in result: LinkageResult) -> LinkReason? {
        result.links.first { $0.line == line }?.reason
    }

    @Test(
        "an id of the other system links, in any case and in braces, whatever else is said",
        arguments: ["8f3a-01-LX", "8F3A-01-lx", "{8F3A-01-LX}"])
    func explicit(id: String) throws {
        var sample = try CounterpartySample(pairs: 80, seed: 61)
        let (first, second) = (sample.firm(), sample.firm())
        sample.addLeft(first, id: "8f3a-01-LX")
        var right = sample.record("RX", second)
        let field = try #require(sample.entity.index(of: FieldName("other_id")))
        right.fields[field] = .text(id)
        sample = sample.adding(right: right)
        let result = link(sample)
        #expect(reason("8f3a-01-LX=RX", in: result) == LinkReason(.explicitID, detail: "other_id"))
        #expect(result.links.first { $0.line == "8f3a-01-LX=RX" }?.probability == 1)
    }

    @Test(
        "of two that carry one id the likelier is linked; they are duplicates if all else says so")
    func twoClaims() throws {
        var sample = try CounterpartySample(pairs: 80, seed: 65)
        let (owner, other) = (sample.firm(), sample.firm())
        let taxID = try #require(sample.entity.index(of: FieldName("tax_id")))
        let field = try #require(sample.entity.index(of: FieldName("other_id")))
        sample.addLeft(owner, id: "LX")
        sample.addLeft(other, id: "LY")
        // The wrong one is first in every order.
        for (id, firm) in [("AX1", other), ("RX2", owner), ("RX3", owner)] {
            var right = sample.record(id, firm)
            right.fields[field] = .text("LX")
            right.fields[taxID] = nil
            sample = sample.adding(right: right)
        }
        let result = link(sample)
        #expect(result.links.first { $0.line == "LX=RX2" }?.isAssigned == true)
        #expect(!result.links.contains { $0.line == "LX=AX1" })
        #expect(reason("LY=AX1", in: result)?.kind == .model)
        let groups = result.rightClusters.map { $0.members.map(\.id.rawValue).sorted() }
        #expect(groups.contains(["RX2", "RX3"]))
        #expect(!groups.contains { $0.contains("AX1") })
    }

    @Test("two valid taxpayer numbers on one side are two things, though no rule names the field")
    func taxIDWithoutRule() throws {
        var sample = try CounterpartySample(pairs: 60, seed: 71)
        let firm = sample.firm()
        var twin = firm
        twin.taxID = CounterpartySample.taxID(771_234_567)
        sample.addLeft(firm, id: "LA")
        sample.addLeft(twin, id: "LB")
        var entity = sample.entity
        entity.linkage.rules = []
        entity.linkage.distinctions = []
        let result = LinkageEngine(entity: entity, options: .quick)
            .link(left: sample.left, right: sample.right)
        #expect(!result.leftClusters.contains { $0.line.contains("LA") })
        // Without the numbers they would be one.
        let field = try #require(entity.index(of: FieldName("tax_id")))
        let bare = sample.mapping { record in
            var record = record
            if ["LA", "LB"].contains(record.id.rawValue) { record.fields[field] = nil }
            return record
        }
        let joined = LinkageEngine(entity: entity, options: .quick)
            .link(left: bare.left, right: bare.right)
        #expect(joined.leftClusters.contains { $0.line == "LA=LB" })
    }

    @Test("a number that very many records have decides nothing, and that is said")
    func commonValue() throws {
        var sample = try CounterpartySample(pairs: 120, seed: 72)
        let own = CounterpartySample.taxID(770_000_123)
        for index in 0..<60 {
            var lead = sample.firm()
            (lead.taxID, lead.kpp) = (own, nil)
            sample.addLeft(lead, id: "LL\(index)")
        }
        var holder = sample.firm()
        (holder.taxID, holder.kpp) = (own, nil)
        sample.addRight(holder, id: "RX")
        let result = link(sample)
        #expect(!result.links.contains { $0.right == RecordID("RX") })
        let common = try #require(result.statistics.commonValues.first)
        #expect(common.field == FieldName("tax_id") && common.count == 1 && common.most == 61)
    }

    @Test(
        "a number written into name or comment tells, where its own field is empty",
        arguments: ["ИНН", "тел."], ["name", "comment"])
    func withinText(label: String, field: String) throws {
        var sample = try CounterpartySample(pairs: 80, seed: 73)
        let firm = sample.firm()
        sample.addLeft(firm, id: "LX")
        let number = label == "ИНН" ? firm.taxID : firm.phone
        var values = ["name": "Заявка с сайта"]
        values[field, default: "звонить"] += " \(label) \(number)"
        sample = sample.adding(right: sample.record("RX", values))
        let result = link(sample)
        #expect(result.links.contains { $0.line == "LX=RX" })
    }

    @Test("a telephone written into a comment tells beside another one in its own field")
    func secondPhone() throws {
        var sample = try CounterpartySample(pairs: 80, seed: 73)
        let firm = sample.firm()
        sample.addLeft(firm, id: "LX")
        sample = sample.adding(
            right: sample.record(
                "RX",
                [
                    "name": "Заявка с сайта", "phone": "8 343 765-43-21",
                    "comment": "звонить \(firm.phone)",
                ]))
        #expect(link(sample).links.contains { $0.line == "LX=RX" })
    }

    @Test(
        "an id that leads nowhere, or to the record itself, links nothing",
        arguments: ["nobody", "RX", ""])
    func broken(id: String) throws {
        var sample = try CounterpartySample(pairs: 20, seed: 62)
        var right = sample.record("RX", sample.firm())
        let field = try #require(sample.entity.index(of: FieldName("other_id")))
        right.fields[field] = .text(id)
        sample = sample.adding(right: right)
        #expect(!link(sample).links.contains { $0.right == RecordID("RX") })
    }

    @Test("ИНН alone decides where one record a side has it and КПП does not contradict")
    func uniqueTaxID() throws {
        var sample = try CounterpartySample(pairs: 80, seed: 63)
        var (once, twice) = (sample.firm(), sample.firm())
        (once.kpp, twice.kpp) = (nil, nil)
        sample.addLeft(once, id: "LO")
        sample.addRight(once, id: "RO")
        sample.addLeft(twice, id: "LT")
        sample.addRight(twice, id: "RT1")
        sample.addRight(twice, id: "RT2")
        let result = link(sample)
        #expect(reason("LO=RO", in: result) == LinkReason(.rule, detail: "tax_id"))
        #expect(reason("LT=RT1", in: result)?.kind == .model)
        #expect(reason("LT=RT2", in: result)?.kind == .cluster)
    }

    @Test("a number that fails its check digits decides nothing by rule")
    func invalidTaxID() throws {
        var sample = try CounterpartySample(pairs: 80, seed: 64)
        var firm = sample.firm()
        firm.taxID = "7701012343"
        sample.addLeft(firm, id: "LI")
        sample.addRight(firm, id: "RI")
        #expect(reason("LI=RI", in: link(sample))?.kind == .model)
    }

    @Test(
        "an equal ИНН with nothing else in common but a name that contradicts is left to the model")
    func contradictingEvidence() throws {
        var sample = try CounterpartySample(pairs: 120, seed: 65)
        var (first, second) = (sample.firm(), sample.firm())
        second.taxID = first.taxID
        (first.kpp, second.kpp) = (nil, nil)
        sample.addLeft(first, id: "LC")
        sample.addRight(second, id: "RC")
        #expect(reason("LC=RC", in: link(sample)) != LinkReason(.rule, detail: "tax_id"))
    }

    @Test("a person's decision goes before ids and rules, both ways")
    func verdicts() throws {
        var sample = try CounterpartySample(pairs: 80, onlyLeft: 1, onlyRight: 1, seed: 66)
        let field = try #require(sample.entity.index(of: FieldName("other_id")))
        sample = sample.mapping { record in
            var record = record
            if record.id == RecordID("R2") { record.fields[field] = .text("L2") }
            return record
        }
        let result = link(
            sample,
            known: [
                KnownPair(left: RecordID("L1"), right: RecordID("R1"), isSame: false),
                KnownPair(left: RecordID("L2"), right: RecordID("R2"), isSame: false),
                KnownPair(left: RecordID("L81"), right: RecordID("R82"), isSame: true),
                KnownPair(left: RecordID("nobody"), right: RecordID("R3"), isSame: false),
            ])
        #expect(reason("L1=R1", in: result) == nil)
        #expect(reason("L2=R2", in: result) == nil)
        #expect(reason("L81=R82", in: result)?.kind == .verdict)
        #expect(reason("L3=R3", in: result)?.kind == .rule)
    }
}
