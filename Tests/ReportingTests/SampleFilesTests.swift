import Foundation
import Records
import TestSupport
import Testing

@testable import Reporting

@Suite("Sample files")
struct SampleFilesTests {
    @Test(
        "are kept for a look where SVERKA_SAMPLES names a folder",
        .enabled(
            if: ProcessInfo.processInfo.environment["SVERKA_SAMPLES"] != nil,
            "SVERKA_SAMPLES names no folder to keep them in"),
        arguments: ReportLanguage.allCases)
    func keep(language: ReportLanguage) throws {
        let path = try #require(ProcessInfo.processInfo.environment["SVERKA_SAMPLES"])
        let folder = URL(filePath: path)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var report = SampleReport.large(320, language)
        report.entities[0].right.certificate.doubts = [
            .suddenDrop(previous: 97_900, current: 9_770), .rightsLost(detail: "crm"),
        ]
        let workbook = try NightlyAuditWorkbook(resources: SampleReport.resources)
        let name = try workbook.fileName(for: report)
        let file = folder.appending(path: "audit-\(language.rawValue).xlsx")

        try workbook.write(report, to: file)
        let page = try KeptWorkbook(file).page(
            title: name, language: language, resources: SampleReport.resources)
        try Data(page.utf8).write(
            to: folder.appending(path: "audit-\(language.rawValue)-page.html"))
        let letter = try NightlyAuditMail(resources: SampleReport.resources).letter(
            for: report, workbookName: name, workbookPlace: "/var/lib/sverka/reports/\(name)")
        for (content, suffix) in [(letter.html, "html"), (letter.text, "txt")] {
            let target = folder.appending(path: "audit-\(language.rawValue).\(suffix)")
            try Data(content.utf8).write(to: target)
        }

        let others =
            [
                ("exchange", try ExchangeReport.document(language), try ExchangeReport.definition())
            ]
            + (try ["owner-digest", "run-failed"].map { report in
                (
                    report, try SampleTables.document(report, language),
                    try ReportDefinition(report: report, resources: SampleReport.resources)
                )
            })
        for (name, document, definition) in others {
            let stem = "\(name)-\(language.rawValue)"
            try document.writeWorkbook(to: folder.appending(path: "\(stem).xlsx"))
            try Data(document.page().utf8).write(to: folder.appending(path: "\(stem)-page.html"))
            let letter = try ReportLetter(
                definition, document, file: .init(attached: ["\(stem).xlsx"]),
                resources: name == "exchange" ? ExchangeReport.resources : SampleReport.resources)
            try Data(letter.html.utf8).write(to: folder.appending(path: "\(stem)-letter.html"))
        }

        #expect(FileManager.default.fileExists(atPath: file.path))
    }
}
