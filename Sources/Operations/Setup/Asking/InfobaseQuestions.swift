internal import Records

/// Asks where 1C is read from.
struct InfobaseQuestions {
    let questioner: Questioner
    let probe: any SetupProbe
    let catalog: EntityCatalog

    /// Asks until there is a source that can be right.
    func ask() async throws -> SetupSource {
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
        case .xml: return try await exported()
        case .files, .bitrix24: return try questioner.files()
        }
    }

    private func published() async throws -> SetupSource {
        questioner.explain(.onecAddressHint)
        let address = try questioner.askAddress(.onecAddress, check: AnswerCheck.infobase)
        questioner.explain(.onecUserHint)
        let user = try questioner.ask(.onecUser, usual: "odata.user", check: AnswerCheck.given)
        let password = try questioner.ask(.onecPassword, usual: "", isSecret: true)
        let source = SetupSource.infobase(
            address: address, user: user, password: password, mapping: "")
        var recognised: [RecognisedConfiguration] = []
        do {
            recognised = try await probe.recognise(source.settings)
            tell(recognised, .onecRecognised)
        } catch {
            let reason = ObstacleText(questioner.words).reason(of: error)
            questioner.tell(.onecSilent, ["reason": reason])
        }
        return .infobase(
            address: address, user: user, password: password,
            mapping: try chooseMapping(.onecMapping, of: "onec", recognised))
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

extension Questioner {
    /// Asks for a folder with a file for each entity.
    func files() throws -> SetupSource {
        explain(.folderFilesHint)
        return .files(folder: try ask(.folderPlace, check: AnswerCheck.folder))
    }

    /// Asks for an address and says when what is sent there can be read on the way.
    func askAddress(
        _ question: SetupText, isSecret: Bool = false,
        check: (String) throws(Complaint) -> String
    ) throws -> String {
        let address = try ask(question, isSecret: isSecret, check: check)
        let isOpen = address.lowercased().hasPrefix("http://")
        let isHere = ["http://127.0.0.1", "http://localhost"].contains(where: address.hasPrefix)
        if isOpen, !isHere { tell(.noteOpenConnection) }
        return address
    }
}
