internal import Yams

/// One node of a YAML file that knows where it stands, so that every complaint has a line.
///
/// Definition files are read through it by hand, not by `Decodable`: a person who edits one needs
/// the line and the keys that would be right.
public struct YAMLNode {
    let file: String
    let node: Yams.Node

    /// Parses a file's text.
    ///
    /// - Parameters:
    ///   - text: The YAML text.
    ///   - file: The name used in errors.
    /// - Throws: ``DefinitionError`` when it is not YAML or empty.
    public init(parsing text: String, file: String) throws(DefinitionError) {
        let root: Yams.Node?
        // Editors on Windows begin a file with a byte order mark, which is no YAML.
        let hasMark = text.unicodeScalars.first == "\u{FEFF}"
        do {
            root = try Yams.compose(yaml: hasMark ? String(text.unicodeScalars.dropFirst()) : text)
        } catch let error as YamlError {
            let (mark, problem) = Self.place(of: error)
            throw DefinitionError(
                file: file, line: mark?.line, column: mark?.column,
                message: "not valid YAML: \(problem)")
        } catch {
            throw DefinitionError(file: file, message: "not valid YAML: \(error)")
        }
        guard let root else { throw DefinitionError(file: file, message: "the file is empty") }
        self.init(file: file, node: root)
    }

    private init(file: String, node: Yams.Node) {
        self.file = file
        self.node = node
    }

    /// Where the parser stumbled, and over what; not the text around it, which may be a secret.
    private static func place(of error: YamlError) -> (mark: Mark?, problem: String) {
        switch error {
        case .scanner(let context, let problem, let mark, _),
            .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            (mark, context.map { "\(problem) \($0.text)" } ?? problem)
        case .duplicatedKeysInMapping(let duplicates, let context):
            (context.mark, "twice here: \(duplicates.sorted().joined(separator: ", "))")
        case .reader(let problem, _, _, _): (nil, problem)
        default: (nil, "\(error)")
        }
    }

    /// An error at this node.
    public func error(_ message: String) -> DefinitionError {
        DefinitionError(
            file: file, line: node.mark?.line, column: node.mark?.column, message: message)
    }

    /// Refuses keys other than the given ones, so that a misspelt key is not silently ignored.
    ///
    /// - Throws: ``DefinitionError`` at the first unknown key, naming the known ones.
    public func allow(keys: [String]) throws(DefinitionError) {
        for (key, _) in try pairs() where !keys.contains(key.value) {
            throw key.node.error(
                "unknown key '\(key.value)'; known here: \(keys.sorted().joined(separator: ", "))")
        }
    }

    /// The key of a mapping with its place.
    public struct Key {
        /// The key's text.
        public let value: String
        /// The key as a node, for errors.
        public let node: YAMLNode
    }

    /// The pairs of a mapping in the order of the file.
    ///
    /// - Throws: ``DefinitionError`` when it is not a mapping.
    public func pairs() throws(DefinitionError) -> [(key: Key, value: YAMLNode)] {
        guard let mapping = node.mapping else { throw error("expected 'key: value' pairs") }
        return mapping.map { key, value in
            (
                Key(value: key.string ?? "", node: YAMLNode(file: file, node: key)),
                YAMLNode(file: file, node: value)
            )
        }
    }

    /// The value under a key; `nil` when the key is absent or its value is empty (`~`).
    ///
    /// - Throws: ``DefinitionError`` when this is not a mapping.
    public func optional(_ key: String) throws(DefinitionError) -> YAMLNode? {
        guard let found = try pairs().first(where: { $0.key.value == key })?.value else {
            return nil
        }
        if let scalar = found.node.scalar, scalar.style == .plain,
            ["", "~", "null"].contains(scalar.string)
        {
            return nil
        }
        return found
    }

    /// The value under a key.
    ///
    /// - Throws: ``DefinitionError`` when the key is absent.
    public func required(_ key: String) throws(DefinitionError) -> YAMLNode {
        guard let value = try optional(key) else { throw error("'\(key)' is missing here") }
        return value
    }

    /// The items of a list.
    ///
    /// - Throws: ``DefinitionError`` when it is not a list.
    public func items() throws(DefinitionError) -> [YAMLNode] {
        guard let sequence = node.sequence else { throw error("expected a list") }
        return sequence.map { YAMLNode(file: file, node: $0) }
    }

    /// Whether this is a list.
    public var isList: Bool { node.sequence != nil }

    /// Whether this is a mapping.
    public var isMapping: Bool { node.mapping != nil }

    /// The scalar as text, whatever its type.
    ///
    /// - Throws: ``DefinitionError`` when it is a list or a mapping.
    public func text() throws(DefinitionError) -> String {
        guard let scalar = node.scalar else { throw error("expected a text") }
        return scalar.string
    }

    /// A list of texts, or one text as a list of one.
    public func texts() throws(DefinitionError) -> [String] {
        guard isList else { return [try text()] }
        var texts: [String] = []
        for item in try items() { texts.append(try item.text()) }
        return texts
    }

    /// The scalar as a whole number.
    public func integer() throws(DefinitionError) -> Int {
        guard let value = Int(try text()) else { throw error("expected a whole number") }
        return value
    }

    /// The scalar as a number.
    public func number() throws(DefinitionError) -> Double {
        guard let value = Double(try text()), value.isFinite else {
            throw error("expected a number")
        }
        return value
    }

    /// The scalar as yes or no.
    public func boolean() throws(DefinitionError) -> Bool {
        switch try text().lowercased() {
        case "true", "yes", "on": return true
        case "false", "no", "off": return false
        default: throw error("expected true or false")
        }
    }

    /// The scalar as one of the raw values of an enumeration.
    ///
    /// - Throws: ``DefinitionError`` naming the values that would be right.
    public func choice<Choice: RawRepresentable & CaseIterable>(
        of type: Choice.Type
    ) throws(DefinitionError) -> Choice where Choice.RawValue == String {
        let text = try text()
        guard let choice = Choice(rawValue: text) else {
            let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw error("'\(text)' is not one of: \(known)")
        }
        return choice
    }
}
