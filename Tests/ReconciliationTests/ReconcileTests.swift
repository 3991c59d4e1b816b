import Reconciliation
import Records
import TestSupport
import Testing

@Suite("Reconciliation of counterparties")
struct ReconcileTests {
    let they: Counterparties

    init() throws { they = try Counterparties() }

    @Test("equal pairs give no findings, also when they are written differently")
    func equal() {
        let left = they.record(
            "a",
            [
                "name": .text("ТЕХНО-ЛОГИСТИК ООО"), "tax_id": .text("5024089920"),
                "kpp": .text("501701001"), "phone": .texts(["8 (495) 123-45-67", "112233"]),
                "email": .texts(["Info@Techno.ru"]),
            ])
        let right = they.record(
            "1",
            [
                "name": .text("ООО «Техно-Логистик»"), "tax_id": .text("50 2408 9920"),
                "kpp": .text("501701001"), "phone": .texts(["+7 495 1234567"]),
                "email": .texts(["info@techno.ru"]), "other_id": .text("A"),
            ])
        #expect(they.reconcile(left: [left], right: [right], links: [link("a", "1")]) == [])
    }

    @Test("a field that differs is one mismatch with both values, where the other side is right")
    func mismatch() throws {
        let left = they.record("a", ["name": .text("Альфа"), "kpp": .text("501701001")])
        let right = they.record("1", ["name": .text("Альфа"), "kpp": .text("482201001")])
        let findings = they.reconcile(left: [left], right: [right], links: [link("a", "1")])
        let finding = try #require(findings.first)
        #expect(findings.count == 1)
        #expect(finding.line == "mismatch right kpp a|1 differs")
        #expect(finding.leftValue == "501701001")
        #expect(finding.rightValue == "482201001")
        #expect(finding.title == "Альфа")
        #expect(finding.evidence == "rule: test")
    }

    @Test("another taxpayer number explains the other KPP")
    func explained() {
        let left = they.record(
            "a", ["tax_id": .text("5024089920"), "kpp": .text("501701001")])
        let right = they.record(
            "1", ["tax_id": .text("7707083893"), "kpp": .text("770701001")])
        let findings = they.reconcile(left: [left], right: [right], links: [link("a", "1")])
        #expect(findings.map(\.line) == ["mismatch right tax_id a|1 differs"])
        #expect(findings.first?.atStake == Money(minorUnits: 500_000))
    }

    @Test("a value on one side only is reported as the rule says")
    func oneSided() {
        let left = they.record(
            "a", ["phone": .texts(["+7 495 1234567"]), "address": .text("Тула")])
        let right = they.record("1", ["email": .texts(["a@b.ru"]), "name": .text("Бета")])
        let kept = they.pair(keeping: [
            "phone": .texts(["+7 495 7654321"]), "email": .texts(["c@d.ru"]), "name": .text("Вега"),
        ])
        let findings = they.reconcile(
            left: [left, kept.left], right: [right, kept.right],
            links: [link("a", "1"), kept.link])
        #expect(
            findings.map(\.line) == [
                "mismatch right name a|1 only_right", "mismatch both phone a|1 only_left",
                "mismatch both email a|1 only_right",
            ])
        #expect(findings.map(\.severity) == [.warning, .info, .info])
    }

    @Test("phones differ only when no number is common")
    func phones() {
        let left = they.record("a", ["phone": .texts(["+7 495 1234567", "+7 495 7654321"])])
        let common = they.record("1", ["phone": .texts(["84957654321"])])
        let other = they.record("2", ["phone": .texts(["84950000001"])])
        #expect(they.reconcile(left: [left], right: [common], links: [link("a", "1")]) == [])
        #expect(
            they.reconcile(left: [left], right: [other], links: [link("a", "2")]).map(\.line)
                == ["mismatch both phone a|2 differs"])
    }

    @Test("a further requisite of the other side counts as its taxpayer number")
    func alternatives() {
        let left = they.record("a", ["tax_id": .text("5024089920"), "kpp": .text("501701001")])
        let right = they.record(
            "1",
            [
                "tax_id": .text("7707083893"), "kpp": .text("770701001"),
                "other_tax_ids": .texts(["5024089920/501701001"]),
            ])
        #expect(
            they.reconcile(left: [left], right: [right], links: [link("a", "1", .explicitID)]) == []
        )
    }

    @Test("an explicit link between two taxpayers is a conflict and nothing else")
    func conflict() {
        let left = they.record("a", ["tax_id": .text("5024089920"), "name": .text("Альфа")])
        let right = they.record(
            "1",
            ["tax_id": .text("7707083893"), "name": .text("Бета"), "other_id": .text("a")])
        for links in [[link("a", "1", .explicitID)], []] {
            let findings = they.reconcile(left: [left], right: [right], links: links)
            #expect(findings.map(\.line) == ["conflict both tax_id a|1 other_taxpayer"])
        }
        let kept = they.pair(keeping: ["name": .text("Гамма")])
        let verdict = they.reconcile(
            left: [left, kept.left],
            right: [they.record("1", ["tax_id": .text("7707083893")]), kept.right],
            links: [link("a", "1", .verdict), kept.link])
        #expect(
            verdict.map(\.line) == [
                "mismatch right name a|1 only_left", "mismatch right tax_id a|1 differs",
            ])
    }

    @Test("two records that carry one id are a conflict, unless they are duplicates")
    func claimedTwice() {
        let left = [they.record("a", ["name": .text("Альфа")])]
        let right = ["1", "2"].map {
            they.record($0, ["name": .text("Альфа"), "other_id": .text("a")])
        }
        let links = [link("a", "1", .explicitID)]
        #expect(
            they.reconcile(left: left, right: right, links: links).map(\.line)
                == ["conflict right other_id a|1,2 claimed_twice"])
        #expect(
            they.reconcile(
                left: left, right: right,
                links: links + [link("a", "2", .cluster, assigned: false)],
                rightClusters: [cluster("1", "2")]
            ).map(\.line) == ["duplicate right record |1,2 same_thing"])
    }

    @Test("of two that carry one id and are of two taxpayers one finding tells")
    func claimedByOther() {
        let left = [they.record("a", ["tax_id": .text("5024089920")])]
        let right = [("1", "5024089920"), ("2", "7707083893")].map { id, number in
            they.record(id, ["tax_id": .text(number), "other_id": .text("a")])
        }
        for links in [[link("a", "1", .explicitID)], [link("a", "2", .explicitID)]] {
            let findings = they.reconcile(left: left, right: right, links: links)
            #expect(findings.map(\.line) == ["conflict right other_id a|1,2 claimed_twice"])
        }
    }

    @Test("an id that leads nowhere is a broken link when the record has a counterpart")
    func brokenLink() {
        let left = they.record("a", ["name": .text("Альфа")])
        let right = they.record("1", ["name": .text("Альфа"), "other_id": .text("zzz")])
        #expect(
            they.reconcile(left: [left], right: [right], links: [link("a", "1")]).map(\.line)
                == ["broken_link right other_id |1 points_nowhere"])
        let unlinked = they.reconcile(left: [], right: [right])
        #expect(unlinked.map(\.line) == ["missing left record |1 no_counterpart"])
        #expect(unlinked.first?.evidence == "points_nowhere: other_id zzz")
    }

    @Test("an id of a record marked as deleted is a broken link and not also missing")
    func pointsToDeleted() {
        let left = they.record("a", ["name": .text("Альфа"), "is_deleted": .boolean(true)])
        let right = they.record("1", ["name": .text("Бета"), "other_id": .text("{A}")])
        for links in [[], [link("a", "1", .explicitID)]] {
            #expect(
                they.reconcile(left: [left], right: [right], links: links).map(\.line)
                    == ["broken_link right other_id a|1 points_to_deleted"])
        }
    }

    @Test("records without link are missing on the other side, deleted ones are not")
    func missing() {
        let left = [
            they.record("a", ["name": .text("Альфа")]),
            they.record("b", ["name": .text("Бета"), "is_deleted": .boolean(true)]),
        ]
        let right = [they.record("2", [:]), they.record("10", [:])]
        #expect(
            they.reconcile(left: left, right: right).map(\.line) == [
                "missing right record a| no_counterpart", "missing left record |2 no_counterpart",
                "missing left record |10 no_counterpart",
            ])
    }

    private static let certificates: [(Set<Side>, [String])] = [
        ([.left], ["missing left record |2 no_counterpart"]),
        ([.right], ["missing right record b| no_counterpart"]), ([], []),
    ]

    @Test("an uncertified side misses nothing and breaks no link", arguments: certificates)
    func uncertified(certified: Set<Side>, lines: [String]) {
        let left = [they.record("a", [:]), they.record("b", [:])]
        let right = [
            they.record("1", ["other_id": .text("zzz")]), they.record("2", [:]),
        ]
        let findings = they.reconcile(
            left: left, right: right, links: [link("a", "1")], certified: certified)
        #expect(findings.filter { $0.kind == .missing }.map(\.line) == lines)
        #expect(findings.contains { $0.kind == .brokenLink } == certified.contains(.left))
    }

    @Test("a group of duplicates is missing once, and not when one of them is linked")
    func missingCluster() {
        let left = ["a", "b", "c", "d"].map { they.record($0, [:]) }
        let right = [they.record("1", [:])]
        let findings = they.reconcile(
            left: left, right: right, links: [link("c", "1")],
            leftClusters: [cluster("c", "d"), cluster("a", "b")])
        #expect(
            findings.map(\.line) == [
                "missing right record a| no_counterpart", "duplicate left record a,b| same_thing",
                "duplicate left record c,d| same_thing",
            ])
    }

    @Test("duplicates that are marked as deleted are solved")
    func deletedDuplicate() {
        let left = [they.record("a", [:]), they.record("b", ["is_deleted": .boolean(true)])]
        let findings = they.reconcile(
            left: left, right: [they.record("1", [:])], links: [link("a", "1")],
            leftClusters: [cluster("a", "b")])
        #expect(findings == [])
    }

    @Test("an impossible value is one finding that carries the other side's value")
    func invalid() throws {
        let left = they.record("a", ["tax_id": .text("7701012342")])
        let right = they.record("1", ["tax_id": .text("7701012343")])
        let findings = they.reconcile(left: [left], right: [right], links: [link("a", "1")])
        #expect(findings.map(\.line) == ["invalid right tax_id |1 check_digit"])
        #expect(findings.first?.leftValue == "7701012342")
        #expect(findings.first?.rightValue == "7701012343")
        let unlinked = they.reconcile(left: [], right: [right], certified: [])
        #expect(unlinked.map(\.fingerprint) == findings.map(\.fingerprint))
    }

    @Test("the same impossible value on both sides is one finding of no side")
    func sharedInvalid() {
        let left = they.record("a", ["tax_id": .text("123")])
        let right = they.record("1", ["tax_id": .text("123")])
        #expect(
            they.reconcile(left: [left], right: [right], links: [link("a", "1")]).map(\.line)
                == ["invalid both tax_id a|1 wrong_length"])
    }

    @Test("a KPP typed for none is worth knowing, and empty when compared")
    func junk() {
        let junk = they.record("a", ["kpp": .text("0")])
        let empty = they.record("1", [:])
        let full = they.record("2", ["kpp": .text("501701001")])
        let alone = they.reconcile(left: [junk], right: [empty], links: [link("a", "1")])
        #expect(alone.map(\.line) == ["invalid left kpp a| wrong_length"])
        #expect(alone.map(\.severity) == [.info])
        #expect(alone.first?.atStake == nil)
        #expect(
            they.reconcile(left: [junk], right: [full], links: [link("a", "2")]).map(\.line)
                == ["mismatch right kpp a|2 only_right"])
    }

    @Test("a foreign counterparty's number is not held to Russian check digits")
    func foreign() {
        let left = they.record(
            "a", ["tax_id": .text("191234567"), "legal_kind": .text("foreign")])
        #expect(they.reconcile(left: [left], right: [], certified: []) == [])
    }

    @Test("the order of the input does not matter")
    func orderIndependent() {
        let left = (1...40).map {
            they.record("\($0)", ["name": .text("Имя \($0 % 7)"), "tax_id": .text("\($0)")])
        }
        let right = (1...40).map {
            they.record(
                "r\($0)",
                ["name": .text("Имя \($0 % 5)"), "other_id": .text("\($0 % 9)"), "kpp": .text("-")])
        }
        let links = (1...30).map { link("\($0)", "r\($0)") }
        let clusters = [cluster("31", "32"), cluster("3", "4")]
        let straight = they.reconcile(
            left: left, right: right, links: links, leftClusters: clusters)
        var random = SeededNumbers(seed: 7)
        for _ in 0..<5 {
            let shuffled = they.reconcile(
                left: left.shuffled(using: &random), right: right.shuffled(using: &random),
                links: links.shuffled(using: &random),
                leftClusters: clusters.shuffled(using: &random))
            #expect(shuffled == straight)
        }
        #expect(Set(straight.map(\.fingerprint)).count == straight.count)
        #expect(straight.count > 60)
    }
}
