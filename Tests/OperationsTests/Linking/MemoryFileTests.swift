import Foundation
import RecordLinkage
import TestSupport
import Testing

@testable import Operations

@Suite("The file of a memory")
struct MemoryFileTests {
    private let folder: TemporaryFolder
    private let file: MemoryFile

    init() throws {
        folder = try TemporaryFolder()
        file = MemoryFile(folder.url.appending(path: "linkage/counterparty.memory"))
    }

    /// Keeps bytes as a section does.
    private final class Bytes {
        let memory: UnsafeMutableRawBufferPointer

        init(_ bytes: [UInt8]) {
            memory = .allocate(byteCount: bytes.count, alignment: 16)
            memory.copyBytes(from: bytes)
        }

        deinit { memory.deallocate() }
    }

    private func memory(_ sections: [String: [UInt8]]) -> LinkageMemory {
        LinkageMemory(
            sections.map { name, bytes in
                let owner = Bytes(bytes)
                return LinkageMemory.Section(
                    name, UnsafeRawBufferPointer(owner.memory), owner: owner)
            })
    }

    private let sections: [String: [UInt8]] = [
        "candidates": (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 7) },
        "none": [], "header": Array("{}".utf8),
    ]

    @Test("gives back what was written, by its key only")
    func roundTrip() throws {
        try file.write(memory(sections), key: "a")
        let read = try #require(file.read(key: "a"))
        #expect(read.sections.mapValues { Array($0.bytes) } == sections)
        #expect(file.read(key: "b") == nil)
        let attributes = try FileManager.default.attributesOfItem(atPath: file.url.path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        // Another one takes its place whole.
        try file.write(memory(["header": [1, 2, 3]]), key: "c")
        #expect(file.read(key: "c")?.sections.count == 1)
        #expect(file.read(key: "a") == nil)
    }

    @Test("is none where it is damaged, wherever that is, or cut short")
    func damage() throws {
        try file.write(memory(sections), key: "a")
        let whole = try Data(contentsOf: file.url)
        let gaps = whole.indices.filter { whole[$0] == 0 }.count
        var found = 0
        for place in whole.indices {
            var damaged = whole
            damaged[place] ^= 0x40
            try damaged.write(to: file.url)
            if file.read(key: "a") != nil { found += 1 }
        }
        // Only what stands between the sections, and is never read, may differ.
        #expect(found < gaps)
        for count in [0, 10, 40, whole.count / 2, whole.count - 1] {
            try whole.prefix(count).write(to: file.url)
            #expect(file.read(key: "a") == nil)
        }
        try whole.write(to: file.url)
        #expect(file.read(key: "a") != nil)
    }

    @Test("that cannot be written leaves the one that was there")
    func unwritable() throws {
        try file.write(memory(sections), key: "a")
        let blocked = MemoryFile(file.url.appending(path: "below/a.file"))
        #expect(throws: (any Error).self) { try blocked.write(memory(sections), key: "a") }
        #expect(file.read(key: "a") != nil)
        file.remove()
        #expect(file.read(key: "a") == nil)
    }
}
