import Foundation
import Records
import Sandbox
import Testing

@testable import Operations

@Suite("A wrong password of 1C", .timeLimit(.minutes(10)))
struct WrongPasswordTests {
    private let resources = ResourceFolders(overrides: nil)

    @Test("is sent once by all jobs and nights, and once more by each check")
    func once() async throws {
        try await NightScene.play(settings: "entities: [counterparty]\n") { scene in
            var scene = scene
            scene.configuration.sources[.left]?.password = "wrong"
            var journal = try #require(scene.configuration.sources[.left])
            journal.name = SourceName("exchange")
            scene.configuration.journal = journal
            let sandbox = scene.sandbox
            let registered = { sandbox.infobaseCounters.wrongPasswords }

            let first = try await scene.night()
            #expect(first.exitCode == 3 && registered() == 1)
            let read = try await JournalIngest(
                scene.configuration, resources: resources, progress: SilentProgress()
            ).run()
            #expect(read.incomplete.first?.contains("User or password is wrong") == true)
            let second = try await scene.night()
            #expect(second.incomplete.contains { $0.contains("'sverka check'") })
            #expect(registered() == 1)

            let check = HealthCheck(scene.configuration, resources: resources)
            var failures: [String] = []
            for await line in check.lines() where !line.isPassed { failures.append(line.subject) }
            #expect(failures.contains { $0.hasPrefix("1c, counterparty") })
            #expect(registered() == 2)

            // What is right by now is read at once.
            scene.configuration.sources[.left]?.password = scene.addresses.password
            scene.configuration.journal?.password = scene.addresses.password
            #expect(try await scene.night().exitCode == 0)
        }
    }
}
