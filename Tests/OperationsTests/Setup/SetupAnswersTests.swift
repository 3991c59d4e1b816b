import Foundation
@testable import Operations
import Records
import TestSupport
import Testing

@Suite("Setup wizard, answers that cannot be right")
struct SetupAnswersTests {
    /// Answers of which some come twice: first wrong, then right.
    private func complaint(
        to wrong: String, _ put: (inout SetupScene.Answers, String) -> Void
    ) async throws -> (complaint: String, configuration: Configuration) {
        var answers = SetupScene.Answers()
        put(&answers, wrong)
        let scene = try SetupScene(answers.all)
        let configuration = try await scene.run()
        #expect(scene.console.answers.isEmpty)
        let asked = scene.console.asked
        #expect(zip(asked, asked.dropFirst()).contains { $0 == $1 })
        return (scene.said, configuration)
    }

    @Test(
        "an address of 1C is asked for again",
        arguments: [
            ("srv/base", "Адрес начинается с https://"),
            ("https://", "Адрес начинается с https://"),
            ("ftp://srv/base", "Адрес начинается с https://"), ("", "Адрес начинается с https://"),
            ("https://me:pw@srv/base", "Только адрес публикации"),
        ])
    func infobase(wrong: String, words: String) async throws {
        let outcome = try await complaint(to: wrong) { $0.left.insert($1, at: 1) }
        #expect(outcome.complaint.contains(words))
        #expect(outcome.configuration.sources[.left]?.address == "https://srv/base")
    }

    @Test("an address of 1C without encryption is taken, with a warning")
    func openAddress() async throws {
        var answers = SetupScene.Answers()
        answers.left[1] = "http://srv/base"
        let scene = try SetupScene(answers.all)
        #expect(try await scene.run().sources[.left]?.address == "http://srv/base")
        #expect(scene.said.contains("идут по сети открыто"))
    }

    @Test(
        "a webhook that is not whole is asked for again and not repeated",
        arguments: [
            "p.bitrix24.ru/rest/1/abc/", "https://p.bitrix24.ru/rest/zz-code/",
            "https://p.bitrix24.ru",
        ])
    func webhook(wrong: String) async throws {
        let outcome = try await complaint(to: wrong) { $0.right.insert($1, at: 1) }
        #expect(!outcome.complaint.contains("zz-code"))
        #expect(
            outcome.configuration.sources[.right]?.address == "https://p.bitrix24.ru/rest/1/abc/")
    }

    @Test(
        "a portal's address is https and nothing more",
        arguments: ["p.bitrix24.ru", "http://p.bitrix24.ru", "https://p.bitrix24.ru/rest/1/a/"])
    func portal(wrong: String) async throws {
        let outcome = try await complaint(to: wrong) {
            $0.right = ["application", $1, "https://p.bitrix24.ru", "local.1", "secret"]
        }
        #expect(outcome.complaint.contains("Только адрес портала"))
    }

    @Test("a folder that is not there, or is a file, is asked for again")
    func folders() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("", to: "file")
        for (wrong, words) in [
            ("/nowhere/at/all", "Папки /nowhere/at/all нет."), (file.path, "а нужна папка"),
            ("", "Без этого ответа не обойтись"),
        ] {
            let outcome = try await complaint(to: wrong) {
                $0.left = ["files", $1, folder.url.path]
            }
            #expect(outcome.complaint.contains(words))
            #expect(outcome.configuration.sources[.left]?.address == folder.url.path)
        }
    }

    @Test("a time zone is one that there is")
    func timeZone() async throws {
        let outcome = try await complaint(to: "Москва") {
            $0.company = ["", $1, "Asia/Omsk", ""]
        }
        #expect(outcome.complaint.contains("Нет часового пояса «Москва»"))
        #expect(outcome.configuration.company.timeZone.identifier == "Asia/Omsk")
    }

    @Test(
        "every recipient is an address",
        arguments: ["buh.example.ru", "a@example.ru, b", "бух@пример.рф"])
    func recipients(wrong: String) async throws {
        let outcome = try await complaint(to: wrong) { $0.mail.insert($1, at: 0) }
        #expect(outcome.complaint.contains("не адрес вида имя@домен"))
        #expect(outcome.configuration.report.recipients == ["a@example.ru", "b@example.ru"])
    }

    @Test("a mail server is a name, its port a number")
    func mailServer() async throws {
        let server = try await complaint(to: "https://smtp.example.ru") {
            $0.mail.insert($1, at: 1)
        }
        #expect(server.complaint.contains("не имя сервера"))
        let port = try await complaint(to: "587a") { $0.mail.insert($1, at: 3) }
        #expect(port.complaint.contains("Порт — число"))
    }

    @Test("a sender is an address, also when the user's name is none")
    func sender() async throws {
        let outcome = try await complaint(to: "") { $0.mail.insert($1, at: 6) }
        #expect(outcome.complaint.contains("не адрес вида имя@домен"))
        #expect(outcome.configuration.mail?.from == "robot@example.ru")
    }

    @Test("a choice is a number of the list or a name", arguments: ["0", "4", "ftp", "odata xml"])
    func choice(wrong: String) async throws {
        let outcome = try await complaint(to: wrong) { $0.left.insert($1, at: 0) }
        #expect(outcome.complaint.contains("Один из номеров 1–3 или имя: odata, xml, files."))
    }

    @Test("entities are ones that there are")
    func entities() async throws {
        let outcome = try await complaint(to: "counterparty, goods") {
            $0.entities = [$1, "product, counterparty, product"]
        }
        #expect(outcome.complaint.contains("Нет сущности «goods»"))
        #expect(outcome.configuration.entities.map(\.rawValue) == ["product", "counterparty"])
    }

    @Test("an hour is one of the day", arguments: ["24", "3:60", "3:5", "утром", "-3", "3:30:00"])
    func noHour(answer: String) async throws {
        let error = #expect(throws: Complaint.self) { try DayTime(answer) }
        #expect(error?.text == .complaintHour)
    }

    @Test(
        "an hour may have minutes", arguments: [("2", "0 2"), ("02:30", "30 2"), ("0:05", "5 0")])
    func hour(answer: String, cron: String) throws {
        #expect(try DayTime(answer).cron == "\(cron) * * *")
    }

    @Test("a time that cannot be right is asked for again")
    func hourAgain() async throws {
        let outcome = try await complaint(to: "в полночь") { $0.schedule.insert($1, at: 0) }
        #expect(outcome.complaint.contains("Время пишется 3, 03:00"))
        #expect(outcome.configuration.schedule.map(\.cron.description) == ["0 3 * * *"])
    }

    @Test("what arrow keys leave behind is not written", arguments: ["ООО\u{1B}[D", "О\u{FFFD}О"])
    func strayCharacters(wrong: String) async throws {
        let outcome = try await complaint(to: wrong) { $0.company.insert($1, at: 0) }
        #expect(outcome.complaint.contains("управляющие знаки"))
        #expect(outcome.configuration.company.name == "ООО \"Пример\"")
    }

    @Test("quotes, backslashes and signs of YAML and of templates stay what they are")
    func difficultTexts() async throws {
        let name = #"ООО «Ёж\н» "{{x}}" & Co: #1 <b> 'q'"#
        var answers = SetupScene.Answers()
        answers.company[0] = name
        answers.left[3] = ##"p"w\{{=#${X}"##
        let configuration = try await SetupScene(answers.all).run()
        #expect(configuration.company.name == name)
        #expect(configuration.sources[.left]?.password == ##"p"w\{{=#${X}"##)
    }
}
