import Collection
import Foundation
import Operations
import Records
import Reporting
import TestSupport
import Testing

@Suite("Setup wizard")
struct SetupWizardTests {
    @Test("writes a configuration that reads back as answered", arguments: SetupLanguage.allCases)
    func roundTrip(language: SetupLanguage) async throws {
        let scene = try SetupScene(SetupScene.Answers().all, language: language)

        let configuration = try await scene.run()

        #expect(configuration.company.name == "ООО \"Пример\"")
        #expect(configuration.company.timeZone.identifier == "Europe/Moscow")
        #expect(configuration.company.language.rawValue == language.rawValue)
        let left = try #require(configuration.sources[.left])
        #expect(left.kind == .onecOData)
        #expect(left.address == "https://srv/base")
        #expect(left.user == "Обмен CRM")
        #expect(left.password == "pass: #word")
        #expect(left.mapping == "onec-bp30")
        let right = try #require(configuration.sources[.right])
        #expect(right.kind == .bitrix24)
        #expect(right.address == "https://p.bitrix24.ru/rest/1/abc/")
        #expect(right.application == nil)
        #expect(configuration.journal == nil)
        #expect(configuration.report.recipients == ["a@example.ru", "b@example.ru"])
        #expect(configuration.mail?.port == 587)
        #expect(configuration.mail?.security == .startTLS)
        #expect(configuration.mail?.user == "me")
        #expect(configuration.mail?.password == "mail-secret")
        #expect(configuration.mail?.from == "robot@example.ru")
        #expect(configuration.schedule.map(\.job) == ["nightly"])
        #expect(configuration.schedule.map(\.cron.description) == ["0 3 * * *"])
    }

    @Test("keeps secrets out of the configuration, in a file that only the owner reads")
    func secretsApart() async throws {
        let scene = try SetupScene(SetupScene.Answers().all)

        _ = try await scene.run()

        let text = try scene.text("sverka.yaml")
        for secret in ["pass: #word", "rest/1/abc", "mail-secret"] {
            #expect(!text.contains(secret))
            #expect(!scene.said.contains(secret))
        }
        #expect(try scene.mode(of: "sverka.secrets") == 0o600)
    }

    @Test("does not replace a configuration unless told to, and then keeps the old one")
    func overwriting() async throws {
        let scene = try SetupScene(SetupScene.Answers().all)
        _ = try scene.folder.write("old", to: "sverka.yaml")

        await #expect(throws: ConfigurationError.self) { _ = try await scene.run() }
        #expect(try scene.text("sverka.yaml") == "old")
        #expect(scene.console.asked.isEmpty)

        _ = try await scene.run(overwrites: true)
        #expect(try scene.text("sverka.yaml.bak") == "old")
    }

    @Test("says before the first question that it may not write there")
    func closedFolder() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("", to: "file")
        let console = SetupScene.ScriptedConsole(SetupScene.Answers().all)
        let wizard = try SetupWizard(
            console: console, probe: SetupScene.offline,
            resources: ResourceFolders(overrides: nil), language: .russian)

        let error = await #expect(throws: ConfigurationError.self) {
            _ = try await wizard.run(in: file.appending(path: "etc"), overwrites: false)
        }
        #expect(error?.description.contains("нельзя писать") == true)
        #expect(console.asked.isEmpty)
    }

    @Test("says so when the answers end early and writes nothing")
    func answersEnd() async throws {
        let scene = try SetupScene(["only one"])

        let error = await #expect(throws: ConfigurationError.self) { _ = try await scene.run() }
        #expect(error?.description == "Ввод закончился раньше вопросов; ничего не записано")
        #expect(try FileManager.default.contentsOfDirectory(atPath: scene.folder.url.path).isEmpty)
    }

    @Test("asks for the language first, and goes on in it")
    func language() async throws {
        let russian = try SetupScene([""] + SetupScene.Answers().all, language: nil)
        let english = try SetupScene(["en"] + SetupScene.Answers().all, language: nil)

        #expect(try await russian.run().company.language == .russian)
        #expect(try await english.run().company.language == .english)

        #expect(russian.console.asked.contains("Часовой пояс отчётов и расписания"))
        #expect(try russian.text("sverka.yaml").contains("# стоит в отчётах"))
        #expect(try russian.text("sverka.secrets").hasPrefix("# Секреты Сверки"))
        #expect(english.console.asked.contains("Time zone of reports and schedule"))
        #expect(try english.text("sverka.yaml").contains("# stands on the reports"))
        #expect(try english.text("sverka.secrets").hasPrefix("# Secrets of Sverka"))
    }

    @Test(
        "proposes the language of the environment, and Russian where it names none",
        arguments: [
            (["LANG": "en_US.UTF-8"], SetupLanguage.english),
            (["LANG": "en_US.UTF-8", "LC_ALL": "ru_RU.UTF-8"], .russian),
            (["LANG": "ru_RU.UTF-8", "LC_ALL": ""], .russian),
            (["LANG": "C.UTF-8"], .russian), ([:], .russian),
        ])
    func usualLanguage(environment: [String: String], language: SetupLanguage) {
        #expect(SetupLanguage(environment: environment) == language)
    }

    @Test("recognises 1C, proposes what both systems give, and names what could not be found")
    func proposals() async throws {
        let others = EntityCatalog(ResourceFolders(overrides: nil)).names.filter {
            !["counterparty", "product", "user", "stock"].contains($0)
        }
        let none = Dictionary(uniqueKeysWithValues: others.map { ($0, Obstacle.unfit("no list")) })
        let probe = SetupScene.ScriptedProbe(
            recognised: [
                RecognisedConfiguration(
                    mapping: "onec-ut11",
                    title: LocalizedText(["en": "Trade 11", "ru": "Торговля 11"]), foundSigns: 4,
                    allSigns: 5)
            ],
            obstacles: [
                "1c": none.merging(["order": .notMapped(mapping: "onec-ut11")]) { $1 },
                "bitrix24": none.merging(["stock": .unfit("the scope catalog is missing")]) { $1 },
            ])
        let scene = try SetupScene(SetupScene.Answers().all, probe: probe)

        let configuration = try await scene.run()

        #expect(configuration.sources[.left]?.mapping == "onec-ut11")
        #expect(configuration.entities.map(\.rawValue) == ["counterparty", "product", "user"])
        #expect(scene.said.contains("Похоже на «Торговля 11»: признаков 4 из 5."))
        #expect(scene.said.contains("Битрикс24: не прочитать (the scope catalog is missing)"))
        #expect(scene.said.contains("1С: не отдаёт (в сопоставлении onec-ut11 её нет)"))
    }

    @Test("asks whether fields that people added to the portal are read", arguments: ["yes", "no"])
    func ownFields(answer: String) async throws {
        var answers = SetupScene.Answers()
        answers.entities.append(answer)
        var probe = SetupScene.ScriptedProbe()
        probe.recognised = [
            RecognisedConfiguration(
                mapping: "onec-bp30", title: LocalizedText(["ru": "БП"]), foundSigns: 1,
                allSigns: 1)
        ]
        probe.own = [("other_id", "UF_CRM_7", "GUID 1С"), ("kpp", "UF_CRM_8", "КПП")].map {
            OwnFieldProposal(
                entity: EntityName("counterparty"), field: FieldName($0.0), member: $0.1,
                label: $0.2)
        }
        let scene = try SetupScene(answers.all, probe: probe)

        let right = try #require(try await scene.run().sources[.right])

        #expect(scene.said.contains("«GUID 1С» (UF_CRM_7) — Контрагент: Код в другой системе"))
        #expect(
            right.ownFields.map(\.field.rawValue) == (answer == "yes" ? ["other_id", "kpp"] : []))
        #expect(
            try scene.text("sverka.yaml").contains(
                answer == "yes"
                    ? "      counterparty: {other_id: UF_CRM_7, kpp: UF_CRM_8}"
                    : "    # fields:"))
    }

    @Test("goes on without 1C when told to, says why, and does not ask it again")
    func unreachable() async throws {
        var answers = SetupScene.Answers()
        answers.left.insert("go-on", at: 4)
        let probe = SetupScene.ScriptedProbe()
        let scene = try SetupScene(answers.all, probe: probe)

        let configuration = try await scene.run()

        #expect(scene.said.contains("1С не спросить: srv does not answer."))
        #expect(probe.surveyed.names == ["bitrix24"])
        #expect(scene.said.contains("1С сейчас не спросить; для этой стороны предлагается всё"))
        // What the mapping of 1C knows is proposed.
        #expect(configuration.entities.map(\.rawValue).contains("counterparty"))
    }

    @Test("takes address, user and password of 1C anew when they did not do")
    func corrected() async throws {
        var answers = SetupScene.Answers()
        answers.left = [
            "odata", "https://srv/base", "a", "wrong", "", "https://srv/base", "b", "right",
            "go-on", "",
        ]
        let scene = try SetupScene(answers.all, probe: SetupScene.ScriptedProbe())

        let left = try #require(try await scene.run().sources[.left])

        #expect(left.user == "b")
        #expect(left.password == "right")
    }

    @Test("says once what keeps a whole side, and proposes what its mapping knows")
    func silentPortal() async throws {
        let names = EntityCatalog(ResourceFolders(overrides: nil)).names
        let refused = Dictionary(
            uniqueKeysWithValues: names.map { ($0, Obstacle.unfit("INVALID_CREDENTIALS")) })
        let probe = SetupScene.ScriptedProbe(
            recognised: [
                RecognisedConfiguration(
                    mapping: "onec-bp30", title: LocalizedText(["ru": "БП"]), foundSigns: 1,
                    allSigns: 1)
            ], obstacles: ["bitrix24": refused])
        let scene = try SetupScene(SetupScene.Answers().all, probe: probe)

        let configuration = try await scene.run()

        #expect(scene.said.components(separatedBy: "INVALID_CREDENTIALS").count == 2)
        #expect(configuration.entities.map(\.rawValue).contains("counterparty"))
    }

    @Test("ends with what was written and what is next")
    func summary() async throws {
        let scene = try SetupScene(SetupScene.Answers().all, language: .english)

        _ = try await scene.run()

        let place = scene.place("sverka.yaml").path
        #expect(scene.said.contains("1. sverka check --config '\(place)'"))
        #expect(scene.said.contains("2. sverka run nightly --config '\(place)'"))
        #expect(scene.said.contains("3. sverka serve --config '\(place)'"))
        #expect(scene.said.contains("templates/config/sverka.service' /etc/systemd/system/"))
        #expect(!scene.said.contains("sverka authorize"))
    }
}
