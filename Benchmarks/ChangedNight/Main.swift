import Definitions
import Foundation
import RecordLinkage
import Records

/// Links two files in full, changes some records, and links again by what the full run kept.
///
///     changed-benchmark ENTITY.yaml LEFT.csv RIGHT.csv [PERCENT [SEED]]
///     changed-benchmark edit FILE.csv EDITED.csv [PERCENT [SEED]]
///
/// `NIGHTS=3` is how often the changed night is repeated, `CHECK=yes` compares it with all records matched
/// by the same model.
@main
struct Main {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count >= 4 else {
            print("usage: changed-benchmark ENTITY.yaml LEFT.csv RIGHT.csv [PERCENT [SEED]]")
            print("       changed-benchmark edit FILE.csv EDITED.csv [PERCENT [SEED]]")
            exit(2)
        }
        let percent = arguments.count > 4 ? Double(arguments[4]) ?? 1 : 1
        let seed = arguments.count > 5 ? UInt64(arguments[5]) ?? 1 : 1
        guard arguments[1] != "edit" else {
            return try edit(
                URL(filePath: arguments[2]), to: URL(filePath: arguments[3]), percent: percent,
                seed: seed)
        }
        let entity = try EntityFile.read(URL(filePath: arguments[1]))
        let engine = LinkageEngine(entity: entity)
        let left = try CSVFile.rows(URL(filePath: arguments[2]))
        let right = try CSVFile.rows(URL(filePath: arguments[3]))
        let (leftTable, rightTable) = (
            left.table(entity), right.table(entity)
        )
        print("\(leftTable.count) + \(rightTable.count) records")
        let plain = measured("full, no memory") { progress in
            engine.explainedLink(left: leftTable, right: rightTable, progress: progress).result
        }
        let (full, memory) = measured("full, memory kept") { progress in
            engine.rememberedLink(left: leftTable, right: rightTable, progress: progress)
        }
        print("the same links: \(plain.links == full.links)")
        guard let memory else { return print("no memory") }
        let size = memory.sections.values.reduce(0) { $0 + $1.bytes.count }
        print("memory: \(size >> 20) MiB")
        for section in memory.sections.values.sorted(by: { $0.bytes.count > $1.bytes.count })
            .prefix(12)
        {
            print("  \(section.name): \(section.bytes.count >> 20) MiB")
        }
        var edits = RecordEdits(seed: seed)
        let leftNow = edits.edited(left, percent: percent).table(entity)
        let rightNow = edits.edited(right, percent: percent).table(entity)
        for _ in 0..<(Int(ProcessInfo.processInfo.environment["NIGHTS"] ?? "3") ?? 3) {
            let night = try measured("changed night") { progress in
                try engine.link(left: leftNow, right: rightNow, memory: memory, progress: progress)
            }
            print(night.changes, "\(night.result.links.count) links")
        }
        if ProcessInfo.processInfo.environment["CHECK"] == "yes" {
            let night = try engine.link(left: leftNow, right: rightNow, memory: memory)
            let all = try measured("everything, the same model") { progress in
                try engine.link(
                    left: leftNow, right: rightNow, memory: memory, everything: true,
                    progress: progress)
            }
            print("the same links: \(night.result.links == all.result.links)")
            print("the same review: \(night.result.review == all.result.review)")
            print("the same duplicates: \(night.result.leftClusters == all.result.leftClusters)")
        }
    }

    /// Writes the file of the next day, in which rows that did not change are the same bytes.
    static func edit(_ file: URL, to edited: URL, percent: Double, seed: UInt64) throws {
        let rows = try CSVFile.rows(file)
        let start = try FileHandle(forReadingFrom: file).read(upToCount: 1 << 16) ?? Data()
        let lineEnd = start.contains(UInt8(ascii: "\r")) ? "\r\n" : "\n"
        var edits = RecordEdits(seed: seed)
        try Data(edits.edited(rows, percent: percent).bytes(lineEnd: lineEnd)).write(to: edited)
    }

    /// Runs something and prints what each of its stages took.
    static func measured<Result>(
        _ name: String, _ body: ((LinkageStage) -> Void) throws -> Result
    ) rethrows -> Result {
        let clock = ContinuousClock()
        let (start, used) = (clock.now, processorSeconds())
        var (last, stages, stage) = (clock.now, [String](), LinkageStage.preparing)
        func end() {
            let time = (clock.now - last) / .seconds(1)
            if time > 0.001 { stages.append("\(stage) \(String(format: "%.2f", time))") }
            last = clock.now
        }
        let result = try body {
            end()
            stage = $0
        }
        end()
        print(
            "\(name): \(String(format: "%.2f", (clock.now - start) / .seconds(1))) s, "
                + "processor \(String(format: "%.2f", processorSeconds() - used)) s ("
                + stages.joined(separator: ", ") + ")")
        return result
    }

    /// The processor time of the process, all threads together.
    private static func processorSeconds() -> Double { Double(clock()) / 1_000_000 }
}
