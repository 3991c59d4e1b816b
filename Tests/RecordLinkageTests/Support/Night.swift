import Records
import TestSupport
import Testing

@testable import RecordLinkage

/// Records of two sources from one night to the next, changed by a seeded sequence.
struct Night {
    var entity: EntityDefinition
    var left: [Record]
    var right: [Record]
    var verdicts: [KnownPair] = []
    var options = LinkageOptions()
    private let isSingle: Bool
    private var random: SeededNumbers
    private var serial = 0

    /// Makes records.
    ///
    /// - Parameters:
    ///   - seed: Of everything.
    ///   - verdicts: How many pairs people have decided about.
    ///   - sharing: How many records share a telephone.
    ///   - largestBlock: The limit of all blocking rules; `nil` for the standard ones.
    ///   - isSingle: Whether there is one source only.
    /// - Throws: When the entity file cannot be read.
    init(
        seed: UInt64, verdicts: Int = 0, sharing: Int = 0, largestBlock: Int? = nil,
        isSingle: Bool = false
    ) throws {
        let sample = try CounterpartySample(
            pairs: 220, onlyLeft: 30, onlyRight: 30, seed: seed)
        entity = sample.entity
        if let largestBlock, let rules = entity.linkage.blocking {
            entity.linkage.blocking = rules.map {
                var rule = $0
                rule.largestBlock = largestBlock
                return rule
            }
        }
        (left, right) = (sample.left, sample.right)
        self.isSingle = isSingle
        random = SeededNumbers(seed: seed &+ 100)
        if isSingle {
            left += right
            right = []
        } else {
            // Duplicates within a side.
            for _ in 0..<20 { left.append(copy(of: left[random.below(left.count)], "L")) }
        }
        decide(pairs: verdicts)
        for record in 0..<sharing { set(FieldName("phone"), of: record, "84951112233") }
    }

    // MARK: Changes

    /// Edits records, lets some go and some come.
    mutating func change(records: Int) {
        for _ in 0..<records {
            switch random.below(6) {
            case 0: remove()
            case 1: add()
            default: edit()
            }
        }
    }

    private mutating func remove() {
        if isSingle || random.below(2) == 0 {
            left.remove(at: random.below(left.count))
        } else {
            right.remove(at: random.below(right.count))
        }
    }

    private mutating func add() {
        if isSingle || random.below(2) == 0 {
            left.append(copy(of: left[random.below(left.count)], "L"))
        } else {
            right.append(copy(of: left[random.below(left.count)], "R"))
        }
    }

    /// A record that says the same but for a letter.
    private mutating func copy(of record: Record, _ side: String) -> Record {
        serial += 1
        var copy = altered(record)
        copy.id = RecordID("\(side)new\(serial)")
        return copy
    }

    private mutating func edit() {
        if isSingle || random.below(2) == 0 {
            let place = random.below(left.count)
            left[place] = altered(left[place])
        } else {
            let place = random.below(right.count)
            right[place] = altered(right[place])
        }
    }

    /// The record with one field altered: a letter, all of it, or a value that another record has.
    private mutating func altered(_ original: Record) -> Record {
        var record = original
        let filled = record.fields.indices.filter { record.fields[$0] != nil }
        let field = filled[random.below(filled.count)]
        switch random.below(4) {
        case 0: record.fields[field] = nil
        case 1: record.fields[field] = left[random.below(left.count)].fields[field]
        default:
            guard let value = record.fields[field] else { return record }
            var letters = Array(value.texts.first ?? "")
            guard !letters.isEmpty else { return record }
            let place = random.below(letters.count)
            letters[place] =
                letters[place].isNumber
                ? Character("\(random.below(10))")
                : Array("аеиорстн")[random.below(8)]
            record.fields[field] = value.isList ? .texts([String(letters)]) : .text(String(letters))
        }
        return record
    }

    private mutating func set(_ name: FieldName, of record: Int, _ text: String?) {
        guard let field = entity.index(of: name) else { return }
        left[record].fields[field] = text.map { .texts([$0]) }
    }

    /// Gives one more record the telephone that some share, or takes it from one.
    mutating func share(more: Bool) {
        set(FieldName("phone"), of: more ? 10 : 0, more ? "84951112233" : "84951112244")
    }

    /// Has people decide about pairs of any two records, one in three that they are the same.
    mutating func decide(pairs: Int) {
        for _ in 0..<pairs {
            let first = random.below(left.count)
            let isSame = random.below(3) == 0
            if right.isEmpty || random.below(3) == 0 {
                let second = random.below(left.count)
                guard first != second else { continue }
                verdicts.append(
                    KnownPair(.left, left[first].id, .left, left[second].id, isSame: isSame))
            } else {
                verdicts.append(
                    KnownPair(
                        left: left[first].id, right: right[random.below(right.count)].id,
                        isSame: isSame))
            }
        }
    }

    // MARK: Linking

    private var engine: LinkageEngine { LinkageEngine(entity: entity, options: options) }

    private func table(_ records: [Record]) -> RecordTable {
        RecordTable(records, fieldCount: entity.fields.count)
    }

    func rememberedOrNot() -> (result: LinkageResult, memory: LinkageMemory?) {
        engine.rememberedLink(left: table(left), right: table(right), known: verdicts) { _ in }
    }

    func remembered() throws -> (LinkageResult, LinkageMemory) {
        let (result, memory) = rememberedOrNot()
        return (result, try #require(memory))
    }

    func link(
        _ memory: LinkageMemory, everything: Bool = false, mostChanged: Double = 1
    ) throws(MemoryRefusal) -> (result: LinkageResult, changes: ChangeSummary) {
        try engine.link(
            left: table(left), right: table(right), known: verdicts, memory: memory,
            mostChanged: mostChanged, everything: everything)
    }

    /// Links by a memory where most records that say the same are not at hand.
    ///
    /// - Parameters:
    ///   - memory: The memory.
    ///   - then: The night that it is of.
    ///   - isWritten: Whether somebody writes the sources meanwhile.
    /// - Returns: The result.
    /// - Throws: ``MemoryRefusal``.
    func link(
        _ memory: LinkageMemory, knowing then: Night, isWritten: Bool = false
    ) throws(MemoryRefusal) -> LinkageResult {
        func changed(_ now: [Record], _ then: [Record]) -> ChangedTable {
            let rows = Dictionary(
                uniqueKeysWithValues: then.enumerated().map { ($0.element.id, $0.offset) })
            var (read, origins) = ([Record](), [ChangedTable.Origin]())
            for (row, record) in now.enumerated() {
                let known = rows[record.id]
                // Some that say the same were read all the same.
                let isSame = known.map { then[$0].fields == record.fields } ?? false
                let isRead = !isSame || row % 7 == 0
                origins.append(
                    ChangedTable.Origin(
                        then: known.map(UInt32.init) ?? ChangedTable.none,
                        read: isRead ? UInt32(read.count) : ChangedTable.none))
                if isRead { read.append(record) }
            }
            return ChangedTable(
                read: table(read), origins: origins,
                unread: Unread(table: table(now), isWritten: isWritten))
        }
        return try engine.link(
            left: changed(left, then.left), right: changed(right, then.right), known: verdicts,
            memory: memory, mostChanged: 1
        ).result
    }

    private struct Unread: UnreadRows {
        let table: RecordTable
        let isWritten: Bool

        func records(_ rows: [UInt32]) throws(SourceChanged) -> RecordTable {
            if isWritten { throw SourceChanged() }
            return table.reordered(rows)
        }
    }

    func explainer(_ memory: LinkageMemory) throws(MemoryRefusal) -> LinkageExplainer {
        try engine.explainer(
            left: table(left), right: table(right), known: verdicts, memory: memory)
    }

    static func expectSame(
        _ result: LinkageResult, _ expected: LinkageResult,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let (found, wanted) = (Set(result.links), Set(expected.links))
        #expect(found.subtracting(wanted) == [], sourceLocation: sourceLocation)
        #expect(wanted.subtracting(found) == [], sourceLocation: sourceLocation)
        #expect(result.links == expected.links, sourceLocation: sourceLocation)
        #expect(result.leftClusters == expected.leftClusters, sourceLocation: sourceLocation)
        #expect(result.rightClusters == expected.rightClusters, sourceLocation: sourceLocation)
        #expect(result.review == expected.review, sourceLocation: sourceLocation)
        #expect(result.matchThreshold == expected.matchThreshold, sourceLocation: sourceLocation)
        let (counted, known) = (result.statistics, expected.statistics)
        #expect(counted.blocking == known.blocking, sourceLocation: sourceLocation)
        #expect(counted.commonValues == known.commonValues, sourceLocation: sourceLocation)
        #expect(counted.appliedLimits == known.appliedLimits, sourceLocation: sourceLocation)
        #expect(counted.learning == known.learning, sourceLocation: sourceLocation)
        #expect(counted.assignment == known.assignment, sourceLocation: sourceLocation)
        #expect(
            counted.assignment.ties == result.review.count { $0.doubt == .tied },
            sourceLocation: sourceLocation)
        #expect(counted.unknownVerdicts == known.unknownVerdicts, sourceLocation: sourceLocation)
        #expect(counted.variedGroups == known.variedGroups, sourceLocation: sourceLocation)
        #expect(counted.tiedRecords == known.tiedRecords, sourceLocation: sourceLocation)
    }
}

extension FieldValue {
    fileprivate var texts: [String] {
        switch self {
        case .text(let text): [text]
        case .texts(let texts): texts
        default: []
        }
    }

    fileprivate var isList: Bool { if case .texts = self { true } else { false } }
}
