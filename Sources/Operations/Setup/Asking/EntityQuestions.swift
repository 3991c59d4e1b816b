internal import Records

/// Asks what to check; what both sides give is proposed, and what one lacks is named.
struct EntityQuestions {
    let questioner: Questioner
    let probe: any SetupProbe
    let resources: ResourceFolders

    private var words: SetupWords { questioner.words }

    /// Looks at both sides and asks.
    ///
    /// - Parameters:
    ///   - left: The source that is named first.
    ///   - right: The source that it is compared with.
    ///   - hasJournal: Whether the integration's journal is read, whose operations need not be asked of
    ///     the sides then.
    /// - Returns: Names of entities, at least one.
    func ask(
        _ left: SetupSource, _ right: SetupSource, hasJournal: Bool
    ) async throws -> [String] {
        questioner.head(.entitiesHeading)
        if left.isAskedLater || right.isAskedLater { questioner.tell(.portalAskedLater) }
        questioner.tell(.entitiesLooking)
        let catalog = EntityCatalog(resources)
        let entities = try catalog.names.map { try catalog.entity($0) }
        let sides = [await survey(left, entities), await survey(right, entities)]
        var proposed: [String] = []
        for entity in entities {
            if hasJournal, entity.name == ConfiguredSource.journalEntity {
                tell(entity, [], state: words[.entitiesJournal])
                continue
            }
            let obstacles = sides.map { $0[entity.name] ?? nil }
            // What is only read is worth reading from one system alone.
            let isGiven =
                entity.isCompared
                ? obstacles.allSatisfy { $0 == nil } : obstacles.contains { $0 == nil }
            guard isGiven else {
                tell(entity, obstacles, state: "")
                continue
            }
            proposed.append(entity.name.rawValue)
            tell(
                entity, [], state: words[entity.isCompared ? .entitiesBoth : .entitiesReadOnly])
        }
        let known = catalog.names
        return try questioner.ask(
            .entitiesQuestion,
            usual: proposed.isEmpty ? "counterparty" : proposed.joined(separator: ", ")
        ) { (answer) throws(Complaint) in
            let names = AnswerCheck.names(answer)
            let unknown = names.filter { !known.contains($0) }
            guard unknown.isEmpty, !names.isEmpty else {
                throw Complaint(
                    .complaintEntities,
                    [
                        "names": unknown.joined(separator: ", "),
                        "known": known.joined(separator: ", "),
                    ])
            }
            return names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        }
    }

    /// A line for an entity, and what is the matter with each side that lacks it.
    private func tell(_ entity: EntityDefinition, _ obstacles: [Obstacle?], state: String) {
        func padded(_ text: String, to width: Int) -> String {
            text + String(repeating: " ", count: max(1, width - text.count))
        }
        let title = entity.title[words.language.rawValue]
        let name = padded(entity.name.rawValue, to: 14)
        questioner.tell(state.isEmpty ? name + title : name + padded(title, to: 20) + state)
        for (side, obstacle) in zip([SetupText.onecHeading, .portalHeading], obstacles) {
            guard let obstacle else { continue }
            questioner.tell(
                "\(words[side]): \(ObstacleText(words).text(of: obstacle))", indent: 6)
        }
    }

    /// What keeps a side from giving an entity; `nil` where nothing does.
    private func survey(
        _ source: SetupSource, _ entities: [EntityDefinition]
    ) async -> [EntityName: Obstacle?] {
        let probe = source.isAskedLater ? OfflineProbe(resources: resources) : probe
        do {
            let answers = try await probe.survey(source.settings, entities: entities)
            return Dictionary(uniqueKeysWithValues: answers.map { ($0.name, $0.obstacle) })
        } catch {
            let obstacle = Obstacle.said(ObstacleText(words).reason(of: error))
            return Dictionary(uniqueKeysWithValues: entities.map { ($0.name, obstacle) })
        }
    }
}
