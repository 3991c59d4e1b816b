import Foundation
import TestSupport
import Testing

/// What an administrator copies to have systemd run Sverka.
@Suite("Unit files")
struct UnitFileTests {
    private let program = BuiltProgram()
    private static let folder = ProjectFolders.root.appending(path: "templates/config")
    static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
        .filter { $0.hasSuffix(".service") || $0.hasSuffix(".timer") }.sorted()

    @Test(
        "are right by systemd itself",
        .enabled(
            if: ExternalTool.path(of: "systemd-analyze") != nil, "there is no systemd-analyze"))
    func verified() throws {
        let analyze = try #require(ExternalTool.path(of: "systemd-analyze"))
        let folder = try TemporaryFolder()
        var units: [String] = []
        for name in Self.names {
            let text = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
            // It is installed nowhere here, and systemd looks.
            _ = try folder.write(
                text.replacing("/usr/local/bin/sverka", with: "/bin/true"), to: name)
            // A template is looked at through one of its timers, which names its service.
            if !name.contains("@.") { units.append("'\(folder.url.path)/\(name)'") }
        }
        let outcome = try ExternalTool.run(
            "/bin/sh",
            ["-c", "exec 2>&1; '\(analyze)' verify --man=no \(units.joined(separator: " "))"])
        // It ends well also where it ignores a line that it does not know.
        let said = String(decoding: outcome.output, as: UTF8.self)
            .split(separator: "\n").filter { $0.contains(folder.url.path) || $0.contains("sverka") }
        #expect(outcome.status == 0)
        #expect(said.isEmpty, "\(said)")
        #expect(units.count >= 8)
    }

    @Test("start what the program knows", arguments: names.filter { $0.hasSuffix(".service") })
    func commands(name: String) async throws {
        let text = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
        let line = try #require(
            text.split(separator: "\n").first { $0.hasPrefix("ExecStart=") })
        let words = line.dropFirst("ExecStart=".count).split(separator: " ").map(String.init)
        #expect(words.first == "/usr/local/bin/sverka")
        // For each instance that a timer stands for.
        let template = name.replacing(".service", with: "")
        let instances =
            template.hasSuffix("@")
            ? Self.names.filter { $0.hasPrefix(template) && $0.hasSuffix(".timer") }
                .map { String($0.dropFirst(template.count).dropLast(".timer".count)) } : [""]
        #expect(!instances.isEmpty)
        for instance in instances {
            let arguments = words.dropFirst().map { $0.replacing("%i", with: instance) }
            let folder = try TemporaryFolder()
            let outcome = try await program.run(Array(arguments), in: folder.url)
            // The command is understood; only the configuration is not there.
            #expect(outcome.exitCode == 2, "\(arguments): \(outcome.errors)")
            #expect(outcome.errors.contains("/etc/sverka/sverka.yaml"), "\(outcome.errors)")
        }
    }
}
