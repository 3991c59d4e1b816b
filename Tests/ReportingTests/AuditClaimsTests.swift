import Foundation
import Records
import TestSupport
import Testing

@testable import Reporting

@Suite("Claims of the nightly audit")
struct AuditClaimsTests {
    /// A night without findings, links that are well, and both systems read whole.
    private func quiet(_ language: ReportLanguage) -> AuditReport {
        var report = SampleReport.frame(language, findings: [])
        report.entities[0].clusters = []
        return report
    }

    private func claims(_ report: AuditReport) throws -> AuditClaims {
        AuditClaims(
            report: report,
            words: try Words(
                report: "nightly-audit", language: report.language,
                resources: SampleReport.resources))
    }

    /// A quiet night of which one entity is not whole, in both systems, and another was not read.
    private func doubtful(_ language: ReportLanguage) -> AuditReport {
        var report = quiet(language)
        report.entities[0].left.certificate.doubts = [.partial(detail: "stopped")]
        report.entities[0].right.certificate.doubts = [.rightsLost(detail: "crm")]
        report.failures = [
            AuditReport.Failure(
                entity: LocalizedText(["ru": "Заказ", "en": "Order"]), source: "1c",
                message: "no answer in time")
        ]
        return report
    }

    @Test(
        "say that all is well when all was read and nothing found",
        arguments: ReportLanguage.allCases)
    func well(language: ReportLanguage) throws {
        let report = quiet(language)
        let claims = try claims(report)

        #expect(report.doubtfulEntities == [])
        #expect(claims.isWell)
        #expect(
            claims.noFindings
                == (language == .russian
                    ? "Расхождений нет. Данные двух систем совпадают."
                    : "No findings. The two systems say the same."))
    }

    @Test("name what was not read whole, each entity once", arguments: ReportLanguage.allCases)
    func doubts(language: ReportLanguage) throws {
        let report = doubtful(language)
        let claims = try claims(report)

        let names = language == .russian ? "2 (Контрагент, Заказ)" : "2 (Counterparty, Order)"
        #expect(claims.reading.contains(names))
        #expect(!claims.isWell)
        for claim in [claims.reading, claims.noFindings, claims.noBrokenLinks] {
            #expect(claim.contains(language == .russian ? "рочитано не всё" : "ot all was read"))
            #expect(!claim.contains("{"))
        }
    }

    @Test("do not call equal what was accepted as it is, nor what was not compared")
    func others() throws {
        var accepted = quiet(.english)
        accepted.counts.acceptedCount = 3
        #expect(try claims(accepted).noFindings == "No findings to mend. Accepted as they are: 3.")
        #expect(try !claims(accepted).isWell)

        let nothing = AuditReport.nothing(.english)
        #expect(try claims(nothing).noFindings.hasPrefix("Nothing was compared"))
        #expect(try claims(nothing).noPrevious.hasPrefix("There is nothing to compare"))
        #expect(try !claims(nothing).isWell)
    }

    @Test("stand in the workbook")
    func workbook() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "audit.xlsx")
        try NightlyAuditWorkbook(resources: SampleReport.resources)
            .write(doubtful(.russian), to: file)

        let cells = try WorkbookCells.dump(file)
        #expect(cells.contains("1. Прочитано не всё."))
        #expect(cells.contains("Расхождений не найдено, но прочитано не всё (Контрагент, Заказ)"))
        #expect(cells.contains("Битых связей и противоречий среди прочитанного не найдено"))
        #expect(!cells.contains("прочитаны целиком; полнота"))
        #expect(!cells.contains("совпадают."))
    }

    @Test("stand in the letter")
    func letter() throws {
        let mail = try NightlyAuditMail(resources: SampleReport.resources)
        let doubtful = try mail.letter(for: doubtful(.russian), workbookName: nil)
        for text in [doubtful.text, doubtful.html] {
            #expect(
                text.contains("Расхождений не найдено, но прочитано не всё (Контрагент, Заказ)"))
            #expect(!text.contains("системы совпадают"))
        }
        #expect(doubtful.subject.contains("расхождений не найдено"))

        let nothing = try mail.letter(for: .nothing(.english), workbookName: nil)
        #expect(nothing.subject.contains("nothing was compared"))
    }
}
