import Records
import Sandbox
import Storage
import Testing

@testable import Operations

@Suite("An infobase whose metadata changed", .timeLimit(.minutes(10)))
struct StructureTests {
    @Test("is read, and its certificate says so once")
    func changed() async throws {
        try await NightScene.play { scene in
            func remarks() async throws -> [String] {
                let run = try await scene.night().run
                let snapshots = try await scene.withStore { try await $0.snapshots(run: run) }
                return snapshots.flatMap(\.certificate.remarks).filter {
                    $0.contains("has changed")
                }
            }
            let first = try await remarks()
            scene.sandbox.changeInfobase {
                $0.removedFields = ["Catalog_Контрагенты.НаименованиеПолное"]
            }
            let changed = try await remarks()
            let same = try await remarks()

            #expect(first.isEmpty)
            #expect(changed.count == 1)
            #expect(changed.first?.contains("'sverka check' says whether the mapping") == true)
            #expect(same.isEmpty)
        }
    }
}
