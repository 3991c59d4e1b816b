internal import Dispatch
internal import Foundation
internal import RecordLinkage
internal import Records
internal import Synchronization

/// The memory of a linking as a file, which is mapped and not read: pages that are not asked for cost
/// nothing.
///
/// It can be lost at any time, and is no use to another program, definition, model or settings: then all
/// is matched. Nothing in it is needed for anything else.
struct MemoryFile {
    let url: URL

    init(_ url: URL) { self.url = url }

    /// What stands at the beginning of a file, after its mark.
    private struct Head: Codable {
        /// What the memory was made with.
        var key: String
        var sections: [Section]

        struct Section: Codable {
            var name: String
            /// From the beginning of the file, in bytes; 0 where it is empty and stands nowhere.
            var offset: Int
            var count: Int
            var checksum: UInt64
        }
    }

    private static let mark = Array("sverka memory 1\n".utf8)
    /// Any number may begin where a section does.
    private static let alignment = 64
    /// The checksum and the length of the head.
    private static let prefix = 16 + 2 * 8

    // MARK: Reading

    /// The memory; `nil` when there is none, it is damaged, or was made with another key.
    func read(key: String) -> LinkageMemory? {
        guard let file = MappedFile(url), file.bytes.count >= Self.prefix else { return nil }
        let bytes = file.bytes
        guard bytes.prefix(16).elementsEqual(Self.mark) else { return nil }
        let length = Int(truncatingIfNeeded: bytes.load(fromByteOffset: 16, as: UInt64.self))
        let checksum = bytes.load(fromByteOffset: 24, as: UInt64.self)
        guard length > 0, length <= bytes.count - Self.prefix else { return nil }
        let json = UnsafeRawBufferPointer(rebasing: bytes[Self.prefix..<Self.prefix + length])
        guard Checksum.of(json) == checksum,
            let head = try? JSONDecoder().decode(Head.self, from: Data(json)), head.key == key
        else { return nil }
        var sections: [LinkageMemory.Section] = []
        for section in head.sections {
            guard section.count >= 0, section.offset >= 0, section.offset % Self.alignment == 0,
                section.offset <= bytes.count - section.count
            else { return nil }
            let own = UnsafeRawBufferPointer(
                rebasing: bytes[section.offset..<section.offset + section.count])
            sections.append(LinkageMemory.Section(section.name, own, owner: file))
        }
        guard Self.areWhole(sections, head.sections.map(\.checksum)) else { return nil }
        return LinkageMemory(sections)
    }

    /// Whether all sections are as they were written; the largest ones are looked at side by side.
    private static func areWhole(
        _ sections: [LinkageMemory.Section], _ checksums: [UInt64]
    ) -> Bool {
        let order = sections.indices.sorted { sections[$0].bytes.count > sections[$1].bytes.count }
        let isDamaged = Atomic(false)
        DispatchQueue.concurrentPerform(iterations: order.count) { place in
            let section = order[place]
            if Checksum.of(sections[section].bytes) != checksums[section] {
                isDamaged.store(true, ordering: .relaxed)
            }
        }
        return !isDamaged.load(ordering: .relaxed)
    }

    // MARK: Writing

    /// Writes a memory; the file appears whole or not at all.
    ///
    /// - Throws: When it cannot be written; the one that was there is still there then.
    func write(_ memory: LinkageMemory, key: String) throws {
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        let new = url.appendingPathExtension("new")
        guard
            FileManager.default.createFile(
                atPath: new.path, contents: nil, attributes: [.posixPermissions: 0o600])
        else { throw CocoaError(.fileWriteUnknown) }
        do {
            let file = try FileHandle(forWritingTo: new)
            defer { try? file.close() }
            try write(memory, key: key, to: file)
            try file.synchronize()
            guard rename(new.path, url.path) == 0 else { throw CocoaError(.fileWriteUnknown) }
        } catch {
            try? FileManager.default.removeItem(at: new)
            throw error
        }
    }

    private func write(_ memory: LinkageMemory, key: String, to file: FileHandle) throws {
        let sections = memory.sections.values.sorted { $0.name < $1.name }
        var head = Head(key: key, sections: [])
        for section in sections {
            head.sections.append(
                Head.Section(
                    name: section.name, offset: 0, count: section.bytes.count,
                    checksum: Checksum.of(section.bytes)))
        }
        // Offsets are longer the later sections stand, and so is the head: room for the longest.
        let room = try JSONEncoder().encode(head).count + 20 * sections.count
        var offset = Self.aligned(Self.prefix + room)
        // An empty one behind all others would stand beyond the end of the file.
        for place in head.sections.indices where head.sections[place].count > 0 {
            head.sections[place].offset = offset
            offset = Self.aligned(offset + head.sections[place].count)
        }
        let json = try JSONEncoder().encode(head)
        var start = Data(Self.mark)
        for number in [UInt64(json.count), json.withUnsafeBytes(Checksum.of)] {
            withUnsafeBytes(of: number) { start.append(contentsOf: $0) }
        }
        start.append(json)
        try file.write(contentsOf: start)
        for (section, placed) in zip(sections, head.sections) where section.bytes.count > 0 {
            try file.seek(toOffset: UInt64(placed.offset))
            guard let base = section.bytes.baseAddress else { continue }
            try file.write(
                contentsOf: Data(
                    bytesNoCopy: UnsafeMutableRawPointer(mutating: base),
                    count: section.bytes.count, deallocator: .none))
        }
    }

    private static func aligned(_ offset: Int) -> Int {
        (offset + alignment - 1) / alignment * alignment
    }

    /// Removes the file, where it is.
    func remove() { try? FileManager.default.removeItem(at: url) }
}

/// A checksum of many bytes, four words at a time; against damage, not against forgery.
enum Checksum {
    static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var (a, b, c, d) = (UInt64(1), UInt64(2), UInt64(3), UInt64(4))
        let whole = bytes.count / 32 * 32
        for offset in stride(from: 0, to: whole, by: 32) {
            a = step(a, bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            b = step(b, bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self))
            c = step(c, bytes.loadUnaligned(fromByteOffset: offset + 16, as: UInt64.self))
            d = step(d, bytes.loadUnaligned(fromByteOffset: offset + 24, as: UInt64.self))
        }
        var sum = step(step(step(a, b), c), d)
        for offset in whole..<bytes.count { sum = step(sum, UInt64(bytes[offset])) }
        return step(sum, UInt64(bytes.count))
    }

    @inline(__always)
    private static func step(_ sum: UInt64, _ word: UInt64) -> UInt64 {
        let product = (sum ^ word) &* 0xD6E8_FEB8_6659_FD93
        return product ^ (product &>> 32)
    }
}
