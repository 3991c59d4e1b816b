import Foundation
import Records

@testable import Reporting
import TestSupport

/// Reports for tests, the same on every machine.
///
/// Names and numbers are made up.
enum SampleReport {
    static let resources = ReportResources(builtin: SamplePlaces.root)

    /// One finding of every kind, with texts that have broken other programs.
    static func small(_ language: ReportLanguage = .russian) -> AuditReport {
        let findings = smallFindings
        var report = frame(language, findings: findings)
        report.counts = AuditCounts(counting: findings, resolvedCount: 9, acceptedCount: 3)
        report.entities[0].left.recordCount = 1204
        report.entities[0].left.linkedCount = 1190
        report.entities[0].left.notExpectedCount = 13
        report.entities[0].right.recordCount = 1198
        report.entities[0].right.linkedCount = 1188
        report.entities[0].right.notExpectedCount = 9
        report.findings[0].owner =
            language == .russian ? "Светлова Ольга" : "Olga Svetlova"
        report.collected = collected(report)
        report.weekBefore = AuditCounts(
            byKind: [.missing: 4, .mismatch: 9], bySeverity: [.error: 6, .warning: 7],
            newCount: 1, resolvedCount: 2)
        report.weekBeforeRunAt = Date(timeIntervalSince1970: 1_794_794_400)
        report.entities[0].counts = report.counts
        report.entities[0].previous = report.previous
        report.entities[0].weekBefore = report.weekBefore
        report.planted = [
            PlantedErrors(
                entity: EntityName("counterparty"), kind: .missing, planted: 40, found: 40),
            PlantedErrors(
                entity: EntityName("counterparty"), kind: .mismatch, planted: 97, found: 96),
        ]
        report.entities[0].doubtfulPairs = SamplePairs.all
        return report
    }

    /// As many findings as asked for, of all kinds.
    static func large(_ count: Int, _ language: ReportLanguage = .russian) -> AuditReport {
        var random = SeededNumbers(seed: 7)
        let findings = (0..<count).map { finding($0, random: &random) }
        var report = frame(language, findings: findings)
        report.counts = AuditCounts(counting: findings, resolvedCount: 41, acceptedCount: 12)
        report.entities[0].counts = report.counts
        report.entities[0].previous = report.previous
        let missingRight = findings.count {
            $0.finding.kind == .missing && $0.finding.side == .right
        }
        let missingLeft = findings.count { $0.finding.kind == .missing && $0.finding.side == .left }
        report.entities[0].left.recordCount = 98_000 + missingRight
        report.entities[0].left.linkedCount = 97_410
        report.entities[0].left.notExpectedCount = 590
        report.entities[0].right.recordCount = 97_700 + missingLeft
        report.entities[0].right.linkedCount = 97_388
        report.entities[0].right.notExpectedCount = 312
        return report
    }

    static func frame(_ language: ReportLanguage, findings: [ReportedFinding]) -> AuditReport {
        AuditReport(
            runID: RunID(58), startedAt: Date(timeIntervalSince1970: 1_795_399_200),
            finishedAt: Date(timeIntervalSince1970: 1_795_399_547),
            timeZone: TimeZone(identifier: "Europe/Moscow") ?? .gmt, language: language,
            company: language == .russian ? "ООО «Северный ветер»" : "North Wind LLC",
            left: ReportedSource(title: language == .russian ? "1С" : "1C", kind: "OData"),
            right: ReportedSource(
                title: language == .russian ? "Битрикс24" : "Bitrix24", kind: "REST"),
            entities: [entity], findings: findings, counts: AuditCounts(),
            previous: AuditCounts(
                byKind: [.missing: 31, .mismatch: 118, .duplicate: 22, .invalid: 19, .stale: 1],
                bySeverity: [.error: 55, .warning: 110, .info: 26],
                bySide: [.left: 40, .right: 61, nil: 90], newCount: 12, reopenedCount: 2,
                resolvedCount: 30, acceptedCount: 3),
            previousRunAt: Date(timeIntervalSince1970: 1_795_312_800),
            costs: CostModel(
                minutesByKind: [
                    .missing: 10, .mismatch: 5, .duplicate: 20, .brokenLink: 10, .conflict: 30,
                    .invalid: 5, .stale: 3,
                ], hourlyCost: Money(minorUnits: 90_000)))
    }

    /// Users of both sources, which are only read, and a journal that neither of them keeps.
    private static func collected(_ report: AuditReport) -> [CollectedEntity] {
        func snapshot(
            _ source: ReportedSource, _ id: Int64, _ count: Int
        ) -> CollectedEntity.Snapshot {
            var certificate = Certificate()
            (certificate.listedCount, certificate.deliveredCount) = (count, count)
            certificate.appearedCount = 1
            certificate.failureCounts = ["503": 2, "connection": 1]
            certificate.waits = 3
            certificate.remarks = ["old.example -> new.example"]
            return CollectedEntity.Snapshot(
                source: source,
                snapshot: AuditedEntity.Snapshot(
                    id: SnapshotID(id), certificate: certificate, recordCount: count,
                    linkedCount: 0))
        }
        func definition(_ name: String, _ russian: String, _ english: String) -> EntityDefinition {
            EntityDefinition(
                name: EntityName(name), title: LocalizedText(["ru": russian, "en": english]),
                fields: [], isCompared: false, linkage: LinkageDefinition(),
                reconciliation: ReconciliationDefinition())
        }
        let journal = ReportedSource(title: "exchange", kind: "CSV, JSON Lines")
        return [
            CollectedEntity(
                definition: definition("user", "Сотрудник", "User"),
                snapshots: [snapshot(report.left, 117, 31), snapshot(report.right, 118, 40)],
                reason: .notMeant),
            CollectedEntity(
                definition: definition("operation", "Операция обмена", "Operation"),
                snapshots: [snapshot(journal, 119, 5_120)], reason: .notMeant),
            CollectedEntity(
                definition: definition("stock", "Остаток", "Stock"),
                snapshots: [snapshot(report.left, 120, 900)],
                reason: .lackedBy([report.right.title])),
        ]
    }

    static var entity: AuditedEntity {
        func certificate(_ count: Int, _ first: String, _ last: String) -> Certificate {
            var certificate = Certificate()
            certificate.announcedCount = count
            certificate.announcedCountAfter = count
            (certificate.listedCount, certificate.deliveredCount) = (count, count)
            (certificate.firstID, certificate.lastID) = (RecordID(first), RecordID(last))
            (certificate.pages, certificate.requests, certificate.retries) = (25, 28, 2)
            (certificate.waitedMilliseconds, certificate.durationMilliseconds) = (1_240, 18_420)
            certificate.byteCount = 7_340_112
            certificate.contentChecksum = "0f343b0931126a20f133d67c2b018a3b"
            certificate.noteCounts = ["nul_removed": 2, "broken_encoding": 1]
            return certificate
        }
        return AuditedEntity(
            definition: definition,
            left: AuditedEntity.Snapshot(
                id: SnapshotID(115),
                certificate: certificate(
                    1204, "00a1b2c3-0000-11ee-9c1a-00155d000001",
                    "ffe1b2c3-0000-11ee-9c1a-00155d0000fe"), recordCount: 1204, linkedCount: 0),
            right: AuditedEntity.Snapshot(
                id: SnapshotID(116), certificate: certificate(1198, "12", "40518"),
                recordCount: 1198, linkedCount: 0),
            linkCounts: [.explicitID: 1012, .rule: 121, .model: 56],
            clusterFields: ["tax_id", "kpp", "phone"].map { FieldName($0) }, clusters: clusters,
            method: [
                MethodSection(
                    title: "model",
                    entries: [
                        MethodSection.Entry("prior", .share(0.000_831)),
                        MethodSection.Entry(
                            "tax_id: exact", .level(m: 0.98, u: 0.000_8, weightBits: 10.2)),
                    ]),
                MethodSection(
                    title: "parameters", entries: [MethodSection.Entry("threshold", .share(0.95))]),
            ])
    }

    static var clusters: [ReportedCluster] {
        [
            ReportedCluster(
                side: .right, reason: LinkReason(.rule, detail: "tax_id+kpp"),
                members: [
                    ReportedCluster.Member(
                        id: RecordID("418"),
                        address: "https://b24.example/crm/company/details/418/",
                        title: "ООО «Ромашка»",
                        values: ["7707083893", "770701001", "+74951234567"],
                        probability: 1),
                    ReportedCluster.Member(
                        id: RecordID("9033"),
                        address: "https://b24.example/crm/company/details/9033/",
                        title: "=Ромашка ООО", values: ["7707083893", "770701001", nil],
                        probability: 0.9994),
                ]),
            ReportedCluster(
                side: .left, reason: LinkReason(.model, detail: "name exact +9.1; phone +11.3"),
                members: [
                    ReportedCluster.Member(
                        id: RecordID("0a2b6f9e-1111-11ee-9c1a-00155d000001"), address: nil,
                        title: "ИП Кузнецова Анна Петровна",
                        values: ["500100732259", nil, "+79160000001"], probability: 0.981),
                    ReportedCluster.Member(
                        id: RecordID("0a2b6f9e-2222-11ee-9c1a-00155d000001"), address: nil,
                        title: "Кузнецова А. П. ИП", values: [nil, nil, "+79160000001"],
                        probability: 0.981),
                ]),
        ]
    }

    static let definition = EntityDefinition(
        name: EntityName("counterparty"),
        title: LocalizedText(["ru": "Контрагент", "en": "Counterparty"]),
        fields: [
            field("name", .organizationName, "Наименование", "Name", isPersonal: true),
            field("tax_id", .taxID, "ИНН", "Tax ID (INN)"), field("kpp", .kpp, "КПП", "KPP"),
            field("phone", .phone, "Телефон", "Phone", isPersonal: true),
            field("email", .email, "E-mail", "E-mail", isPersonal: true),
            field("address", .address, "Адрес", "Address", isPersonal: true),
            field("credit", .money, "Лимит", "Limit"), field("since", .date, "Дата", "Date"),
            field("is_deleted", .boolean, "Пометка удаления", "Marked for deletion"),
        ], linkage: LinkageDefinition(), reconciliation: ReconciliationDefinition())

    private static func field(
        _ name: String, _ type: FieldType, _ russian: String, _ english: String,
        isPersonal: Bool = false
    ) -> FieldDefinition {
        FieldDefinition(
            name: FieldName(name), type: type, isPersonal: isPersonal,
            title: LocalizedText(["ru": russian, "en": english]))
    }
}

enum SamplePlaces {
    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    static let fixtures = root.appending(path: "Tests/ReportingTests/Fixtures")
}
