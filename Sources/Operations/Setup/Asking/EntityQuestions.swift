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
    /// - Throws: ``ConfigurationError`` when the input ends or a definition is not right.
    func ask(
        _ left: SetupSide, _ right: SetupSide, hasJournal: Bool
    ) async throws -> [String] {
        questioner.head(.entitiesHeading)
        if left.source.isAskedLater || right.source.isAskedLater {
            questioner.tell(.portalAskedLater)
        }
        questioner.tell(.entitiesLooking)
        let catalog = EntityCatalog(resources)
        let entities = try catalog.names.map { try catalog.entity($0) }
        let sides = [
            await survey(left, .onecHeading, entities),
            await survey(right, .portalHeading, entities),
        ]
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
    ///
    /// A side that cannot be asked at all is taken for one that gives what its mapping says: what keeps
    /// it is said once, and is no reason to check nothing.
    private func survey(
        _ side: SetupSide, _ heading: SetupText, _ entities: [EntityDefinition]
    ) async -> [EntityName: Obstacle?] {
        let settings = side.source.settings
        do {
            if side.isAsked {
                let answers = try await probe.survey(settings, entities: entities)
                guard let reason = Self.commonFailure(answers) else { return Self.byName(answers) }
                tell(heading, silentBecause: ObstacleText(words).text(of: .unfit(reason)))
            }
            if side.isSilent { questioner.tell(.entitiesNotAsked, ["source": words[heading]]) }
        } catch {
            tell(heading, silentBecause: ObstacleText(words).reason(of: error))
        }
        let offline = try? await OfflineProbe(resources: resources)
            .survey(settings, entities: entities)
        return Self.byName(offline ?? [])
    }

    private func tell(_ heading: SetupText, silentBecause reason: String) {
        questioner.tell(.entitiesSilent, ["source": words[heading], "reason": reason])
    }

    /// What all entities failed of that were asked for, when they are several and it is the same.
    private static func commonFailure(_ answers: [SurveyedEntity]) -> String? {
        var details: [String] = []
        for answer in answers {
            switch answer.obstacle {
            case .unfit(let detail): details.append(detail)
            case .notMapped, .noFile, .noRecords: continue
            case nil: return nil
            }
        }
        return details.count > 1 && Set(details).count == 1 ? details[0] : nil
    }

    private static func byName(_ answers: [SurveyedEntity]) -> [EntityName: Obstacle?] {
        Dictionary(uniqueKeysWithValues: answers.map { ($0.name, $0.obstacle) })
    }
}
