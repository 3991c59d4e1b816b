public import Foundation
public import Records

/// One thing that was put wrong on purpose, to see whether it is found.
public struct ListedError: Hashable, Sendable {
    /// The kind of finding that answers it.
    public var kind: Finding.Kind
    /// The entity.
    public var entity: EntityName
    /// The field; `nil` when it is the record as a whole.
    public var field: String?
    /// The side whose record is wrong; `nil` where it is both, or the difference.
    public var side: Side?
    /// The left records concerned.
    public var leftIDs: [String]
    /// The right records concerned.
    public var rightIDs: [String]
    /// Whether it must be found; where not, to report it and not to report it are both right.
    public var isRequired: Bool
}

/// The truth about planted errors, a JSON object a line, as `sverka sandbox --truth` writes it.
public enum PlantedErrorFile {
    private struct Line: Decodable {
        var kind: String
        var entity: String
        var field: String?
        var side: String?
        var left_ids: [String]
        var right_ids: [String]
        var required: Bool
    }

    /// Reads the errors of a file.
    ///
    /// - Parameter file: The file that the configuration names.
    /// - Returns: The errors in the order of the lines.
    /// - Throws: ``ConfigurationError`` that names the file.
    public static func errors(of file: URL) throws -> [ListedError] {
        guard let text = try? String(contentsOf: file, encoding: .utf8) else {
            throw ConfigurationError(
                "report: planted_errors: \(file.path) cannot be read as UTF-8 text")
        }
        guard let listed = try? errors(in: text) else {
            throw ConfigurationError(
                "report: planted_errors: \(file.path) is no list of planted errors, as "
                    + "'sverka sandbox --truth' writes it")
        }
        return listed
    }

    /// Reads the errors of a file's text.
    ///
    /// - Parameter text: The text; lines of a kind that no finding has are left out.
    /// - Returns: The errors in the order of the lines.
    /// - Throws: `DecodingError` when a line is not of that form.
    public static func errors(in text: String) throws -> [ListedError] {
        let decoder = JSONDecoder()
        return try text.split(whereSeparator: \.isNewline).compactMap { line in
            let read = try decoder.decode(Line.self, from: Data(line.utf8))
            guard let kind = Finding.Kind(rawValue: read.kind) else { return nil }
            return ListedError(
                kind: kind, entity: EntityName(read.entity), field: read.field,
                side: read.side.flatMap(Side.init(rawValue:)), leftIDs: read.left_ids,
                rightIDs: read.right_ids, isRequired: read.required)
        }
    }
}
