internal import Foundation
internal import Records

/// What a memory says about itself.
struct MemoryHeader: Hashable, Sendable, Codable {
    var format = LinkageMemory.format
    /// The entity's name.
    var entity: String
    var options: LinkageOptions
    /// By side: for each field of the entity, where its cell stands in a row.
    var cells: [[Int]]
    /// By side: the fields that no record filled.
    var emptyFields: [[Int]]
    var leftRecords: Int
    var rightRecords: Int
    var isSingle: Bool
    var rules: [RuleIndex.Facts]
    /// The fields of the keys whose values are kept.
    var keys: [String]
    var model: FittedModel
    var alone: Competition.Alone
    /// The names of what was counted, and what a value is worth that was seen once.
    var frequencies: [String: Frequencies.Single]
    /// The names of the comparisons of places, and of names.
    var places: [String]
    var initials: [String]
    var comparisons: [String]
    var statistics: MemoryStatistics
}

/// What a run counted, for those that go on from it: limits that it reached are reached again.
struct MemoryStatistics: Hashable, Sendable, Codable {
    var blocking: [BlockingStatistics]
    var decidedPairs: Int
    var distinctPairs: Int
    var commonValues: [CommonValues]
    var appliedLimits: [AppliedLimit]
    var refusal: TrainingRefusal?
    var misfit: ModelMisfit?
    var usesFallback: Bool
    var assignment: AssignmentStatistics
    var variedGroups: Int
    var tiedRecords: Int

    init(_ statistics: LinkageStatistics) {
        blocking = statistics.blocking
        (decidedPairs, distinctPairs) = (statistics.decidedPairs, statistics.distinctPairs)
        commonValues = statistics.commonValues
        appliedLimits = statistics.appliedLimits
        refusal = statistics.learning.refusal
        misfit = statistics.learning.misfit
        usesFallback = statistics.learning.usesFallback
        assignment = statistics.assignment
        variedGroups = statistics.variedGroups
        tiedRecords = statistics.tiedRecords
    }

    /// Says it of a later run, too.
    ///
    /// - Parameters:
    ///   - statistics: What is said of that run.
    ///   - again: What was counted where it decided again.
    func add(to statistics: inout LinkageStatistics, _ again: LinkageStatistics) {
        statistics.blocking = blocking
        (statistics.decidedPairs, statistics.distinctPairs) = (decidedPairs, distinctPairs)
        statistics.commonValues = commonValues
        statistics.appliedLimits = appliedLimits
        statistics.learning.refusal = refusal
        statistics.learning.misfit = misfit
        statistics.learning.usesFallback = usesFallback
        statistics.tiedRecords = tiedRecords
        statistics.variedGroups = max(variedGroups, again.variedGroups)
        statistics.assignment = assignment
        statistics.assignment.largestComponent = max(
            assignment.largestComponent, again.assignment.largestComponent)
        statistics.assignment.unresolvedComponents = max(
            assignment.unresolvedComponents, again.assignment.unresolvedComponents)
    }
}

extension MemoryHeader {
    private static let name = "header"

    /// - Returns: `nil` when the memory has none that can be read.
    init?(_ memory: LinkageMemory) {
        let bytes: Frozen<UInt8> = memory.elements(Self.name)
        let decoder = JSONDecoder()
        guard let header = try? decoder.decode(Self.self, from: Data(bytes.all)),
            header.format == LinkageMemory.format, header.model.isSound
        else { return nil }
        self = header
    }

    func add(to builder: inout MemoryBuilder) {
        // Plain numbers, texts and lists of them can always be written.
        guard let json = try? JSONEncoder().encode(self) else { return }
        builder.add(Self.name, Array(json))
    }
}

extension MemoryBuilder {
    /// Keeps what was learnt of rarity.
    ///
    /// - Returns: What a value is worth that was seen once, by the name of what was counted.
    mutating func add(_ population: Population) -> [String: Frequencies.Single] {
        for (name, known) in population.frequencies {
            add("frequency \(name) hashes", known.hashes)
            add("frequency \(name) bits", known.bits)
            add("frequency \(name) plain", known.plainBits)
            add("frequency \(name) counts", known.counts)
        }
        for (name, places) in population.places { add("places \(name)", places) }
        for (name, initials) in population.initials {
            add("initials \(name) given", initials.givenBits)
            add("initials \(name) patronymic", initials.patronymicBits)
        }
        return population.frequencies.mapValues(\.single)
    }
}

extension Population {
    /// What was learnt of rarity.
    init(_ header: MemoryHeader, _ memory: LinkageMemory) {
        for (name, single) in header.frequencies {
            frequencies[name] = KnownFrequencies(
                hashes: memory.elements("frequency \(name) hashes"),
                bits: memory.elements("frequency \(name) bits"),
                plainBits: memory.elements("frequency \(name) plain"),
                counts: memory.elements("frequency \(name) counts"), single: single)
        }
        for name in header.places {
            places[name] = Array(memory.elements("places \(name)").all)
        }
        for name in header.initials {
            initials[name] = InitialFrequencies(
                givenBits: memory.elements("initials \(name) given"),
                patronymicBits: memory.elements("initials \(name) patronymic"))
        }
        comparisons = header.comparisons
    }

    /// What prepared records tell of rarity.
    init(_ prepared: PreparedLinkage) {
        frequencies = prepared.columns.learntFrequencies()
        for comparison in prepared.comparisons {
            comparisons.append(comparison.name)
            if let comparison = comparison as? PlaceComparison {
                places[comparison.name] = comparison.places
            }
            if let comparison = comparison as? NameComparison {
                initials[comparison.name] = comparison.initials
            }
        }
    }
}
