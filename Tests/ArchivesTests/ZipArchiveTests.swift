import Archives
import Foundation
import TestSupport
import Testing

@Suite("Zip archives")
struct ZipArchiveTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func archive(
        _ bytes: [UInt8], limits: ArchiveLimits = ArchiveLimits()
    ) throws -> ZipArchive {
        let place = folder.url.appending(path: "a.zip")
        try Data(bytes).write(to: place)
        return try ZipArchive(place, limits: limits)
    }

    private func content(_ entry: ZipEntry, of archive: ZipArchive) throws -> [UInt8] {
        let reader = try archive.open(entry)
        var bytes: [UInt8] = []
        while let piece = try reader.next() { bytes += piece }
        return bytes
    }

    private func problem(
        _ bytes: [UInt8], limits: ArchiveLimits = ArchiveLimits()
    ) -> ArchiveError.Problem? {
        do {
            let archive = try archive(bytes, limits: limits)
            for entry in archive.entries { _ = try content(entry, of: archive) }
            return nil
        } catch {
            return (error as? ArchiveError)?.problem
        }
    }

    private static let small = ZipWriter(entries: [
        .init(name: "folder/", bytes: []), .init(name: "folder/a.xml", bytes: Array("<a/>".utf8)),
        .init(name: "b.xml", bytes: Array(repeating: 0x20, count: 100_000)),
    ])

    @Test("entries that are not packed are given as they are, folders are left out")
    func stored() throws {
        let archive = try archive(Self.small.bytes)
        #expect(archive.entries.map(\.name) == ["folder/a.xml", "b.xml"])
        #expect(try content(archive.entries[0], of: archive) == Array("<a/>".utf8))
        #expect(try content(archive.entries[1], of: archive).count == 100_000)
    }

    @Test(
        "what Python's zipfile packs is unpacked, in either way and order",
        .enabled(if: ExternalTool.python != nil, "needs Python"), arguments: [0, 8])
    func foreignArchive(method: Int) throws {
        let script = """
            import random, sys, zipfile
            random.seed(7)
            with zipfile.ZipFile("foreign.zip", "w", \(method)) as archive:
                archive.comment = b"PK\\5\\6 a comment that looks like an end"
                for number in range(40):
                    text = "".join(random.choice("абв<>\\n") for _ in range(number * 997))
                    archive.writestr(f"каталог/{number}.xml", text)
                    open(f"{number}.txt", "w", newline="").write(text)
            """
        let outcome = try ExternalTool.run(
            try #require(ExternalTool.python), ["-c", script], in: folder.url)
        try #require(outcome.status == 0)
        let archive = try ZipArchive(folder.url.appending(path: "foreign.zip"))
        #expect(archive.entries.count == 40)
        for (number, entry) in archive.entries.enumerated().reversed() {
            #expect(entry.name == "каталог/\(number).xml")
            let expected = try Data(contentsOf: folder.url.appending(path: "\(number).txt"))
            #expect(try content(entry, of: archive) == Array(expected))
        }
    }

    @Test("an archive cut at any byte is refused")
    func cut() {
        let bytes = ZipWriter(entries: [.init(name: "a", bytes: Array("content".utf8))]).bytes
        for count in 0..<bytes.count {
            #expect(problem(Array(bytes[..<count])) != nil, "cut at byte \(count)")
        }
    }

    @Test("a byte of the content that changed is found by the checksum")
    func changed() {
        var bytes = ZipWriter(entries: [.init(name: "a", bytes: Array("content".utf8))]).bytes
        bytes[33] ^= 1
        #expect(problem(bytes) == .damaged)
    }

    @Test("any other byte that changed is refused or makes no difference; nothing crashes")
    func anyByte() {
        let whole = ZipWriter(entries: [.init(name: "a", bytes: Array("content".utf8))]).bytes
        for position in whole.indices {
            for bit in 0..<8 {
                var bytes = whole
                bytes[position] ^= 1 << bit
                _ = problem(bytes)
            }
        }
    }

    @Test(
        "names that lead out of the archive are refused",
        arguments: [
            "../a.xml", "a/../../b.xml", "/etc/passwd", "..\\a.xml", "C:\\a.xml", "a\u{0}b", "",
        ])
    func names(name: String) {
        let archive = ZipWriter(entries: [.init(name: name, bytes: [1])])
        #expect(problem(archive.bytes) == .unsafeName)
    }

    @Test("bombs are refused by what they claim, and where they lie by what comes out")
    func bombs() {
        let limits = ArchiveLimits(unpackedByteCount: 60 << 20, density: 100)
        #expect(
            problem(ZipWriter.bomb(claimedByteCount: 51_600_001), limits: limits)
                == .tooDense(limit: 100))
        #expect(
            problem(ZipWriter.bomb(claimedByteCount: 1 << 40), limits: limits)
                == .tooLarge(limit: 60 << 20))
        #expect(problem(ZipWriter.bomb(claimedByteCount: 1_000), limits: limits) == .damaged)
    }

    @Test("the limit on unpacked bytes holds for all entries together, and for their number")
    func limits() {
        let entries = (0..<10).map { ZipWriter.Entry(name: "\($0)", bytes: [0, 1, 2, 3]) }
        let bytes = ZipWriter(entries: entries).bytes
        #expect(problem(bytes, limits: ArchiveLimits(unpackedByteCount: 40)) == nil)
        #expect(
            problem(bytes, limits: ArchiveLimits(unpackedByteCount: 39)) == .tooLarge(limit: 39))
        #expect(problem(bytes, limits: ArchiveLimits(entries: 9)) == .tooManyEntries(limit: 9))
    }

    @Test("encrypted entries and unknown methods are refused with their names")
    func unreadable() throws {
        var secret = ZipWriter.Entry(name: "secret.xml", bytes: [1])
        secret.flags = 1
        let error = #expect(throws: ArchiveError.self) {
            try archive(ZipWriter(entries: [secret]).bytes)
        }
        #expect(error?.description == "entry 'secret.xml': it is encrypted")
        var odd = ZipWriter.Entry(name: "odd.xml", bytes: [1])
        odd.method = 14
        #expect(problem(ZipWriter(entries: [odd]).bytes) == .unknownMethod(14))
    }

    @Test("what is no archive is refused")
    func nothing() {
        #expect(problem([]) == .noDirectory)
        #expect(problem(Array("<?xml version=\"1.0\"?><a/>".utf8)) == .noDirectory)
        #expect(throws: ArchiveError(.unreadable)) {
            try ZipArchive(folder.url.appending(path: "none.zip"))
        }
    }
}
