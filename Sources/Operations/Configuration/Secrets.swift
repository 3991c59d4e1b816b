public import Foundation

/// Fills `${NAME}` in configuration values from the environment, else from a file of secrets.
///
/// Secrets never stand in `sverka.yaml`, so that it can be kept in version control and shown.
public struct Secrets: Sendable {
    private let values: [String: String]
    private let file: URL

    /// Takes the environment and, where it exists, a file of `NAME=value` lines.
    ///
    /// - Parameters:
    ///   - file: The file, as a rule `sverka.secrets` beside the configuration.
    ///   - environment: The process environment, which wins over the file.
    /// - Throws: ``ConfigurationError`` when others than the owner may read the file, or a line
    ///   is not `NAME=value`.
    public init(file: URL, environment: [String: String]) throws {
        self.file = file
        var values: [String: String] = [:]
        if FileManager.default.fileExists(atPath: file.path) {
            try Self.refuseReadableByOthers(file)
            values = try Self.parse(file)
        }
        self.values = values.merging(environment) { _, fromEnvironment in fromEnvironment }
    }

    /// Replaces each `${NAME}` of a text.
    ///
    /// - Returns: The text with secrets in place.
    /// - Throws: ``ConfigurationError`` naming the first secret that is not set anywhere.
    public func fill(_ text: String) throws -> String {
        var result = ""
        var rest = text[...]
        while let start = rest.range(of: "${") {
            result += rest[..<start.lowerBound]
            guard let end = rest[start.upperBound...].firstIndex(of: "}") else { break }
            let name = String(rest[start.upperBound..<end])
            guard let value = values[name] else {
                throw ConfigurationError(
                    "the secret \(name) is not set: put it into the environment or as a line "
                        + "'\(name)=…' into \(file.path)")
            }
            result += value
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }

    private static func refuseReadableByOthers(_ file: URL) throws {
        let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
        guard let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue,
            mode & 0o077 == 0
        else {
            throw ConfigurationError(
                "\(file.path) can be read by other users; it holds secrets. "
                    + "Mend it with: chmod 600 '\(file.path)'")
        }
    }

    private static func parse(_ file: URL) throws -> [String: String] {
        var values: [String: String] = [:]
        let text = try String(contentsOf: file, encoding: .utf8)
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            let line = line.trimmingCharacters(in: .whitespaces)
            if line.isEmpty || line.hasPrefix("#") { continue }
            guard let equals = line.firstIndex(of: "=") else {
                throw ConfigurationError("\(file.path):\(index + 1): expected NAME=value")
            }
            values[String(line[..<equals])] = String(line[line.index(after: equals)...])
        }
        return values
    }
}
