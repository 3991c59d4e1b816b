import Definitions
import Foundation
import Records
import TestSupport
import Testing

@testable import RecordLinkage

@Suite("A pair that one key decides")
struct SureCandidateTests {
    private let entity: EntityDefinition
    private var left: [Record] = []
    private var right: [Record] = []

    /// `L1` and `R1` have a barcode in common, and each with a dozen others two words of its name.
    init() throws {
        entity = try EntityFile.read(
            ProjectFolders.root.appending(path: "templates/entities/product.yaml"))
        for index in 0..<120 {
            let name = "Товар\(index) завода\(index * 7 % 50)"
            left.append(record("LB\(index)", name, nil))
            right.append(record("RB\(index)", name, nil))
        }
        for size in 1...12 {
            right.append(record("RS\(size)", "Провод Алмаз \(size) м", nil))
            left.append(record("LS\(size)", "Мастика Топаз \(size) м", nil))
        }
        left.append(record("L1", "Провод Алмаз", "4600000000012"))
        right.append(record("R1", "Мастика Топаз", "4600000000012"))
    }

    private func record(_ id: String, _ name: String, _ barcode: String?) -> Record {
        var fields = [FieldValue?](repeating: nil, count: entity.fields.count)
        if let place = entity.index(of: FieldName("name")) { fields[place] = .text(name) }
        if let place = entity.index(of: FieldName("barcode")), let barcode {
            fields[place] = .texts([barcode])
        }
        return Record(id: RecordID(id), fields: fields)
    }

    private var engine: LinkageEngine { LinkageEngine(entity: entity, options: .quick) }

    private func table(_ records: [Record]) -> RecordTable {
        RecordTable(records, fieldCount: entity.fields.count)
    }

    private func isLinked(_ result: LinkageResult) -> Bool {
        result.links.contains {
            $0.left == RecordID("L1") && $0.right == RecordID("R1") && $0.reason.kind == .rule
        }
    }

    @Test("is compared though a dozen records share two words with either")
    func compared() {
        let result = engine.link(left: left, right: right)
        #expect(isLinked(result))
        #expect(engine.link(left: left.reversed(), right: right.reversed()) == result)
    }

    @Test("is so no more once a third record takes the key, and again when it is given up")
    func third() throws {
        var taken = left
        taken[5] = record("LB5", "Товар5 завода35", "4600000000012")
        for (then, now) in [(left, taken), (taken, left)] {
            let full = engine.rememberedLink(left: table(then), right: table(right)) { _ in }
            let memory = try #require(full.memory)
            let changed = try engine.link(
                left: table(now), right: table(right), memory: memory, mostChanged: 1)
            let all = try engine.link(
                left: table(now), right: table(right), memory: memory, mostChanged: 1,
                everything: true)
            #expect(changed.changes.changed == 1)
            #expect(changed.result.links == all.result.links)
            #expect(changed.result.statistics.scoredPairs == all.result.statistics.scoredPairs)
            #expect(isLinked(full.result) == (then == left))
            #expect(isLinked(changed.result) == (now == left))
        }
    }
}
