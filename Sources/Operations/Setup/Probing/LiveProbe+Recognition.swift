internal import Definitions
internal import FileSource
internal import Foundation
internal import OneC
internal import Records

extension LiveProbe {
    /// Compares every mapping for such a system with what an infobase publishes, or with what the files
    /// of a folder hold.
    public func recognise(
        _ source: Configuration.Source
    ) async throws -> [RecognisedConfiguration] {
        let catalog = EntityCatalog(resources)
        let entities = try catalog.names.map { try catalog.entity($0) }
        if source.kind == .xml {
            return try recogniseExport(source, catalog.mappings(of: "files", entities))
        }
        let candidates = try catalog.mappings(of: "onec", entities).map { name, mapping in
            ConfigurationRecognition.Candidate(name: name, mapping: mapping)
        }
        // Whoever was refused has typed something anew, or mended it over there.
        factory.systems.forgetRefusals()
        let anyone = MappingDefinition(system: "onec", title: LocalizedText([:]), entities: [])
        let metadata = try await factory.infobase(source, anyone).metadata()
        let recognition = ConfigurationRecognition(metadata, candidates: candidates)
        return recognition.proposals.filter { $0.signs.found > 0 }.map { proposal in
            RecognisedConfiguration(
                mapping: proposal.name, title: proposal.title, foundSigns: proposal.signs.found,
                allSigns: proposal.signs.all)
        }
    }

    /// The mappings by which files have records, those with the most kinds of them first.
    private func recogniseExport(
        _ source: Configuration.Source, _ candidates: [(name: String, mapping: MappingDefinition)]
    ) throws -> [RecognisedConfiguration] {
        let found = try ExportSurvey(folder: URL(filePath: source.address))
            .entities(of: candidates.map(\.mapping))
        return zip(candidates, found).filter { !$0.1.isEmpty }
            .map { candidate, found in
                RecognisedConfiguration(
                    mapping: candidate.name, title: candidate.mapping.title,
                    foundSigns: found.count,
                    allSigns: Set(candidate.mapping.entities.map(\.entity)).count)
            }
            .enumerated()
            .sorted { ($1.element.foundSigns, $0.offset) < ($0.element.foundSigns, $1.offset) }
            .map(\.element)
    }

    /// The entities of which the files of a folder hold records, by the source's mapping.
    func kindsOfRecords(
        in source: Configuration.Source, entities: [EntityDefinition]
    ) throws -> Set<EntityName> {
        try ExportSurvey(folder: URL(filePath: source.address))
            .entities(of: [try factory.mapping(source, entities)])[0]
    }
}
