import Foundation
import TestSupport
import Testing

@Suite("sverka review", .timeLimit(.minutes(10)))
struct ReviewCommandTests {
    private let program = BuiltProgram()

    /// A project of counterparties: one is either of two branches, one is called otherwise.
    private func play(_ body: (FolderProject) async throws -> Void) async throws {
        try await FolderProject.play { project in
            let settings = project.url.appending(path: "sverka.yaml")
            let text = try String(contentsOf: settings, encoding: .utf8)
                .replacing("entities: [contact]", with: "entities: [counterparty]")
            try Data(text.utf8).write(to: settings)
            for (place, rows) in [
                (
                    "left/counterparty.csv",
                    """
                    L1,ООО Вектор,7707083893,,
                    L2,ООО Ромашка,,,+7 495 123-45-67
                    L3,ООО Алмаз,5001007322,500101001,
                    """
                ),
                (
                    "right/counterparty.csv",
                    """
                    R1,ООО Вектор,7707083893,770701001,
                    R2,ООО Вектор,7707083893,781401001,
                    R3,ООО Ромашка-Плюс,,,+7 495 123-45-67
                    R4,ООО Алмаз,5001007322,500101001,
                    """
                ),
            ] {
                let table = "id,Наименование,ИНН,КПП,Телефон\n" + rows + "\n"
                try Data(table.utf8).write(to: project.url.appending(path: place))
            }
            try await body(project)
        }
    }

    @Test("lists what the night left in doubt, and no longer what a person decided")
    func list() async throws {
        try await play { project in
            let night = try await program.run(["run", "nightly"], in: project.url)
            try #require(night.exitCode == 0, "\(night.errors)")
            let listed = try await program.run(["review"], in: project.url)
            #expect(listed.exitCode == 0, "\(listed.errors)")
            #expect(listed.output.contains(#/L2 +R3 /#), "\(listed.output)")
            let file = try await program.run(
                ["review", "--doubt", "unsure", "--out", "r.csv"], in: project.url)
            #expect(file.exitCode == 0, "\(file.errors)")
            let rows = try String(
                contentsOf: project.url.appending(path: "r.csv"), encoding: .utf8
            ).split(separator: "\n")
            #expect(rows.first == "left_id,right_id,probability,weight,doubt")
            #expect(rows.contains { $0.hasPrefix("L2,R3,") })
            #expect(rows.dropFirst().allSatisfy { $0.hasSuffix(",unsure") })

            let verdict = try await program.run(["verdict", "same", "L2", "R3"], in: project.url)
            #expect(verdict.exitCode == 0, "\(verdict.errors)")
            let next = try await program.run(["run", "nightly"], in: project.url)
            try #require(next.exitCode == 0, "\(next.errors)")
            let left = try await program.run(["review"], in: project.url)
            #expect(left.exitCode == 0 && !left.output.contains(#/L2 +R3 /#))
        }
    }

    @Test("says what there is when a doubt or an entity is none, and that no night has looked")
    func wrong() async throws {
        try await FolderProject.play { project in
            let early = try await program.run(["review"], in: project.url)
            #expect(early.exitCode == 2 && early.errors.contains("'sverka run nightly' does"))
            let doubt = try await program.run(["review", "--doubt", "sure"], in: project.url)
            #expect(doubt.exitCode == 2)
            #expect(doubt.errors.contains("--doubt is one of: unsure, tied, just_missed"))
            let entity = try await program.run(["review", "--entity", "firm"], in: project.url)
            #expect(entity.exitCode == 2, "\(entity.errors)")
        }
    }
}
