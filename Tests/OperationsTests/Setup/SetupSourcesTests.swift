import Foundation
import Operations
import Records
import TestSupport
import Testing

@Suite("Setup wizard, sources")
struct SetupSourcesTests {
    private let exports: TemporaryFolder

    init() throws { exports = try TemporaryFolder() }

    @Test("1C by exported XML files")
    func xml() async throws {
        var answers = SetupScene.Answers()
        answers.left = ["xml", exports.url.path, "enterprisedata"]
        let scene = try SetupScene(answers.all)

        let left = try #require(try await scene.run().sources[.left])

        #expect(left.kind == .xml)
        #expect(left.address == exports.url.path)
        #expect(left.mapping == "enterprisedata")
        #expect(try !scene.text("sverka.secrets").contains("ONEC_PASSWORD"))
    }

    @Test("proposes the format that the files are in, and what they hold")
    func recognisedExport() async throws {
        _ = try exports.write(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <Справочник Имя="Контрагенты"><Элемент><Код>001</Код><Наименование>А</Наименование>
            </Элемент></Справочник>
            """, to: "dump.xml")
        var answers = SetupScene.Answers()
        answers.left = ["xml", exports.url.path, ""]
        answers.right = ["application", "https://p.bitrix24.ru", "local.1", "secret"]
        let scene = try SetupScene(
            answers.all, probe: LiveProbe(resources: ResourceFolders(overrides: nil)))

        let configuration = try await scene.run()

        #expect(configuration.sources[.left]?.mapping == "plain-xml")
        #expect(scene.said.contains("Похоже на «Простая выгрузка в XML»: видов записей 1 из 3."))
        #expect(configuration.entities.map(\.rawValue) == ["counterparty", "user"])
        #expect(scene.said.contains("1С: в файлах \(exports.url.path) их не видно"))
    }

    @Test("says that a folder holds no format that is known")
    func unknownExport() async throws {
        _ = try exports.write("<a><b/></a>", to: "other.xml")
        var answers = SetupScene.Answers()
        answers.left = ["xml", exports.url.path, ""]
        answers.right = ["application", "https://p.bitrix24.ru", "local.1", "secret"]
        let scene = try SetupScene(
            answers.all, probe: LiveProbe(resources: ResourceFolders(overrides: nil)))

        #expect(try await scene.run().sources[.left]?.mapping == "commerceml")
        #expect(scene.said.contains("не узнан: в папке нет знакомых записей."))
    }

    @Test(
        "both systems by CSV and JSON Lines files, of which only those that are there are proposed")
    func files() async throws {
        let right = try TemporaryFolder()
        for folder in [exports, right] {
            _ = try folder.write("Код;Наименование;ИНН\n1;А;7707083893\n", to: "counterparty.csv")
        }
        _ = try exports.write("", to: "product.jsonl")
        var answers = SetupScene.Answers()
        answers.left = ["files", exports.url.path]
        answers.right = ["3", right.url.path]
        let scene = try SetupScene(answers.all, language: .english)

        let configuration = try await scene.run()

        let kinds = [Side.left, .right].map { configuration.sources[$0]?.kind }
        #expect(kinds == [.files, .files])
        #expect(configuration.sources[.left]?.address == exports.url.path)
        #expect(configuration.sources[.left]?.name == SourceName("1c"))
        #expect(configuration.sources[.right]?.address == right.url.path)
        #expect(configuration.sources[.right]?.name == SourceName("bitrix24"))
        #expect(configuration.entities.map(\.rawValue) == ["counterparty"])
        #expect(scene.said.contains("Bitrix24: no file in \(right.url.path)"))
    }

    @Test("a portal as a local application, with a key of its own and 'authorize' as the next step")
    func application() async throws {
        var answers = SetupScene.Answers()
        answers.right = ["application", "https://p.bitrix24.ru/", "local.a1", "app-secret"]
        let scene = try SetupScene(answers.all)

        let right = try #require(try await scene.run().sources[.right])

        #expect(right.kind == .bitrix24)
        #expect(right.address == "https://p.bitrix24.ru")
        #expect(right.application?.clientID == "local.a1")
        #expect(right.application?.clientSecret == "app-secret")
        guard case .file(let key)? = right.application?.key else {
            Issue.record("no key file")
            return
        }
        #expect(key.standardizedFileURL.path == scene.place("bitrix24.key").path)
        let digits = try scene.text("bitrix24.key").dropLast()
        #expect(digits.count == 64 && digits.allSatisfy(\.isHexDigit))
        #expect(try scene.mode(of: "bitrix24.key") == 0o600)
        #expect(try !scene.text("sverka.yaml").contains("app-secret"))
        #expect(scene.said.contains("1. sverka authorize"))
        _ = try ApplicationAccess(
            try ConfigurationFile.read(scene.place("sverka.yaml"), environment: [:]), source: nil,
            resources: ResourceFolders(overrides: nil))
    }

    @Test("keeps a key that is there: tokens under another could not be read again")
    func keyKept() async throws {
        var answers = SetupScene.Answers()
        answers.right = ["application", "https://p.bitrix24.ru/", "local.a1", "app-secret"]
        let first = try SetupScene(answers.all + answers.all)
        _ = try await first.run()
        let key = try first.text("bitrix24.key")

        _ = try await first.run(overwrites: true)

        #expect(try first.text("bitrix24.key") == key)
        #expect(first.said.contains("был здесь, оставлен"))
    }

    @Test("replaces a key that others may have read, and keeps it beside")
    func openKey() async throws {
        var answers = SetupScene.Answers()
        answers.right = ["application", "https://p.bitrix24.ru/", "local.a1", "app-secret"]
        let scene = try SetupScene(answers.all)
        let old = String(repeating: "0", count: 64)
        let file = try scene.folder.write(old, to: "bitrix24.key")
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)

        _ = try await scene.run()

        #expect(try scene.text("bitrix24.key") != old)
        #expect(try scene.text("bitrix24.key.bak") == old)
        #expect(try scene.mode(of: "bitrix24.key") == 0o600)
    }

    @Test("the integration's journal is read every five minutes")
    func journal() async throws {
        _ = try exports.write("", to: "operation.jsonl")
        var answers = SetupScene.Answers()
        answers.journal = [exports.url.path]
        answers.schedule = ["нет"]
        let scene = try SetupScene(answers.all)

        let configuration = try await scene.run()

        #expect(configuration.journal?.kind == .files)
        #expect(configuration.journal?.address == exports.url.path)
        #expect(configuration.schedule.map(\.job) == ["journal"])
        #expect(configuration.schedule.map(\.cron.description) == ["*/5 * * * *"])
        #expect(!scene.said.contains("пока нет"))
        #expect(scene.said.contains("operation Операция обмена читается из журнала обмена"))
        #expect(!configuration.entities.map(\.rawValue).contains("operation"))
    }

    @Test("a folder without a journal is taken, and it is said that there is none yet")
    func emptyJournal() async throws {
        var answers = SetupScene.Answers()
        answers.journal = [exports.url.path]
        let scene = try SetupScene(answers.all)

        let configuration = try await scene.run()

        #expect(configuration.journal != nil)
        #expect(Set(configuration.schedule.map(\.job)) == ["journal", "nightly"])
        #expect(scene.said.contains("Файлов operation.csv или operation.jsonl в ней пока нет"))
    }

    @Test("without hour and journal there is no schedule, without server no mail")
    func leanest() async throws {
        var answers = SetupScene.Answers()
        answers.mail = ["", ""]
        answers.schedule = ["-"]
        let scene = try SetupScene(answers.all)

        let configuration = try await scene.run()

        #expect(configuration.schedule.isEmpty)
        #expect(configuration.mail == nil)
        #expect(configuration.report.recipients.isEmpty)
        #expect(!scene.said.contains("sverka serve --config"))
    }
}
