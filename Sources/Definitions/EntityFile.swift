public import Foundation
public import Records

/// Reads entity definitions: the files of `templates/entities/`.
public enum EntityFile {
    /// Reads and checks a definition.
    ///
    /// - Parameter url: The YAML file.
    /// - Returns: The definition.
    /// - Throws: ``DefinitionError`` with line and column when it cannot be read or is not right.
    public static func read(_ url: URL) throws(DefinitionError) -> EntityDefinition {
        let text: String
        do {
            text = try String(contentsOf: url, encoding: .utf8)
        } catch {
            throw DefinitionError(file: url.path, message: "cannot be read as UTF-8 text")
        }
        return try parse(text, file: url.lastPathComponent)
    }

    /// Checks a definition given as text.
    ///
    /// - Parameters:
    ///   - text: The YAML text.
    ///   - file: The name used in errors.
    /// - Returns: The definition.
    /// - Throws: ``DefinitionError`` with line and column when it is not right.
    public static func parse(
        _ text: String, file: String
    ) throws(DefinitionError) -> EntityDefinition {
        let root = try YAMLNode(parsing: text, file: file)
        try root.allow(keys: [
            "entity", "title", "compared", "id_headers", "fields", "linkage", "reconciliation",
        ])
        var fields: [FieldDefinition] = []
        for (key, node) in try root.required("fields").pairs() {
            guard !fields.contains(where: { $0.name.rawValue == key.value }) else {
                throw key.node.error("field '\(key.value)' is defined twice")
            }
            fields.append(try field(named: key.value, from: node))
        }
        guard !fields.isEmpty else { throw try root.required("fields").error("no fields") }
        // What is incidental is never compared, so that neither section may name it.
        let compared = fields.filter { !$0.isIncidental }
        let name = EntityName(try root.required("entity").text())
        return EntityDefinition(
            name: name,
            title: try root.optional("title").map(localizedText)
                ?? LocalizedText(["en": name.rawValue]),
            fields: fields,
            idHeaders: try root.optional("id_headers")?.texts() ?? ["id"],
            isCompared: try root.optional("compared")?.boolean() ?? true,
            linkage: try linkage(from: root.optional("linkage"), fields: compared),
            reconciliation: try reconciliation(
                from: root.optional("reconciliation"), fields: compared)
        )
    }

    private static func field(
        named name: String, from node: YAMLNode
    ) throws(DefinitionError) -> FieldDefinition {
        try node.allow(keys: [
            "type", "multiple", "personal", "incidental", "joined", "may_be_id", "title", "headers",
            "mandatory",
            "currency_headers", "line_headers", "line_file", "refers_to",
        ])
        let type = try node.required("type").choice(of: FieldType.self)
        let currencyHeaders = try node.optional("currency_headers")
        if let currencyHeaders, type != .money {
            throw currencyHeaders.error("only a field of type money has a currency")
        }
        let lineHeaders = try node.optional("line_headers")
        if let lineHeaders, type != .line {
            throw lineHeaders.error("only a field of type line has lines")
        }
        let lineFile = try node.optional("line_file")
        if let lineFile, type != .line {
            throw lineFile.error("only a field of type line has a file of lines")
        }
        return FieldDefinition(
            name: FieldName(name),
            type: type,
            isMultiple: try node.optional("multiple")?.boolean() ?? false,
            isPersonal: try node.optional("personal")?.boolean() ?? false,
            isIncidental: try node.optional("incidental")?.boolean() ?? false,
            isJoined: try node.optional("joined")?.boolean() ?? false,
            mayBeID: try node.optional("may_be_id")?.boolean() ?? false,
            title: try node.optional("title").map(localizedText) ?? LocalizedText(["en": name]),
            headers: try node.optional("headers")?.texts() ?? [],
            isMandatory: try node.optional("mandatory")?.boolean() ?? false,
            currencyHeaders: try currencyHeaders?.texts() ?? [],
            lineHeaders: try lineHeaders.map(Self.lineHeaders) ?? [:],
            lineFile: try lineFile.map(Self.lineFile),
            refersTo: try node.optional("refers_to").map { node throws(DefinitionError) in
                EntityName(try node.text())
            })
    }

    private static func lineHeaders(
        _ node: YAMLNode
    ) throws(DefinitionError) -> [LinesMapping.Part: [String]] {
        var headers: [LinesMapping.Part: [String]] = [:]
        for (key, value) in try node.pairs() {
            guard let part = LinesMapping.Part(rawValue: key.value) else {
                let known = LinesMapping.Part.allCases.map(\.rawValue).joined(separator: ", ")
                throw key.node.error("'\(key.value)' is no part of a line; the parts: \(known)")
            }
            headers[part] = try value.texts()
        }
        return headers
    }

    private static func lineFile(_ node: YAMLNode) throws(DefinitionError) -> LineFile {
        try node.allow(keys: ["name", "document"])
        return LineFile(
            name: try node.required("name").text(),
            documentHeaders: try node.required("document").texts())
    }

    static func localizedText(_ node: YAMLNode) throws(DefinitionError) -> LocalizedText {
        var byLanguage: [String: String] = [:]
        for (key, value) in try node.pairs() { byLanguage[key.value] = try value.text() }
        return LocalizedText(byLanguage)
    }
}
