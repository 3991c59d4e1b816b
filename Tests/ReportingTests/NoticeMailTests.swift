import Foundation
import Reporting
import TestSupport
import Testing

@Suite("A notice's mail")
struct NoticeMailTests {
    private func content(_ severity: String, _ language: ReportLanguage) -> NoticeMail.Content {
        let isRussian = language == .russian
        return NoticeMail.Content(
            title: isRussian
                ? "Ошибки обмена: 212 за час, обычно 3" : "Exchange errors: 212 an hour, usually 3",
            lines: isRussian
                ? [
                    "Больше обычного в 70 раз; так много не было за последние 12 месяцев.", "",
                    "Главные причины:", "— 1С не отвечает: 180, под угрозой 1 240 000 ₽",
                    "— нет обязательного поля «ИНН»: 21", "",
                    "Что сделать: проверьте, запущена ли служба публикации 1С.",
                ]
                : [
                    "70 times the usual; not seen in the last 12 months.", "", "Top causes:",
                    "— 1C does not answer: 180, 1,240,000 ₽ at stake",
                    "— mandatory field “tax id” missing: 21", "",
                    "What to do: see whether 1C's web publication runs.",
                ],
            link: "https://sverka.example.ru/alerts/7?a=1&b=2", severity: severity,
            company: isRussian ? "ООО «Ромашка & Ко»" : "Romashka & Co")
    }

    @Test("has the approved texts", .tags(.golden), arguments: ReportLanguage.allCases)
    func approved(language: ReportLanguage) throws {
        let letter = try NoticeMail(resources: SampleReport.resources, language: language)
            .letter(content("error", language))

        try expectApproved(letter.subject + "\n", "notice.\(language.rawValue).subject.txt")
        try expectApproved(letter.text, "notice.\(language.rawValue).text.txt")
        try expectApproved(letter.html, "notice.\(language.rawValue).html")
    }

    @Test("loads nothing from elsewhere")
    func remote() throws {
        let html = try NoticeMail(resources: SampleReport.resources, language: .russian)
            .letter(content("critical", .russian)).html
        #expect(!html.contains("<img"))
        #expect(!html.contains("<link"))
        #expect(!html.contains("url("))
        #expect(!html.contains("src="))
    }

    @Test("refuses a template that uses a name that there is not, with its place")
    func unknownName() throws {
        let folder = try TemporaryFolder()
        let place = folder.url.appending(path: "templates/mail/notice/ru")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        _ = try folder.write(
            "{{title}}\n{{#lines}}{{lien}}{{/lines}}",
            to: "templates/mail/notice/ru/text.mustache")
        let resources = ReportResources(
            builtin: SampleReport.resources.builtin, override: folder.url)

        let error = #expect(throws: ReportError.self) {
            try NoticeMail(resources: resources, language: .russian)
        }
        #expect(error.map { "\($0)".contains("line 2, column 11: there is no 'lien'") } == true)
    }
}
