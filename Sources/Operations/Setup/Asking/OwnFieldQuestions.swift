internal import Collection
internal import Records

/// Asks whether fields that people added to a system are read: those called like what is compared.
///
/// Where there are none, nothing is asked.
struct OwnFieldQuestions {
    let questioner: Questioner
    let probe: any SetupProbe
    let catalog: EntityCatalog

    /// Looks and asks.
    ///
    /// - Parameters:
    ///   - side: The system.
    ///   - entities: What is to be read.
    /// - Returns: The fields to read.
    /// - Throws: ``ConfigurationError`` when the input ends.
    func ask(_ side: SetupSide, _ entities: [String]) async throws -> [OwnFieldProposal] {
        guard side.isAsked else { return [] }
        let definitions = try entities.map { try catalog.entity($0) }
        // A system that does not say is one without such fields; that it fails, 'check' says.
        let found =
            (try? await probe.ownFields(side.source.settings, entities: definitions)) ?? []
        guard !found.isEmpty else { return [] }
        let words = questioner.words
        questioner.explain(.portalOwnFields)
        for proposal in found {
            guard let entity = definitions.first(where: { $0.name == proposal.entity }),
                let field = entity.fields.first(where: { $0.name == proposal.field })
            else { continue }
            let language = words.language.rawValue
            questioner.tell(
                .portalOwnField,
                [
                    "label": proposal.label, "member": proposal.member,
                    "entity": entity.title[language], "field": field.title[language],
                ])
        }
        let isTaken = try questioner.choose(
            .portalOwnFieldsQuestion,
            among: [
                Questioner.Choice(value: true, name: "yes", title: words[.portalOwnFieldsTaken]),
                Questioner.Choice(value: false, name: "no", title: words[.portalOwnFieldsLeft]),
            ])
        return isTaken ? found : []
    }
}
