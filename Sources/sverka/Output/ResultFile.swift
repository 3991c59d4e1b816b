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
            if let path {
                try data.write(to: URL(filePath: path), options: .atomic)
            } else {
                FileHandle.standardOutput.write(data)
            }
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
