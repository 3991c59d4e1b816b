import Foundation
import TestSupport
import Testing

@testable import Sandbox

@Suite("Export of the trade")
struct TradeExportTests {
    private let world = World(WorldOptions(size: 400, seed: 9))

    /// The rows of a file of which no cell holds a line feed.
    private func rows(_ folder: TemporaryFolder, _ path: String) throws -> [[String]] {
        let text = try String(contentsOf: folder.url.appending(path: path), encoding: .utf8)
        return text.split(separator: "\n").map { line in
            var cells = [""]
            var isQuoted = false
            for character in line {
                switch character {
                case "\"": isQuoted.toggle()
                case "," where !isQuoted: cells.append("")
                default: cells[cells.count - 1].append(character)
                }
            }
            return cells
        }
    }

    @Test("writes a file for each entity and side, and pairs that name only its records")
    func files() throws {
        let folder = try TemporaryFolder()

        try SandboxExport(world).write(to: folder.url)

        for entity in World.entities where entity != "counterparty" {
            let left = try rows(folder, "onec/\(entity).csv")
            let right = try rows(folder, "bitrix24/\(entity).csv")
            let truth = try rows(folder, "truth/\(entity).csv")
            #expect(left.allSatisfy { $0.count == left[0].count }, "\(entity)")
            #expect(right.allSatisfy { $0.count == right[0].count }, "\(entity)")
            let ids = (left: Set(left.map { $0[0] }), right: Set(right.map { $0[0] }))
            #expect(ids.left.count == left.count && ids.right.count == right.count)
            #expect(truth.count > 30 && truth[0] == ["left_id", "right_id"])
            for pair in truth.dropFirst() {
                #expect(ids.left.contains(pair[0]) && ids.right.contains(pair[1]), "\(entity)")
            }
            for error in world.plantedErrors where error.entity == entity && error.isRequired {
                #expect(ids.left.isSuperset(of: error.leftIDs))
                #expect(ids.right.isSuperset(of: error.rightIDs))
            }
        }
    }

    @Test("writes counterparties under both names alike")
    func counterparties() throws {
        let folder = try TemporaryFolder()

        try SandboxExport(world).write(to: folder.url)
        // Once more over what is there.
        try SandboxExport(world).write(to: folder.url)

        for (file, copy) in [
            ("onec.csv", "onec/counterparty.csv"), ("bitrix24.csv", "bitrix24/counterparty.csv"),
            ("truth.csv", "truth/counterparty.csv"),
        ] {
            #expect(
                try Data(contentsOf: folder.url.appending(path: file))
                    == Data(contentsOf: folder.url.appending(path: copy)))
        }
    }

    @Test("writes the journal as JSON Lines in the order of time")
    func journal() throws {
        let folder = try TemporaryFolder()

        try SandboxExport(world).write(to: folder.url)

        let text = try String(
            contentsOf: folder.url.appending(path: "onec/operation.jsonl"), encoding: .utf8)
        let lines = text.split(separator: "\n")
        var last = ""
        #expect(lines.count == world.operations.count)
        for line in lines {
            let entry = try #require(
                try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            let time = try #require(entry["timestamp"] as? String)
            #expect(time > last)
            last = time
            let isError = entry["status"] as? String == "error"
            #expect(isError == (entry["error_code"] is String))
            #expect((entry["object_id"] as? String)?.isEmpty == false)
        }
        // The portal refused what it lacks.
        let refused = world.operations.filter { $0.failure == .required && $0.action == .create }
        let missing = Set(
            world.plantedErrors.filter { $0.kind == .missing && $0.side == .right }
                .flatMap(\.leftIDs))
        #expect(refused.contains { missing.contains($0.objectID) })
    }
}
