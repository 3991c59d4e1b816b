internal import Records

/// Asks for the folder of the integration's own journal.
struct JournalQuestions {
    let questioner: Questioner
    let resources: ResourceFolders

    /// Asks.
    ///
    /// - Returns: The folder; `nil` when there is no journal.
    func ask() async throws -> String? {
        questioner.head(.journalHeading)
        questioner.tell(.journalHint)
        let folder: String? = try questioner.ask(.journalPlace, usual: "") {
            (answer) throws(Complaint) in
            questioner.isNone(answer) ? nil : try AnswerCheck.folder(answer)
        }
        guard let folder else { return nil }
        // Only whether it is there: a journal may be large, and grows.
        let operation = try EntityCatalog(resources).entity(
            ConfiguredSource.journalEntity.rawValue)
        let found = try await OfflineProbe(resources: resources)
            .survey(SetupSource.files(folder: folder).settings, entities: [operation])
        if found.contains(where: { $0.obstacle != nil }) { questioner.tell(.journalEmpty) }
        return folder
    }
}
