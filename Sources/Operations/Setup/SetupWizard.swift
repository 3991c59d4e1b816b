public import Foundation
internal import Records

/// Asks what `sverka.yaml` needs and writes it, with the secrets in a file of their own.
public struct SetupWizard {
    private let console: any Console
    private let probe: any SetupProbe
    private let resources: ResourceFolders
    private let language: SetupLanguage?
    private let words: SetupWords

    /// Makes a wizard.
    ///
    /// - Parameters:
    ///   - console: Whom to ask.
    ///   - probe: Looks into the systems, to propose what fits them.
    ///   - resources: Where `templates` lies.
    ///   - language: The language; `nil` to ask for it first.
    ///   - usualLanguage: The one that is proposed.
    /// - Throws: ``ConfigurationError`` when the words are not there or not right.
    public init(
        console: any Console, probe: any SetupProbe, resources: ResourceFolders,
        language: SetupLanguage? = nil, usualLanguage: SetupLanguage = .russian
    ) throws {
        self.console = console
        self.probe = probe
        self.resources = resources
        self.language = language
        words = try SetupWords(resources, language: language ?? usualLanguage)
    }

    /// Asks the questions, writes `sverka.yaml`, `sverka.secrets` and for an application its key into
    /// a folder, and says what is next.
    ///
    /// - Parameters:
    ///   - folder: Where to write.
    ///   - overwrites: Whether files that are there are replaced; they are kept beside as `.bak`.
    /// - Returns: The configuration file.
    /// - Throws: ``ConfigurationError`` when a file is there already or the answers end early.
    public func run(in folder: URL, overwrites: Bool) async throws -> URL {
        let folder = folder.standardizedFileURL
        try SetupFiles(folder: folder, words: words).refuseObstacles(overwrites: overwrites)
        var words = words
        if language == nil { words.language = try askLanguage() }
        let questioner = Questioner(console, words: words)
        let answers = try await ask(questioner)
        let text = try ConfigurationTemplate(words.language, resources: resources).text(of: answers)
        let files = SetupFiles(folder: folder, words: words)
        let hasNewKey = answers.right.isAskedLater ? try files.makeKey() : nil
        try files.write(configuration: text, secrets: answers.secrets)
        SetupSummary(questioner: questioner, files: files, resources: resources)
            .tell(answers, hasNewKey: hasNewKey)
        return files.configuration
    }

    /// The language of everything that follows, asked in the usual one.
    private func askLanguage() throws -> SetupLanguage {
        let titles: [SetupLanguage: SetupText] = [
            .russian: .startRussian, .english: .startEnglish,
        ]
        let others = SetupLanguage.allCases.filter { $0 != words.language }
        return try Questioner(console, words: words).choose(
            .startLanguage,
            among: ([words.language] + others).map { language in
                Questioner.Choice(
                    value: language, name: language.rawValue,
                    title: titles[language].map { words[$0] } ?? "")
            })
    }

    private func ask(_ questioner: Questioner) async throws -> SetupAnswers {
        console.say("\n" + questioner.words[.startWelcome])
        let catalog = EntityCatalog(resources)
        questioner.head(.companyHeading)
        let company = try questioner.ask(.companyName, usual: "")
        questioner.tell(.companyTimeZoneHint)
        let timeZone = try questioner.ask(
            .companyTimeZone, usual: "Europe/Moscow", check: AnswerCheck.timeZone)
        let reportLanguage = try askReportLanguage(questioner)
        let left = try await InfobaseQuestions(
            questioner: questioner, probe: probe, catalog: catalog
        ).ask()
        let right = SetupSide(source: try PortalQuestions(questioner: questioner).ask())
        let journal = try await JournalQuestions(questioner: questioner, resources: resources)
            .ask()
        let entities = try await EntityQuestions(
            questioner: questioner, probe: probe, resources: resources
        ).ask(left, right, hasJournal: journal != nil)
        let ownFields = try await OwnFieldQuestions(
            questioner: questioner, probe: probe, catalog: catalog
        ).ask(right, entities)
        let delivery = DeliveryQuestions(questioner: questioner)
        let (recipients, mail) = try delivery.askMail()
        return SetupAnswers(
            company: company, timeZone: timeZone, reportLanguage: reportLanguage, left: left.source,
            right: right.source, ownFields: ownFields, journal: journal, entities: entities,
            recipients: recipients,
            mail: mail, nightly: try delivery.askSchedule())
    }

    /// The language of the reports: as a rule that of the questions.
    private func askReportLanguage(_ questioner: Questioner) throws -> SetupLanguage {
        let usual = questioner.words.language.rawValue
        let known = SetupLanguage.allCases.map(\.rawValue)
        return try questioner.ask(.companyReportLanguage, usual: usual) {
            (answer) throws(Complaint) in
            guard let language = SetupLanguage(rawValue: answer.lowercased()) else {
                throw Complaint(.complaintOneOf, ["names": known.joined(separator: ", ")])
            }
            return language
        }
    }
}
