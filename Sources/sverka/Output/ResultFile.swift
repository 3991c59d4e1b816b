import ArgumentParser
import Foundation

/// Where rows of a result go: a file that appears whole, or standard output.
struct ResultFile {
    private let path: String?
    private var bytes: [UInt8] = []

    init(_ path: String?) { self.path = path }

    /// Adds a line.
    mutating func add(_ line: String) {
        bytes.append(contentsOf: line.utf8)
        bytes.append(UInt8(ascii: "\n"))
    }

    /// Writes everything.
    func write() throws { try write(bytes) }

    /// Writes these bytes and nothing else.
    func write(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { bytes in
            // Not copied, as it may be some hundred megabytes: nobody keeps it beyond this call.
            let data =
                bytes.baseAddress.map {
                    Data(
                        bytesNoCopy: UnsafeMutableRawPointer(mutating: $0), count: bytes.count,
                        deallocator: .none)
                } ?? Data()
            guard let path else { return try StandardOutput.write(data) }
            do {
                try Self.write(data, to: path)
            } catch {
                throw OutputError(place: path, cause: error)
            }
        }
    }

    /// A file gets its name when it is whole; a device or a pipe stands already and must stay one.
    private static func write(_ data: Data, to path: String) throws {
        let url = URL(filePath: path).resolvingSymlinksInPath()
        let kind = try? FileManager.default.attributesOfItem(atPath: url.path)[.type]
        let isFile = kind as? FileAttributeType ?? .typeRegular == .typeRegular
        guard !isFile else { return try data.write(to: url, options: .atomic) }
        try FileHandle(forWritingTo: url).write(contentsOf: data)
    }

    /// Makes sure that a result can be written where it is wanted, before long work begins.
    static func checkPlace(_ path: String?, option: String) throws {
        guard let path else { return }
        let url = URL(filePath: path)
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
            guard !isFolder.boolValue else {
                throw ValidationError("\(option): \(path) is a folder; name a file in it")
            }
            guard FileManager.default.isWritableFile(atPath: path) else {
                throw ValidationError("\(option): \(path) may not be written")
            }
        }
        let folder = url.deletingLastPathComponent().path
        guard FileManager.default.isWritableFile(atPath: folder) else {
            throw ValidationError(
                "\(option): there is no folder \(folder), or nothing may be written in it")
        }
    }

    /// Makes sure that an input file is there before long work begins.
    static func existing(_ path: String, option: String) throws -> URL {
        guard FileManager.default.fileExists(atPath: path) else {
            throw ValidationError("\(option): there is no file \(path)")
        }
        return URL(filePath: path)
    }
}
