internal import Bitrix24
internal import Collection
internal import Foundation

/// The files that `sverka init` writes into a folder.
struct SetupFiles {
    let folder: URL
    let words: SetupWords

    var configuration: URL { folder.appending(path: "sverka.yaml") }
    var secrets: URL { folder.appending(path: "sverka.secrets") }
    /// The key for the tokens of a local application, as the configuration names it.
    var key: URL { folder.appending(path: "bitrix24.key") }

    /// Looks before anything is asked whether the answers can be written.
    ///
    /// - Throws: ``ConfigurationError`` when a file is there already, or the folder is closed.
    func refuseObstacles(overwrites: Bool) throws {
        let manager = FileManager.default
        for file in [configuration, secrets]
        where manager.fileExists(atPath: file.path) && !overwrites {
            throw ConfigurationError(words.text(.refusalExists, ["file": file.path]))
        }
        // A folder that is not there yet is made where the nearest one allows it.
        var nearest = folder
        while !manager.fileExists(atPath: nearest.path), nearest.path != "/" {
            nearest.deleteLastPathComponent()
        }
        var isFolder: ObjCBool = false
        guard manager.fileExists(atPath: nearest.path, isDirectory: &isFolder),
            isFolder.boolValue, manager.isWritableFile(atPath: nearest.path)
        else { throw ConfigurationError(words.text(.refusalClosed, ["folder": folder.path])) }
    }

    /// Writes the configuration and its secrets; files that are there are kept beside as `.bak`.
    ///
    /// - Throws: ``ConfigurationError`` naming the file that cannot be written.
    func write(configuration text: String, secrets values: [(name: String, value: String)]) throws {
        let lines = ["# \(words[.secretsComment])"] + values.map { "\($0.name)=\($0.value)" }
        try write(lines.joined(separator: "\n") + "\n", to: secrets, mode: 0o600)
        try write(text, to: configuration, mode: 0o644)
    }

    /// Makes the key under which tokens are kept, unless there is one: tokens under another key could
    /// not be read again.
    ///
    /// - Returns: Whether it was made.
    /// - Throws: ``ConfigurationError`` when it cannot be written.
    func makeKey() throws -> Bool {
        do throws(CollectionError) {
            _ = try TokenKey(file: key)
            return false
        } catch {
            let digits = (0..<32).map { _ in
                let byte = UInt8.random(in: .min ... .max)
                return (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
            try write(digits.joined() + "\n", to: key, mode: 0o600)
            return true
        }
    }

    private func write(_ text: String, to file: URL, mode: mode_t) throws {
        do {
            let manager = FileManager.default
            try manager.createDirectory(at: folder, withIntermediateDirectories: true)
            if manager.fileExists(atPath: file.path) {
                let backup = file.appendingPathExtension("bak")
                try? manager.removeItem(at: backup)
                try manager.moveItem(at: file, to: backup)
            }
            // Created with its mode, so that a secret is at no moment readable by others.
            let descriptor = open(file.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
            guard descriptor >= 0 else {
                throw ConfigurationError(String(cString: strerror(errno)))
            }
            let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
            try handle.write(contentsOf: Data(text.utf8))
            try handle.close()
        } catch {
            throw ConfigurationError(
                words.text(
                    .refusalUnwritten,
                    [
                        "file": file.path,
                        "reason": (error as? ConfigurationError)?.description
                            ?? error.localizedDescription,
                    ]))
        }
    }
}
