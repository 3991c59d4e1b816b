public import Foundation
internal import Crypto

/// One numbered step of the schema.
public struct MigrationFile: Hashable, Sendable {
    /// The number, from 1, without gaps.
    public let number: Int
    /// The file's name, `0001_create_run.sql`.
    public let name: String
    /// SHA-256 of the file's bytes, hexadecimal.
    public let checksum: String
    /// The SQL.
    public let text: String

    /// Reads the migrations of a folder, in the order of their numbers.
    ///
    /// - Parameter directory: The folder; files that do not end in `.sql` are passed over.
    /// - Returns: The files, at least one.
    /// - Throws: ``MigrationError`` for a name out of form, a number twice, a gap, an unreadable file.
    public static func all(in directory: URL) throws -> [MigrationFile] {
        let unreadable = MigrationError.unreadable(folder: directory.path)
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: directory.path)
        else {
            throw unreadable
        }
        var files = try names.filter { $0.hasSuffix(".sql") }.map { name in
            try MigrationFile(name: name, in: directory)
        }
        files.sort { ($0.number, $0.name) < ($1.number, $1.name) }
        guard !files.isEmpty else { throw unreadable }
        for (index, file) in files.enumerated() {
            if index > 0, files[index - 1].number == file.number {
                throw MigrationError.duplicate(
                    number: file.number, files: [files[index - 1].name, file.name])
            }
            guard file.number == index + 1 else { throw MigrationError.gap(missing: index + 1) }
        }
        return files
    }

    private init(name: String, in directory: URL) throws {
        let digits = name.prefix { $0.isASCII && $0.isNumber }
        guard digits.count == 4, let number = Int(digits), number > 0,
            name.dropFirst(4).first == "_", name.count > "0000_.sql".count
        else { throw MigrationError.misnamed(file: name) }
        guard let data = try? Data(contentsOf: directory.appending(path: name)),
            let text = String(validating: data, as: UTF8.self)
        else { throw MigrationError.unreadable(folder: directory.appending(path: name).path) }
        self.number = number
        self.name = name
        self.text = text
        checksum = SHA256.hash(data: data).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
