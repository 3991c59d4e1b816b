import Foundation
import TestSupport
import Testing

@Suite("sverka verdict about two records of one side", .timeLimit(.minutes(10)))
struct VerdictCommandTests {
    private let program = BuiltProgram()

    /// A project of counterparties of which one stands twice on the right.
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
                    L1,ООО Вектор,7707083893,770701001
                    L2,ООО Алмаз,5001007322,500101001
                    """
                ),
                (
                    "right/counterparty.csv",
                    """
                    R1,ООО Вектор,7707083893,770701001
                    R2,ООО Вектор,7707083893,770701001
                    R3,ООО Алмаз,5001007322,500101001
                    """
                ),
            ] {
                let table = "id,Наименование,ИНН,КПП\n" + rows + "\n"
                try Data(table.utf8).write(to: project.url.appending(path: place))
            }
            try await body(project)
        }
    }

    @Test("keeps duplicates apart, says so in every place, and is taken back")
    func different() async throws {
        try await play { project in
            func sverka(_ arguments: String...) async throws -> BuiltProgram.Outcome {
                try await program.run(arguments, in: project.url)
            }
            func doubled() async throws -> [String] {
                let listed = try await sverka(
                    "findings", "--kind", "duplicate", "--format", "json")
                let objects =
                    try JSONSerialization.jsonObject(with: Data(listed.output.utf8))
                    as? [[String: String]]
                return objects?.compactMap { $0["right_ids"] } ?? []
            }
            let first = try await sverka("run", "nightly")
            try #require(first.exitCode == 0, "\(first.errors)")
            #expect(try await doubled() == ["R1 R2"])

            let apart = try await sverka(
                "verdict", "different", "R2", "R1", "--side", "right", "--comment", "branches")
            #expect(apart.exitCode == 0, "\(apart.errors)")
            #expect(
                apart.output
                    == "R2 and R1 of the right side are not the same; the next run follows\n")
            let next = try await sverka("run", "nightly")
            try #require(next.exitCode == 0, "\(next.errors)")
            #expect(try await doubled() == [])
            let why = try await sverka("why", "R1", "R2", "--side", "right")
            #expect(
                why.output.hasPrefix("R1 and R2 are held to be two things on the right side"),
                "\(why.errors)")
            #expect(why.output.contains("kept apart by keys or a person"))
            let list = try await sverka("verdict", "list")
            #expect(list.output.contains("R1 = R2, both right"), "\(list.output)")
            #expect(list.output.contains("branches"))

            let undecided = try await sverka("verdict", "undecided", "R1", "R2", "--side", "right")
            #expect(undecided.exitCode == 0, "\(undecided.errors)")
            let last = try await sverka("run", "nightly")
            try #require(last.exitCode == 0, "\(last.errors)")
            #expect(try await doubled() == ["R1 R2"])
        }
    }

    @Test("refuses ids that are not there or are one, and says when both are of one side")
    func refusals() async throws {
        try await play { project in
            let night = try await program.run(["run", "nightly"], in: project.url)
            try #require(night.exitCode == 0, "\(night.errors)")
            for (arguments, message) in [
                (["R1", "R1", "--side", "right"], "the right record 'R1' is named twice"),
                (["R1", "nobody", "--side", "right"], "no counterparty with the id 'nobody'"),
                (["R1", "L1", "--side", "right"], "with --side right both are of 'crm'"),
                (["R1", "R2"], "R1 and R2 are both right records: add --side right"),
                (["L1", "nobody"], "crm has no counterparty with the id 'nobody'"),
                (["R1", "R2", "--side", "crm"], "--side is one of: left, right"),
            ] {
                let outcome = try await program.run(
                    ["verdict", "same"] + arguments, in: project.url)
                #expect(outcome.exitCode == 2, "\(arguments): \(outcome.errors)")
                #expect(outcome.errors.contains(message), "\(outcome.errors)")
            }
            let list = try await program.run(["verdict", "list"], in: project.url)
            #expect(list.output.contains("nobody has decided anything yet"))
        }
    }
}
