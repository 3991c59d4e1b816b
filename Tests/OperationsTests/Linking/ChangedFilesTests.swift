import FileSource
import Foundation
import RecordLinkage
import Records
import Synchronization
import TestSupport
import Testing

@testable import Operations

@Suite("Two files linked again by what the last run kept")
struct ChangedFilesTests {
    private let folder: TemporaryFolder
    private let linking: FileLinking
    private let progress = Told()

    init() throws {
        folder = try TemporaryFolder()
        linking = FileLinking(
            entity: try EntityCatalog(ResourceFolders(overrides: nil)).entity("counterparty"),
            progress: progress)
    }

    /// Keeps the last result that was told, and what was warned of.
    private final class Told: ProgressDisplay, @unchecked Sendable {
        // Sendable because a run ends before its result is looked at.
        private(set) var result = ""
        private(set) var warnings: [String] = []

        func begin(_ stage: ProgressStage) {}
        func advance(_ stage: ProgressStage, done: Int, total: Int?) {}
        func note(_ stage: ProgressStage, _ part: String) {}
        func end(_ stage: ProgressStage, result: String) {
            if stage.title == "link" { self.result = result }
        }
        func warn(_ message: String) { warnings.append(message) }
    }

    private func lines(_ count: Int, right: Bool) -> [String] {
        let words = ["Ромашка", "Вектор", "Гранит", "Сокол", "Прогресс", "Маяк", "Заря", "Юпитер"]
        return (0..<count).map { number in
            let name = "\(words[number % 8]) \(words[number / 8 % 8])-\(number / 64)"
            let (digits, phone) = (String(number * 7_919 % 10_000), 2_000_000 + number * 31)
            return right
                ? "\(number),\(name) ООО,+7 (495) \(phone)"
                : "Г-\(number),\"ООО \"\"\(name)\"\"\",8495\(phone)"
                    + (number % 50 == 0 ? " \(digits)" : "")
        }
    }

    private func write(_ left: [String], _ right: [String], lineEnd: String = "\n") throws {
        for (name, header, lines) in [
            ("left", "Ref_Key,Description,Телефон", left), ("right", "ID,TITLE,PHONE", right),
        ] {
            _ = try folder.write(
                ([header] + lines).joined(separator: lineEnd) + lineEnd, to: name + ".csv")
        }
    }

    private func link(known: [KnownPair] = []) async throws -> LinkageResult {
        try await linking.link(
            left: FileLinking.Input(folder.url.appending(path: "left.csv")),
            right: FileLinking.Input(folder.url.appending(path: "right.csv")), known: known,
            memory: folder.url.appending(path: "things.memory"))
    }

    private func bytes(_ links: LinkList) throws -> [UInt8] {
        let bytes = Mutex([UInt8]())
        try LinkTable.write(links) { piece in bytes.withLock { $0 += piece } }
        return bytes.withLock { $0 }
    }

    @Test("only rows that changed are read, and the links are those of reading all")
    func changed() async throws {
        var (left, right) = (lines(600, right: false), lines(560, right: true))
        try write(left, right)
        let full = try await link()
        #expect(progress.result.contains("all matched, as there is no memory that fits"))
        #expect(full.links.count > 500)
        let same = try await link()
        #expect(progress.result.contains("; 0 records changed, 0 matched again"))
        #expect(same.links == full.links)
        #expect(try bytes(same.links) == bytes(full.links))
        left[3] = "Г-3,\"ООО \"\"Другое\"\"\",84957777777"
        right.remove(at: 7)
        right.append("9000,Гранит Маяк-3 ООО,+7 (495) 2006045")
        try write(left, right)
        let changes = try await link()
        #expect(progress.result.contains("; 3 records changed"))
        // Of other line ends all rows are read: none is the same bytes.
        try write(left, right, lineEnd: "\r\n")
        let read = try await link()
        #expect(progress.result.contains("; 3 records changed"))
        #expect(changes.links == read.links && changes.review == read.review)
        // Written from what the memory keeps, and from values.
        #expect(try bytes(changes.links) == bytes(LinkList(Array(changes.links))))
        #expect(changes.links != full.links)
    }

    @Test("verdicts about records that are not there are told on every run, whatever is read")
    func unknownVerdicts() async throws {
        try write(lines(300, right: false), lines(300, right: true))
        let known = [
            KnownPair(left: RecordID("Г-1"), right: RecordID("1"), isSame: true),
            KnownPair(left: RecordID("Г-2"), right: RecordID("9999"), isSame: false),
        ]
        let told = "1 verdicts name records that are not in the files and say nothing"
        _ = try await link(known: known)
        #expect(progress.warnings.filter { $0 == told }.count == 1)
        _ = try await link(known: known)
        #expect(progress.result.contains("; 0 records changed"))
        #expect(progress.warnings.filter { $0 == told }.count == 2)
    }

    @Test("when too much changed all are matched, and the next run has a memory of that")
    func changedTooMuch() async throws {
        try write(lines(300, right: false), lines(300, right: true))
        _ = try await link()
        try write(
            lines(300, right: false).map { $0.replacing("8495", with: "8496") },
            lines(300, right: true))
        let all = try await link()
        #expect(progress.result.contains("all matched, as 50 % of the records changed"))
        let again = try await link()
        #expect(progress.result.contains("; 0 records changed"))
        #expect(again.links == all.links)
    }

    @Test("what people decide counts beside a memory that knows nothing of it")
    func verdicts() async throws {
        try write(lines(300, right: false), lines(300, right: true))
        let full = try await link()
        let pair = try #require(Array(full.links).first)
        let apart = try await link(
            known: [KnownPair(left: pair.left, right: pair.right, isSame: false)])
        #expect(progress.result.contains("; 0 records changed"))
        #expect(!apart.links.contains { $0.left == pair.left && $0.right == pair.right })
        #expect(try await link().links == full.links)
    }
}
