public import Foundation
public import RecordLinkage
public import Records

/// A trained model as a file: JSON with sorted keys, so that two can be compared as texts.
public struct ModelFile: Hashable, Sendable, Codable {
    /// Raised when older programs would misread a file.
    public static let currentFormat = 1

    /// The format of the file.
    public var format = currentFormat
    /// The version of the program that trained it.
    public var program = ProgramVersion.current
    /// What the records are.
    public var entity: EntityName
    /// The fingerprint of the records that it was trained on.
    public var data: String
    /// The model.
    public var model: FittedModel

    /// Makes a file.
    public init(entity: EntityName, data: String, model: FittedModel) {
        self.entity = entity
        self.data = data
        self.model = model
    }

    /// Reads a file.
    ///
    /// - Throws: ``ConfigurationError`` when it is no model, or one of a later program.
    public init(reading file: URL) throws {
        let bytes: Data
        do {
            bytes = try Data(contentsOf: file)
        } catch {
            throw ConfigurationError("the model \(file.path) cannot be read")
        }
        try self.init(json: bytes, name: file.lastPathComponent)
    }

    /// Reads the text of a file.
    ///
    /// - Throws: ``ConfigurationError`` when it is no model, or one of a later program.
    init(json: Data, name: String) throws {
        struct Head: Decodable { var format: Int }
        guard let head = try? JSONDecoder().decode(Head.self, from: json) else {
            throw ConfigurationError(
                "\(name) is no model; 'sverka link --save-model FILE' writes one")
        }
        guard head.format <= Self.currentFormat else {
            throw ConfigurationError(
                "\(name) is a model of format \(head.format), written by a later Sverka; this one "
                    + "reads formats up to \(Self.currentFormat). Train it again, or update")
        }
        do {
            self = try JSONDecoder().decode(Self.self, from: json)
        } catch {
            throw ConfigurationError(
                "the model \(name) is damaged: \(Self.place(of: error)). Train it again with "
                    + "'sverka link --save-model FILE'")
        }
        guard model.isSound else {
            throw ConfigurationError(
                "the model \(name) is damaged: a probability in it is none. Train it again with "
                    + "'sverka link --save-model FILE'")
        }
    }

    /// The text of the file, the same bytes for the same model.
    func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self) + Data("\n".utf8)
    }

    /// Writes the file; it appears whole.
    ///
    /// - Throws: When the file cannot be written.
    public func write(to file: URL) throws {
        try json().write(to: file, options: .atomic)
    }

    private static func place(of error: any Error) -> String {
        let path: [any CodingKey]
        switch error {
        case DecodingError.keyNotFound(let key, let context): path = context.codingPath + [key]
        case DecodingError.typeMismatch(_, let context),
            DecodingError.valueNotFound(_, let context),
            DecodingError.dataCorrupted(let context):
            path = context.codingPath
        default: return "it is cut short or not JSON"
        }
        return path.isEmpty
            ? "it is cut short or not JSON"
            : "no usable value at " + path.map(\.stringValue).joined(separator: ".")
    }
}

/// The models that are shipped with the program, for data that cannot teach one.
public struct ModelCatalog: Sendable {
    private let resources: ResourceFolders

    /// Looks into `templates/models` of the folders.
    public init(_ resources: ResourceFolders) { self.resources = resources }

    /// The model of an entity; `nil` where none is shipped.
    ///
    /// - Throws: ``ConfigurationError`` when the file is damaged.
    public func shipped(for entity: EntityName) throws -> FittedModel? {
        guard
            let file = try? resources.file("templates/models/\(entity.rawValue).json")
        else { return nil }
        return try ModelFile(reading: file).model
    }
}
