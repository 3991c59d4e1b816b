import Foundation
import Sandbox
import TestSupport
import Testing

@Suite("Export")
struct ExportTests {
    /// Rows of a CSV file without line feeds in its cells' names.
    private func rows(_ folder: TemporaryFolder, _ name: String) throws -> [[String]] {
        let text = try String(contentsOf: folder.url.appending(path: name), encoding: .utf8)
        var rows: [[String]] = [[]]
        var cell = ""
        var isQuoted = false
        for character in text {
            switch character {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted:
                rows[rows.count - 1].append(cell)
                cell = ""
            case "\n" where !isQuoted:
                rows[rows.count - 1].append(cell)
                rows.append([])
                cell = ""
            default: cell.append(character)
            }
        }
        return rows.dropLast()
    }

    @Test("writes both sides and a truth that names only records of them")
    func files() throws {
        let folder = try TemporaryFolder()
        let world = World(WorldOptions(size: 800, seed: 9))

        try SandboxExport(world).write(to: folder.url)

        let left = try rows(folder, "onec.csv")
        let right = try rows(folder, "bitrix24.csv")
        let truth = try rows(folder, "truth.csv")
        #expect(
            left[0] == [
                "Ref_Key", "Code", "Description", "НаименованиеПолное", "ИНН", "КПП", "Телефон",
                "Email", "Адрес",
            ])
        #expect(
            right[0] == [
                "ID", "TITLE", "RQ_INN", "RQ_KPP", "PHONE", "EMAIL", "ADDRESS", "ORIGIN_ID",
            ])
        #expect(left.allSatisfy { $0.count == 9 } && right.allSatisfy { $0.count == 8 })
        let leftIDs = Set(left.dropFirst().map { $0[0] })
        let rightIDs = Set(right.dropFirst().map { $0[0] })
        #expect(leftIDs.count == left.count - 1 && rightIDs.count == right.count - 1)
        #expect(rightIDs.count == world.rightCount)
        let all = Set(world.truePairs)
        for pair in truth.dropFirst() {
            #expect(leftIDs.contains(pair[0]) && rightIDs.contains(pair[1]))
            #expect(all.contains(TruePair(leftID: pair[0], rightID: pair[1])))
        }
        #expect(truth.count > 780)
    }

    @Test("lists the records kept twice as clusters")
    func clusters() throws {
        let folder = try TemporaryFolder()
        let world = World(WorldOptions(size: 800, seed: 9))

        try SandboxExport(world).write(to: folder.url)

        for (name, side) in [
            ("dup_onec.csv", PlantedError.Side.left), ("dup_bitrix24.csv", .right),
        ] {
            let clusters = Dictionary(grouping: try rows(folder, name).dropFirst()) { $0[1] }
            let planted = world.plantedErrors.filter {
                $0.kind == .duplicate && $0.side == side && $0.isRequired
                    && $0.entity == "counterparty"
            }
            #expect(clusters.count == planted.count)
            #expect(
                Set(clusters.values.map { Set($0.map { $0[0] }) })
                    == Set(planted.map { Set(side == .left ? $0.leftIDs : $0.rightIDs) }))
        }
    }
}
