import Foundation
import Records
import Reporting
import Storage
import TestSupport
import Testing

@testable import Operations

@Suite("The history of each entity in a night's report", .timeLimit(.minutes(10)))
struct EntityHistoryTests {
    @Test("is how many of its findings stand, and how many stood the night before")
    func before() async throws {
        let settings = "entities: [counterparty]"
        try await FolderScene.play(ReportScene.files, settings: settings) { scene in
            _ = try await scene.night()
            // The telephones agree from now on.
            let right = ReportScene.files["right/counterparty.csv"] ?? ""
            _ = try scene.folder.write(
                right.replacing("123-45-99", with: "123-45-67"), to: "right/counterparty.csv")
            let last = try await scene.night().run
            let definition = try EntityCatalog(ResourceFolders(overrides: nil))
                .entity("counterparty")
            func snapshot() -> AuditedEntity.Snapshot {
                AuditedEntity.Snapshot(
                    id: SnapshotID(1), certificate: Certificate(), recordCount: 0, linkedCount: 0)
            }
            let report = try await scene.withStore { store in
                let run = try await store.run(last)
                let builder = AuditReportBuilder(
                    configuration: scene.configuration, sources: [], run: run, store: store,
                    progress: SilentProgress())
                let part = AuditReportBuilder.Part(
                    entity: AuditedEntity(
                        definition: definition, left: snapshot(), right: snapshot(),
                        linkCounts: [:]),
                    findings: [], comparison: try await store.comparison(last, definition.name))
                return try await builder.report([part], readings: [], finishedAt: Date())
            }

            let entity = try #require(report.entities.first)
            #expect(entity.counts.total == 1)
            #expect(entity.counts.resolvedCount == 1)
            #expect(entity.previous?.total == 2)
            #expect(entity.weekBefore == nil)
            #expect(entity.counts == report.counts)
        }
    }
}
