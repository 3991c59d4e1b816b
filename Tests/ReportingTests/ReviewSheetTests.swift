import Foundation
import Records
import TestSupport
import Testing

@testable import Reporting

@Suite("The sheet of pairs for review")
struct ReviewSheetTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func dump(_ report: AuditReport) throws -> String {
        let file = folder.url.appending(path: "audit.xlsx")
        try NightlyAuditWorkbook(resources: SampleReport.resources).write(report, to: file)
        return try WorkbookCells.dump(file)
    }

    /// The rows of the sheet, cell by cell, without its header.
    private func rows(_ report: AuditReport, sheet: String) throws -> [Int: [String: String]] {
        var rows: [Int: [String: String]] = [:]
        for line in try dump(report).split(separator: "\n") {
            let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard parts.count > 3, parts[0] == sheet, let column = parts[1].first,
                let row = Int(parts[1].dropFirst()), row > 1
            else { continue }
            rows[row, default: [:]][String(column)] = String(parts[3])
        }
        return rows
    }

    @Test("says of each pair in words what is in doubt, what speaks for it, and how it is opened")
    func words() throws {
        let russian = try rows(SampleReport.small(), sheet: "На проверку")
        let english = try rows(SampleReport.small(.english), sheet: "For review")

        #expect(russian.count == 3 && english.count == 3)
        #expect(russian[2]?["B"] == "Связь есть, но слабая")
        #expect(
            russian[2]?["H"]
                == "Телефон = +9,8; Наименование ≈ +7,2; Организационная форма ≠ −0,4")
        #expect(russian[3]?["B"] == "Связь есть, но другая не хуже")
        #expect(russian[3]?["H"] == "Совпадение реквизитов: ИНН + КПП")
        #expect(russian[4]?["B"] == "Связи нет, хотя похожи")
        #expect(russian[4]?["G"] == "9177" && russian[4]?["J"] == "9177")
        #expect(english[4]?["B"] == "Not linked, though much alike")
        #expect(english[4]?["H"] == "Name ≈ +3.1; Phone = +9.8; Tax ID (INN) ≠ −8.0")
    }

    @Test("says that not all are shown where there are as many of a doubt as are kept")
    func bound() throws {
        var report = SampleReport.small(.english)
        let pair = try #require(report.entities[0].doubtfulPairs.last)
        let most = ReviewPair.mostOfDoubt
        report.entities[0].doubtfulPairs = Array(repeating: pair, count: most)

        let rows = try rows(report, sheet: "For review")

        #expect(rows.count == most + 1)
        #expect(rows[most + 2]?["A"]?.hasPrefix("At most 5,000 pairs of each doubt") == true)
    }

    @Test("filters its pairs, and not the note below them")
    func filter() throws {
        func filter(_ pairs: Int) throws -> String? {
            var report = SampleReport.small(.english)
            let pair = try #require(report.entities[0].doubtfulPairs.last)
            for index in report.entities.indices { report.entities[index].doubtfulPairs = [] }
            report.entities[0].doubtfulPairs = Array(repeating: pair, count: pairs)
            return try dump(report).split(separator: "\n")
                .first { $0.hasPrefix("For review\t-\tautoFilter") }.map(String.init)
        }
        #expect(try filter(2)?.hasSuffix(" ref=A1:J3") == true)
        #expect(try filter(ReviewPair.mostOfDoubt)?.hasSuffix(" ref=A1:J5001") == true)
        // The note alone.
        #expect(try filter(0)?.hasSuffix(" ref=A1:J1") == true)
    }
}
