public import Foundation
public import Records

/// Reads the kinds of errors of the integration's journal: `templates/journal/error-types.yaml`.
///
///     types:
///       connection.timeout:
///         title: {ru: …, en: …}
///         advice: {ru: …, en: …}
///     rules:
///       - {type: connection.timeout, code: ["504"], message: ["timed out"]}
public enum ErrorTypesFile {
    /// Reads and checks the file.
    ///
    /// - Parameter url: The YAML file.
    /// - Returns: The kinds and rules.
    /// - Throws: ``DefinitionError`` with line and column when it cannot be read or is not right.
    public static func read(_ url: URL) throws(DefinitionError) -> ErrorTypes {
        let text: String
        do {
            text = try String(contentsOf: url, encoding: .utf8)
        } catch {
            throw DefinitionError(file: url.path, message: "cannot be read as UTF-8 text")
        }
        return try parse(text, file: url.lastPathComponent)
    }

    /// Checks the file given as text.
    ///
    /// - Parameters:
    ///   - text: The YAML text.
    ///   - file: The name used in errors.
    /// - Returns: The kinds and rules.
    /// - Throws: ``DefinitionError`` with line and column when it is not right.
    public static func parse(_ text: String, file: String) throws(DefinitionError) -> ErrorTypes {
        let root = try YAMLNode(parsing: text, file: file)
        try root.allow(keys: ["types", "rules"])
        var types: [ErrorType] = []
        for (key, node) in try root.required("types").pairs() {
            types.append(try type(named: key, from: node))
        }
        var rules: [ErrorRule] = []
        for node in try root.required("rules").items() {
            rules.append(try rule(from: node, knowing: types))
        }
        return ErrorTypes(types: types, rules: rules)
    }

    private static func type(
        named key: YAMLNode.Key, from node: YAMLNode
    ) throws(DefinitionError) -> ErrorType {
        let isName = key.value.allSatisfy {
            $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "." || $0 == "_")
        }
        guard isName, !key.value.isEmpty else {
            throw key.node.error(
                "'\(key.value)' is no name of a type: lower-case letters, digits, '.' and '_'")
        }
        try node.allow(keys: ["title", "advice"])
        return ErrorType(
            name: key.value,
            title: try EntityFile.localizedText(node.required("title")),
            advice: try EntityFile.localizedText(node.required("advice")))
    }

    private static func rule(
        from node: YAMLNode, knowing types: [ErrorType]
    ) throws(DefinitionError) -> ErrorRule {
        try node.allow(keys: ["type", "code", "message"])
        let typeNode = try node.required("type")
        let name = try typeNode.text()
        guard types.contains(where: { $0.name == name }) else {
            let known = types.map(\.name).joined(separator: ", ")
            throw typeNode.error("type '\(name)' is not among: \(known)")
        }
        let codes = try patterns(node.optional("code"))
        let phrases = try patterns(node.optional("message"))
        guard !codes.isEmpty || !phrases.isEmpty else {
            throw node.error("a rule needs 'code' or 'message', or it would fit every error")
        }
        return ErrorRule(type: name, codes: codes, phrases: phrases)
    }

    private static func patterns(_ node: YAMLNode?) throws(DefinitionError) -> [String] {
        guard let node else { return [] }
        for text in try node.texts() where text.allSatisfy({ $0 == "*" || $0.isWhitespace }) {
            throw node.error("'\(text)' would fit every error")
        }
        return try node.texts()
    }
}
