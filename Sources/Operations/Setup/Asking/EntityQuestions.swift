internal import Records

/// Asks what to check; what both sides give is proposed, and what one lacks is named.
struct EntityQuestions {
    let questioner: Questioner
    let probe: any SetupProbe
    let resources: ResourceFolders

    private var words: SetupWords { questioner.words }

    /// Looks at both sides and asks.
    ///
    /// - Returns: Names of entities, at least one.
    func ask(_ left: SetupSource, _ right: SetupSource) async throws -> [String] {
        questioner.head(.entitiesHeading)
        if left.isAskedLater || right.isAskedLater { questioner.tell(.portalAskedLater) }
        questioner.tell(.entitiesLooking)
        let catalog = EntityCatalog(resources)
        let entities = try catalog.names.map { try catalog.entity($0) }
        let sides = [await survey(left, entities), await survey(right, entities)]
        var proposed: [String] = []
        for entity in entities {
            let obstacles = sides.map { $0[entity.name] ?? nil }
            // What is only read is worth reading from one system alone.
            let isGiven =
                entity.isCompared
                ? obstacles.allSatisfy { $0 == nil } : obstacles.contains { $0 == nil }
            if isGiven { proposed.append(entity.name.rawValue) }
            tell(entity, obstacles, isGiven: isGiven)
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

    /// A line for an entity, and one for each side that lacks it.
    private func tell(_ entity: EntityDefinition, _ obstacles: [Obstacle?], isGiven: Bool) {
        let name = entity.name.rawValue
        let title = entity.title[words.language.rawValue]
        let state =
            isGiven ? words[entity.isCompared ? .entitiesBoth : .entitiesReadOnly] : ""
        func padded(_ text: String, to width: Int) -> String {
            text + String(repeating: " ", count: max(1, width - text.count))
        }
        let line = padded(name, to: 14) + padded(title, to: 20) + state
        questioner.tell(String(line.reversed().drop { $0 == " " }.reversed()))
        for (side, obstacle) in zip([SetupText.onecHeading, .portalHeading], obstacles) {
            guard let obstacle else { continue }
            questioner.tell("    \(words[side]): \(ObstacleText(words).text(of: obstacle))")
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
