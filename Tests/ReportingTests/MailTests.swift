import Foundation
import Records
import TestSupport
import Testing

@testable import Reporting

@Suite("Nightly audit's mail")
struct NightlyAuditMailTests {
    private let mail: NightlyAuditMail

    init() throws { mail = try NightlyAuditMail(resources: SampleReport.resources) }

    @Test("has the approved texts", .tags(.golden), arguments: ReportLanguage.allCases)
    func approved(language: ReportLanguage) throws {
        let letter = try mail.letter(
            for: SampleReport.small(language), workbookName: "Сверка 23.11.2026.xlsx",
            workbookPlace: "/srv/reports/Сверка 23.11.2026.xlsx")

        try expectApproved(letter.subject + "\n", "mail.\(language.rawValue).subject.txt")
        try expectApproved(letter.text, "mail.\(language.rawValue).text.txt")
        try expectApproved(letter.html, "mail.\(language.rawValue).html")
    }

    @Test("warns in the subject and before the numbers when data are not whole")
    func uncertified() throws {
        var report = SampleReport.small()
        report.entities[0].left.certificate.doubts = [.rightsLost(detail: "Catalog <x>")]

        let letter = try mail.letter(for: report, workbookName: nil)

        #expect(letter.subject.hasPrefix("Внимание, данные неполные!"))
        let warning = try #require(letter.html.firstRange(of: "Данные прочитаны не полностью"))
        let number = try #require(letter.html.firstRange(of: "14\u{A0}расхождений"))
        #expect(warning.lowerBound < number.lowerBound)
        #expect(letter.html.contains("Catalog &lt;x&gt;"))
        #expect(letter.text.contains("Catalog <x>"))
    }

    @Test("shows no person's name, phone or e-mail whole")
    func masked() throws {
        let letter = try mail.letter(for: SampleReport.small(), workbookName: nil)

        for text in [letter.subject, letter.text, letter.html] {
            for secret in ["Анна Петровна", "74951234567", "buh@example.ru"] {
                #expect(!text.contains(secret))
            }
        }
        #expect(letter.text.contains("ИП Кузнецова А. П."))
        #expect(letter.text.contains("ООО «Ромашка»"))
    }

    @Test("says which entity a finding is of, where several were compared")
    func entities() throws {
        var report = SampleReport.small()
        let alone = try mail.letter(for: report, workbookName: nil)
        var other = report.entities[0]
        other.definition.name = EntityName("order")
        report.entities.append(other)

        let letter = try mail.letter(for: report, workbookName: nil)

        #expect(letter.text.contains("] Контрагент: "))
        #expect(letter.html.contains(">Контрагент: "))
        #expect(!alone.text.contains("] Контрагент: "))
    }

    @Test("escapes what sources wrote, in HTML")
    func escaped() throws {
        let letter = try mail.letter(for: SampleReport.small(), workbookName: nil)

        #expect(letter.html.contains("АО &quot;Заря &amp; Ко&quot; &lt;Москва&gt;"))
        #expect(letter.text.contains("АО \"Заря & Ко\" <Москва>"))
    }

    @Test("stays under a hundred kilobytes whatever the sources wrote, without remote content")
    func bounded() throws {
        var report = SampleReport.large(40)
        for index in report.findings.indices {
            report.findings[index].finding.title = String(repeating: "<ж&\"", count: 2_500)
            report.findings[index].finding.leftValue = String(repeating: "<Щ", count: 5_000)
            report.findings[index].leftAddresses = [
                "https://h/" + String(repeating: "&", count: 900)
            ]
        }

        let letter = try mail.letter(for: report, workbookName: "a.xlsx")

        #expect(letter.html.utf8.count <= NightlyAuditMail.htmlByteCountMax)
        for remote in ["<img", "<script", "<link", "url(", "@import", "<iframe", "src="] {
            #expect(!letter.html.contains(remote))
        }
    }

    @Test("links to the web only")
    func addresses() throws {
        var report = SampleReport.small()
        for index in report.findings.indices {
            report.findings[index].leftAddresses = ["javascript:alert(1)"]
        }

        let letter = try mail.letter(for: report, workbookName: nil)

        #expect(!letter.html.contains("javascript"))
        #expect(!letter.text.contains("javascript"))
    }

    @Test("lists the ten worst of very many: the gravest, of those the dearest")
    func worst() throws {
        let report = SampleReport.large(5_000)
        let first = report.findings.sorted(by: ReportedFinding.comesBefore).prefix(10)

        let letter = try mail.letter(for: report, workbookName: nil)

        let shown = letter.text.split(separator: "\n").filter { $0.hasPrefix("* [") }
        #expect(shown.count == 10)
        #expect(first.allSatisfy { $0.finding.severity == .error })
        let money = first.compactMap(\.finding.atStake).map { ($0.minorUnits + 50) / 100 }
        let digits = letter.text.filter { !$0.isWhitespace }
        #expect(money.allSatisfy { digits.contains("Подугрозой\($0)₽") })
    }

    @Test("takes a customer's own letter and words over ours")
    func overridden() throws {
        let folder = try TemporaryFolder()
        let manager = FileManager.default
        let letters = folder.url.appending(path: "templates/mail/nightly-audit/ru")
        let words = folder.url.appending(path: "reports/nightly-audit")
        try manager.createDirectory(at: letters, withIntermediateDirectories: true)
        try manager.createDirectory(at: words, withIntermediateDirectories: true)
        try Data("Мой <{{company}}> {{#kinds}}{{title}};{{/kinds}}".utf8)
            .write(to: letters.appending(path: "subject.mustache"))
        try Data("kinds: {missing: {title: Пропажа}}".utf8)
            .write(to: words.appending(path: "words.ru.yaml"))
        let resources = ReportResources(builtin: SamplePlaces.root, override: folder.url)

        let letter = try NightlyAuditMail(resources: resources)
            .letter(for: SampleReport.small(), workbookName: nil)

        #expect(letter.subject.hasPrefix("Мой <ООО «Северный ветер»> Противоречие;"))
        #expect(letter.subject.contains("Пропажа;"))
        #expect(letter.text.contains("- Пропажа: 2"))
    }

    @Test("says where a template or a words file is wrong")
    func broken() throws {
        let folder = try TemporaryFolder()
        let letters = folder.url.appending(path: "templates/mail/nightly-audit/ru")
        try FileManager.default.createDirectory(at: letters, withIntermediateDirectories: true)
        try Data("{{#open}}".utf8).write(to: letters.appending(path: "text.mustache"))
        let resources = ReportResources(builtin: SamplePlaces.root, override: folder.url)

        let error = #expect(throws: ReportError.self) {
            try NightlyAuditMail(resources: resources)
                .letter(for: SampleReport.small(), workbookName: nil)
        }

        #expect(error?.description.contains("ru/text.mustache: this is no template") == true)
    }
}
