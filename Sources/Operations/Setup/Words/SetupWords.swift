internal import Definitions
internal import Records

/// The words of `sverka init` in one language.
struct SetupWords {
    static let file = "templates/setup/questions.yaml"

    /// The language in which it speaks.
    var language: SetupLanguage
    private let texts: [SetupText: LocalizedText]

    /// Reads the words.
    ///
    /// - Throws: ``ConfigurationError`` with line and column when a text is missing or not used.
    init(_ resources: ResourceFolders, language: SetupLanguage) throws {
        do {
            try self.init(parsing: resources.text(of: Self.file), language: language)
        } catch let error as DefinitionError {
            throw ConfigurationError(error.description)
        }
    }

    /// Reads words given as text.
    init(parsing text: String, language: SetupLanguage) throws(DefinitionError) {
        let root = try YAMLNode(parsing: text, file: Self.file)
        var texts: [SetupText: LocalizedText] = [:]
        for (group, section) in try root.pairs() {
            for (key, value) in try section.pairs() {
                let name = "\(group.value).\(key.value)"
                guard let text = SetupText(rawValue: name) else {
                    throw key.node.error("no question uses the text '\(name)'")
                }
                texts[text] = try Self.localized(value)
            }
        }
        let missing = SetupText.allCases.filter { texts[$0] == nil }.map(\.rawValue)
        guard missing.isEmpty else {
            throw root.error("texts are missing: \(missing.joined(separator: ", "))")
        }
        self.texts = texts
        self.language = language
    }

    /// A text.
    subscript(text: SetupText) -> String { texts[text]?[language.rawValue] ?? text.rawValue }

    /// A text with values in place of `{name}`.
    ///
    /// In one pass, so that a value with braces of its own stays what it is.
    func text(_ text: SetupText, _ values: [String: String]) -> String {
        var result = ""
        var rest = self[text][...]
        while let start = rest.firstIndex(of: "{"), let end = rest[start...].firstIndex(of: "}") {
            let name = String(rest[rest.index(after: start)..<end])
            result += rest[..<start] + (values[name] ?? "{\(name)}")
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }

    private static func localized(_ node: YAMLNode) throws(DefinitionError) -> LocalizedText {
        try node.allow(keys: SetupLanguage.allCases.map(\.rawValue))
        var byLanguage: [String: String] = [:]
        for language in SetupLanguage.allCases {
            byLanguage[language.rawValue] = try node.required(language.rawValue).text()
        }
        return LocalizedText(byLanguage)
    }
}
