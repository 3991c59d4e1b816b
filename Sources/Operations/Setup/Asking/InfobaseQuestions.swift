internal import Records

/// Asks where 1C is read from.
struct InfobaseQuestions {
    let questioner: Questioner
    let probe: any SetupProbe
    let catalog: EntityCatalog

    /// Asks until there is a source that can be right.
    func ask() async throws -> SetupSide {
        questioner.head(.onecHeading)
        let words = questioner.words
        let kind = try questioner.choose(
            .onecKind,
            among: [
                Questioner.Choice(
                    value: Configuration.Source.Kind.onecOData, name: "odata",
                    title: words[.onecOData]),
                Questioner.Choice(value: .xml, name: "xml", title: words[.onecXML]),
                Questioner.Choice(value: .files, name: "files", title: words[.onecFiles]),
            ])
        switch kind {
        case .onecOData: return try await published()
        case .xml: return SetupSide(source: try await exported())
        case .files, .bitrix24: return SetupSide(source: try questioner.files())
        }
    }

    private func published() async throws -> SetupSide {
        questioner.explain(.onecAddressHint)
        while true {
            let address = try questioner.askAddress(.onecAddress, check: AnswerCheck.infobase)
            questioner.explain(.onecUserHint)
            let user = try questioner.ask(
                .onecUser, usual: "odata.user", check: AnswerCheck.given)
            let password = try questioner.ask(.onecPassword, usual: "", isSecret: true)
            var source = SetupSource.infobase(
                address: address, user: user, password: password, mapping: "")
            let recognised = await recognise(source)
            if recognised == nil, try asksAgain() { continue }
            source = .infobase(
                address: address, user: user, password: password,
                mapping: try chooseMapping(.onecMapping, of: "onec", recognised ?? []))
            return SetupSide(source: source, isSilent: recognised == nil)
        }
    }

    /// What an infobase seems to be; `nil` when it cannot be asked.
    private func recognise(_ infobase: SetupSource) async -> [RecognisedConfiguration]? {
        do {
            questioner.tell(.onecAsking)
            let recognised = try await probe.recognise(infobase.settings)
            tell(recognised, .onecRecognised)
            return recognised
        } catch {
            let reason = ObstacleText(questioner.words).reason(of: error)
            questioner.tell(.onecSilent, ["reason": reason])
            return nil
        }
    }

    /// Whether somebody types anew what did not do.
    private func asksAgain() throws -> Bool {
        try questioner.choose(
            .onecRemedy,
            among: [
                Questioner.Choice(
                    value: true, name: "again", title: questioner.words[.onecAgain]),
                Questioner.Choice(value: false, name: "go-on", title: questioner.words[.onecGoOn]),
            ])
    }

    private func exported() async throws -> SetupSource {
        questioner.explain(.folderXMLHint)
        let folder = try questioner.ask(.folderPlace, check: AnswerCheck.folder)
        var recognised: [RecognisedConfiguration] = []
        do {
            recognised = try await probe.recognise(
                SetupSource.exports(folder: folder, mapping: "").settings)
            tell(recognised, .folderRecognised)
            if recognised.isEmpty {
                questioner.tell(
                    .folderNotRecognised, ["reason": questioner.words[.reasonNoKnownRecords]])
            }
        } catch {
            let reason = ObstacleText(questioner.words).reason(of: error)
            questioner.tell(.folderNotRecognised, ["reason": reason])
        }
        return .exports(
            folder: folder, mapping: try chooseMapping(.folderMapping, of: "files", recognised))
    }

    private func tell(_ recognised: [RecognisedConfiguration], _ text: SetupText) {
        // Configurations share sets: what has few of a mapping's signs is another.
        let likely = recognised.enumerated().filter { index, configuration in
            index == 0 || 2 * configuration.foundSigns >= configuration.allSigns
        }
        for (_, configuration) in likely.prefix(3) {
            questioner.tell(
                text,
                [
                    "title": configuration.title[questioner.words.language.rawValue],
                    "found": String(configuration.foundSigns),
                    "all": String(configuration.allSigns),
                ])
        }
    }

    /// Asks for a mapping; those that fit stand first.
    private func chooseMapping(
        _ question: SetupText, of system: String, _ recognised: [RecognisedConfiguration]
    ) throws -> String {
        let best = recognised.map(\.mapping)
        let known = try catalog.mappings(of: system, [])
        let ordered =
            best.compactMap { name in known.first { $0.name == name } }
            + known.filter { !best.contains($0.name) }
        return try questioner.choose(
            question,
            among: ordered.map { name, mapping in
                Questioner.Choice(
                    value: name, name: name,
                    title: mapping.title[questioner.words.language.rawValue])
            })
    }
}
