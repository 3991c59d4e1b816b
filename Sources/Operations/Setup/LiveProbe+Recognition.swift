internal import Definitions
internal import OneC
internal import Records

extension LiveProbe {
    /// Compares every mapping for 1C with what the infobase publishes.
    public func recognise(
        _ infobase: Configuration.Source
    ) async throws -> [RecognisedConfiguration] {
        let catalog = EntityCatalog(resources)
        let entities = try catalog.names.map { try catalog.entity($0) }
        let candidates = try catalog.infobaseMappings(entities).map { name, mapping in
            ConfigurationRecognition.Candidate(name: name, mapping: mapping)
        }
        let anyone = MappingDefinition(system: "onec", title: LocalizedText([:]), entities: [])
        let metadata = try await factory.infobase(infobase, anyone).metadata()
        let recognition = ConfigurationRecognition(metadata, candidates: candidates)
        return recognition.proposals.filter { $0.signs.found > 0 }.map { proposal in
            RecognisedConfiguration(
                mapping: proposal.name, title: proposal.title, foundSigns: proposal.signs.found,
                allSigns: proposal.signs.all)
        }
    }
}
