import Foundation
import Operations
import Records
import Reporting
import TestSupport
import Testing

@Suite("Configuration")
struct ConfigurationTests {
    private static let minimal = """
        sources:
          left: {name: 1c, kind: 1c_odata, url: "http://srv/base", user: reader, password: "${P}"}
          right: {name: crm, kind: bitrix24, url: "${HOOK}"}
        """

    @Test("fills secrets from the environment and applies defaults")
    func minimalFile() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Self.minimal, to: "sverka.yaml")

        let configuration = try ConfigurationFile.read(
            file, environment: ["P": "secret", "HOOK": "https://portal/rest/1/code/"])

        #expect(configuration.sources[.left]?.password == "secret")
        #expect(configuration.sources[.left]?.mapping == "onec-bp30")
        #expect(configuration.sources[.left]?.title == nil)
        #expect(configuration.sources[.right]?.address == "https://portal/rest/1/code/")
        #expect(configuration.company.language == .russian)
        #expect(configuration.entities == [EntityName("counterparty")])
        #expect(configuration.mail == nil)
    }

    @Test("says what readers call a system")
    func titles() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            Self.minimal.replacing("{name: crm,", with: "{name: crm, title: Битрикс24,"),
            to: "sverka.yaml")

        let configuration = try ConfigurationFile.read(
            file, environment: ["P": "secret", "HOOK": "https://portal/rest/1/code/"])

        #expect(configuration.sources[.right]?.title == "Битрикс24")
        #expect(configuration.sources[.right]?.name.rawValue == "crm")
    }

    @Test("knows the fields that people added to a system, and refuses what cannot be one")
    func ownFields() throws {
        let folder = try TemporaryFolder()
        func fields(_ fields: String, of kind: String = "kind: bitrix24") throws -> [OwnField]? {
            let file = try folder.write(
                Self.minimal.replacing("kind: bitrix24", with: "\(kind), fields: \(fields)"),
                to: "sverka.yaml")
            return try ConfigurationFile.read(file, environment: ["P": "p", "HOOK": "h"])
                .sources[.right]?.ownFields
        }

        let own = try fields("{counterparty: {other_id: UF_CRM_1, kpp: UF_CRM_2.VALUE}}")

        #expect(own?.map(\.field.rawValue) == ["other_id", "kpp"])
        #expect(own?.first?.entity == EntityName("counterparty"))
        #expect(try own?.last?.path == MappingPath(parsing: "UF_CRM_2.VALUE"))
        let broken = #expect(throws: ConfigurationError.self) {
            try fields("{counterparty: {other_id: \"UF[\"}}")
        }
        #expect(broken?.description.contains("not closed") == true)
        let files = #expect(throws: ConfigurationError.self) {
            try fields("{counterparty: {kpp: КПП}}", of: "kind: files, folder: x")
        }
        #expect(files?.description.contains("headers") == true)
    }

    @Test("an infobase gets one request at a time, or as many as told")
    func requestsAtOnce() throws {
        let folder = try TemporaryFolder()
        func count(_ setting: String) throws -> Int? {
            let file = try folder.write(
                Self.minimal.replacing("user: reader,", with: "user: reader, \(setting)"),
                to: "sverka.yaml")
            return try ConfigurationFile.read(file, environment: ["P": "p", "HOOK": "h"])
                .sources[.left]?.requestsAtOnce
        }

        #expect(try count("") == 1)
        #expect(try count("requests_at_once: 8,") == 8)
        for wrong in ["0", "9", "many"] {
            let error = #expect(throws: ConfigurationError.self) {
                try count("requests_at_once: \(wrong),")
            }
            #expect(error?.description.contains("sverka.yaml:2:") == true)
        }
        let error = #expect(throws: ConfigurationError.self) { try count("requests_at_once: 9,") }
        #expect(error?.description.contains("expected 1 to 8 requests at once") == true)
    }

    @Test("takes secrets from the file beside it when the environment is silent")
    func secretsFile() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Self.minimal, to: "sverka.yaml")
        let secrets = try folder.write("# secrets\nP=a=b c\nHOOK=h\n", to: "sverka.secrets")
        try setMode(0o600, of: secrets)

        let configuration = try ConfigurationFile.read(file, environment: ["HOOK": "from outside"])

        #expect(configuration.sources[.left]?.password == "a=b c")
        #expect(configuration.sources[.right]?.address == "from outside")
    }

    @Test("refuses a file of secrets that others may read")
    func readableSecrets() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Self.minimal, to: "sverka.yaml")
        try setMode(0o644, of: folder.write("P=x\nHOOK=h\n", to: "sverka.secrets"))

        let error = #expect(throws: ConfigurationError.self) {
            try ConfigurationFile.read(file, environment: [:])
        }
        #expect(error?.description.contains("chmod 600") == true)
    }

    @Test("names a secret that is not set, never a value")
    func missingSecret() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Self.minimal, to: "sverka.yaml")

        let error = #expect(throws: ConfigurationError.self) {
            try ConfigurationFile.read(file, environment: ["HOOK": "h"])
        }
        #expect(error?.description.contains("the secret P is not set") == true)
    }

    @Test("reads a local application, whose tokens lie in the data folder under a key")
    func application() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            """
            data: own
            sources:
              left: {name: 1c, kind: 1c_odata, url: "http://srv/base"}
              right:
                name: portal
                kind: bitrix24
                url: https://company.bitrix24.ru
                plan: enterprise
                application:
                  client_id: local.1
                  client_secret: ${SECRET}
                  key: ${KEY}
            """, to: "sverka.yaml")

        let source = try #require(
            ConfigurationFile.read(file, environment: ["SECRET": "s", "KEY": "k"]).sources[.right])
        let application = try #require(source.application)

        #expect(source.plan == .enterprise)
        #expect(application.clientSecret == "s")
        #expect(application.tokenFile.path.hasSuffix("/own/portal.tokens"))
        guard case .text("k") = application.key else {
            Issue.record("the key is not taken from the secret")
            return
        }
    }

    @Test("reads a journal beside the two sources, and how files are taken")
    func journal() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            """
            data: own
            sources:
              left: {name: 1c, kind: files, folder: a, move_taken_to: a-taken, ready_file: done}
              right: {name: crm, kind: files, folder: b}
              journal: {name: exchange, kind: files, folder: log}
            """, to: "sverka.yaml")

        let configuration = try ConfigurationFile.read(file, environment: [:])
        let left = try #require(configuration.sources[.left]?.intake)

        #expect(configuration.journal?.name.rawValue == "exchange")
        #expect(configuration.sourcesByRole.map(\.role) == [.left, .right, .journal])
        #expect(left.readyFile == "done")
        #expect(left.takenFolder?.lastPathComponent == "a-taken")
        #expect(left.ledger?.path.hasSuffix("/own/intake/1c.json") == true, "moved, so taken once")
        #expect(configuration.sources[.right]?.intake.ledger == nil)
    }

    @Test("reads where files are fetched from, with secrets filled in")
    func remote() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            """
            sources:
              left:
                name: 1c
                kind: xml
                folder: exchange
                mapping: commerceml
                remote: {url: "sftp://host/out/", user: me, password: "${P}", host_key: abc}
              right: {name: crm, kind: files, folder: b}
            """, to: "sverka.yaml")

        let left = try #require(
            ConfigurationFile.read(file, environment: ["P": "secret"]).sources[.left])

        #expect(left.kind == .xml)
        #expect(left.mapping == "commerceml")
        #expect(left.remote?.address == "sftp://host/out/")
        #expect(left.remote?.password == "secret")
        #expect(left.remote?.hostKey == "abc")
    }

    @Test(
        "complains with line and column",
        arguments: [
            ("sources: {left: {name: a, kind: ftp}}", "sverka.yaml:1:33: 'ftp' is not one of"),
            ("surces: {}", "sverka.yaml:1:1: unknown key 'surces'; known here: "),
            ("company: {language: de}", "sverka.yaml:1:1: 'sources' is missing here"),
            (
                """
                sources:
                  left: {name: a, kind: files, folder: a}
                  right: {name: b, kind: files, folder: b}
                  journal: {name: a, kind: files, folder: c}
                """, "sverka.yaml:4:19: 'a' is the name of the source 'left'"
            ),
            (
                """
                sources:
                  left: {name: a, kind: files, folder: a}
                  right: {name: b, kind: bitrix24, url: x, application: {cleint_id: 1}}
                """, "sverka.yaml:3:58: unknown key 'cleint_id'"
            ),
            (
                "sources: {left: {name: a, kind: files, folder: a, time_zone: Moscow}}",
                "sverka.yaml:1:62: no such time zone: Moscow"
            ),
            (
                "{company: {language: de}, sources: {}}",
                "sverka.yaml:1:22: 'de' is not one of: ru, en"
            ),
            ("a: [", "sverka.yaml:2:1: not valid YAML"),
            ("", "sverka.yaml: the file is empty"),
        ])
    func wrongFile(text: String, complaint: String) throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(text, to: "sverka.yaml")

        let error = #expect(throws: ConfigurationError.self) {
            try ConfigurationFile.read(file, environment: [:])
        }
        #expect(error?.description.hasPrefix(complaint) == true, "\(error?.description ?? "")")
    }

    private func setMode(_ mode: Int, of file: URL) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
    }
}

@Suite("The schedule in the configuration")
struct ScheduleSectionTests {
    private func read(_ lines: String) throws -> Configuration {
        let folder = try TemporaryFolder()
        let text = """
            company: {time_zone: Asia/Omsk}
            sources:
              left: {name: a, kind: files, folder: l}
              right: {name: b, kind: files, folder: r}

            """
        return try ConfigurationFile.read(folder.write(text + lines, to: "sverka.yaml"))
    }

    @Test("is in the company's zone, with delay, grace and making up as told")
    func entry() throws {
        let short = try read("schedule: {nightly: \"30 2 * * *\"}").schedule
        let long = try read(
            """
            schedule:
              nightly: {cron: "@daily", jitter: 10m, grace: 2h, catch_up: false}
              alerts: {cron: "0 * * * *", time_zone: Europe/Moscow}
            serve: {listen: "[::1]:9000", stop_within: 2m}
            """)

        #expect(short.map(\.cron.description) == ["30 2 * * *"])
        #expect(short.map(\.timeZone.identifier) == ["Asia/Omsk"])
        #expect(short.map(\.catchesUp) == [true])
        #expect(long.schedule.map(\.timeZone.identifier) == ["Asia/Omsk", "Europe/Moscow"])
        #expect(long.schedule.first?.jitter == .seconds(600))
        #expect(long.schedule.first?.grace == .seconds(7_200))
        #expect(long.schedule.first?.catchesUp == false)
        #expect(long.stopWithin == .seconds(120))
        #expect(try read("").stopWithin == .seconds(60))
        #expect(long.listen == Configuration.ListenAddress(host: "::1", port: 9_000))
        #expect(try read("").listen == Configuration.ListenAddress(host: "127.0.0.1", port: 9_477))
    }

    @Test(
        "that is wrong is refused with line and column",
        arguments: [
            ("schedule: {nightly: \"61 * * * *\"}", "5:21: '61' is no minute: 0 to 59"),
            (
                "schedule: {monthly: \"@daily\"}",
                "5:12: unknown key 'monthly'; known here: alerts, journal, nightly, reports"
            ),
            ("schedule: {nightly: {cron: \"@daily\", jitter: 5}}", "expected a duration"),
            ("schedule: {nightly: {jitter: 5m}}", "'cron' is missing here"),
            ("schedule: {journal: \"*/5 * * * *\"}", "5:21: there is no journal that can be read"),
            ("schedule: {nightly: {cron: \"@daily\", time_zone: Mars}}", "no such time zone: Mars"),
            ("serve: {stop_within: 0s}", "5:22: expected 1s to 10m"),
            ("report: {hourly_cost: -1}", "5:23: expected 0 to 1000000 rubles"),
            ("report: {hourly_cost: 9000000000000000000}", "expected 0 to 1000000 rubles"),
            ("report: {sudden_drop: 30}", "5:23: expected a share from 0.01 to 1"),
            ("retention: {personal_data_days: 7}", "5:33: expected 30 to 36500 days"),
            ("serve: {listen: nine}", "expected an address such as 127.0.0.1:9477"),
        ])
    func refused(lines: String, message: String) {
        let error = #expect(throws: ConfigurationError.self) { try read(lines) }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }
}
