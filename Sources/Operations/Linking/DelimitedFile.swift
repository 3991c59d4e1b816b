internal import Foundation

/// Files of pairs, which are delimited text and nothing else.
enum DelimitedFile {
    /// Refuses JSON.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - content: What it holds, in the plural.
    /// - Throws: ``ConfigurationError`` that says what to give instead.
    static func check(_ file: URL, holds content: String) throws {
        guard ["jsonl", "ndjson", "json"].contains(file.pathExtension.lowercased()) else { return }
        throw ConfigurationError(
            "\(file.lastPathComponent) is JSON; \(content) are read from delimited text (CSV) with a "
                + "header")
    }
}
