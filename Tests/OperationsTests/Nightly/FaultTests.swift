import Records
import Sandbox
import Storage
import Testing

@testable import Operations

@Suite("Faults on the way", .timeLimit(.minutes(10)))
struct FaultTests {
    @Test(
        "that pass cost a repetition and nothing else",
        arguments: [
            FaultRule(.truncatedJSON, on: .onec, subject: "Контрагенты", skip: 1),
            FaultRule(.html200, on: .onec, subject: "Контрагенты", skip: 1),
            FaultRule(.reset, on: .onec, subject: "Контрагенты", skip: 1),
            FaultRule(.maintenance, on: .onec, subject: "Контрагенты", skip: 1),
            FaultRule(.truncatedJSON, on: .bitrix24, subject: "batch"),
            FaultRule(.html502, on: .bitrix24, subject: "batch"),
            FaultRule(.dropped, on: .bitrix24, subject: "batch"),
        ])
    func transient(rule: FaultRule) async throws {
        try await NightScene.play { scene in
            scene.sandbox.inject(rule)

            let outcome = try await scene.night()
            let snapshots = try await scene.withStore { try await $0.snapshots(run: outcome.run) }

            #expect(outcome.exitCode == 0, "\(outcome.incomplete)")
            #expect(outcome.entities[0].recordCounts[.left] == NightScene.world.leftCount)
            #expect(outcome.entities[0].recordCounts[.right] == NightScene.world.rightCount)
            #expect(snapshots.contains { $0.certificate.retries > 0 })
        }
    }

    @Test("that make a list untrue are found out, and its snapshot is not believed")
    func untrue() async throws {
        try await NightScene.play { scene in
            scene.sandbox.inject(
                FaultRule(.repeatedPage, on: .bitrix24, subject: "crm.company.list", times: 500))
            let night = try await scene.night()
            scene.sandbox.clearFaults()
            let next = try await scene.night()

            #expect(night.exitCode == 3)
            #expect(night.incomplete.first?.contains("counterparty from bitrix24") == true)
            #expect(next.exitCode == 0, "\(next.incomplete)")
        }
    }
}
