import Foundation
import Records
import TestSupport
import Testing

@testable import Operations

@Suite(
    "The night's workbook in a spreadsheet program",
    .enabled(if: ExternalTool.path(of: "soffice") != nil, "there is no soffice"),
    .enabled(if: ExternalTool.pythonHas("openpyxl"), "python has no openpyxl"),
    .timeLimit(.minutes(10)))
struct NightlyOfficeTests {
    // Where the workbook's columns stand, as `reports/nightly-audit` lays them out.
    private static let (title, leftValue, rightValue) = (4, 6, 7)
    private static let (leftID, rightID, fingerprint) = (18, 19, 21)

    @Test("opened and saved again by LibreOffice, it holds each finding with both of its values")
    func saved() async throws {
        try await NightScene.play { scene in
            let outcome = try await scene.night()
            let workbook = try #require(outcome.files.first { $0.pathExtension == "xlsx" })
            let folder = try TemporaryFolder()
            let saved = folder.url.appending(path: "saved")
            let office = try ExternalTool.run(
                try #require(ExternalTool.path(of: "soffice")),
                [
                    "-env:UserInstallation=file://\(folder.url.path)/profile", "--headless",
                    "--convert-to", "xlsx", "--outdir", saved.path, workbook.path,
                ])
            #expect(office.status == 0)

            let ours = try rows(of: workbook)
            let theirs = try rows(of: saved.appending(path: workbook.lastPathComponent))
            let findings = outcome.entities[0].findings
            #expect(ours.count == findings.count && ours == theirs)
            for finding in findings {
                let row = try #require(theirs[String(finding.fingerprint.rawValue.prefix(12))])
                #expect(row[Self.title] == finding.title)
                #expect(row[Self.leftID] == ids(finding.leftIDs))
                #expect(row[Self.rightID] == ids(finding.rightIDs))
                #expect(row[Self.leftValue] == finding.leftValue ?? "")
                #expect(row[Self.rightValue] == finding.rightValue ?? "")
            }
        }
    }

    private func ids(_ ids: [RecordID]) -> String {
        ids.map(\.rawValue).joined(separator: " ")
    }

    /// The rows of the sheet of findings by their fingerprint, as a reader that is not ours sees them.
    private func rows(of workbook: URL) throws -> [String: [String]] {
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Fixtures/read_sheets.py")
        let output = try ExternalTool.run(
            try #require(ExternalTool.python), [script.path, workbook.path]
        ).output
        let sheets = try JSONDecoder().decode([String: [[String]]].self, from: output)
        let sheet = try #require(sheets["Расхождения"]).dropFirst()
        return Dictionary(
            sheet.filter { $0.count > Self.fingerprint }.map { ($0[Self.fingerprint], $0) },
            uniquingKeysWith: { first, _ in
                Issue.record("two rows of one fingerprint")
                return first
            })
    }
}
