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
        let letter = try NightlyAuditMail(resources: SampleReport.resources).letter(
            for: report, workbookName: name, workbookPlace: "/var/lib/sverka/reports/\(name)")
        for (content, suffix) in [(letter.html, "html"), (letter.text, "txt")] {
            let target = folder.appending(path: "audit-\(language.rawValue).\(suffix)")
            try Data(content.utf8).write(to: target)
        }

        #expect(FileManager.default.fileExists(atPath: file.path))
    }
}
