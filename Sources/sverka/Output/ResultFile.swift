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
    func write() throws { try write { try $0(bytes) } }

    /// Writes what is handed over piece by piece, and nothing else.
    ///
    /// - Parameter content: Is given what takes the next piece, for one thread at a time.
    /// - Throws: ``OutputError``, or what the content throws on standard output.
    func write(_ content: (@Sendable ([UInt8]) throws -> Void) throws -> Void) throws {
        guard let path else { return try content { try StandardOutput.write(Data($0)) } }
        do {
            try Self.write(content, to: path)
        } catch {
            throw OutputError(place: path, cause: error)
        }
    }

    /// A file gets its name when it is whole; a device or a pipe stands already and must stay one.
    private static func write(
        _ content: (@Sendable ([UInt8]) throws -> Void) throws -> Void, to path: String
    ) throws {
        let url = URL(filePath: path).resolvingSymlinksInPath()
        let attributes = try? FileManager.default.attributesOfItem(atPath: url.path)
        guard attributes?[.type] as? FileAttributeType ?? .typeRegular == .typeRegular else {
            let device = try FileHandle(forWritingTo: url)
            return try content { try device.write(contentsOf: $0) }
        }
        let new = url.deletingLastPathComponent().appending(path: ".\(UUID().uuidString).new")
        let descriptor = open(new.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw POSIXError.last }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            if let mode = attributes?[.posixPermissions] as? NSNumber {
                fchmod(descriptor, mode.uint32Value)
            }
            try content { try file.write(contentsOf: $0) }
            try file.close()
            guard rename(new.path, url.path) == 0 else { throw POSIXError.last }
        } catch {
            try? FileManager.default.removeItem(at: new)
            throw error
        }
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
