/// What kinds of errors an integration's journal knows, and how they are recognised.
///
/// The rules are data, `templates/journal/error-types.yaml`: a customer whose integration speaks
/// otherwise adds a phrase without building.
public struct ErrorTypes: Hashable, Sendable {
    /// The kinds in the order in which reports list them.
    public var types: [ErrorType]
    /// The rules in the order in which they are tried; the first that fits decides.
    public var rules: [ErrorRule]

    /// What an error is called that no rule fits.
    public static let unknown = "unknown"

    /// Makes a set of kinds and rules.
    public init(types: [ErrorType], rules: [ErrorRule]) {
        self.types = types
        self.rules = rules
    }

    /// The kind of a name.
    public subscript(name: String) -> ErrorType? { types.first { $0.name == name } }
}

/// One kind of error, with what a person should do about it.
public struct ErrorType: Hashable, Sendable {
    /// Group and name: `connection.timeout`.
    public var name: String
    /// What it is called.
    public var title: LocalizedText
    /// What to do.
    public var advice: LocalizedText

    /// Makes a kind.
    public init(name: String, title: LocalizedText, advice: LocalizedText) {
        self.name = name
        self.title = title
        self.advice = advice
    }

    /// The part of the name before the first dot: `connection`.
    public var group: Substring { name.prefix { $0 != "." } }
}

/// One condition under which an error is of a kind.
public struct ErrorRule: Hashable, Sendable {
    /// The name of the kind.
    public var type: String
    /// Error codes, any of which fits; case does not matter.
    ///
    /// Empty when the code does not matter. One with an underscore also fits where it stands as a word in the message.
    public var codes: [String]
    /// Phrases, any of which fits where it stands in the message.
    ///
    /// Case and ё do not matter, and `*` stands for any text. Empty when the message does not
    /// matter.
    public var phrases: [String]

    /// Makes a rule; at least one of the lists has to have an item.
    public init(type: String, codes: [String] = [], phrases: [String] = []) {
        self.type = type
        self.codes = codes
        self.phrases = phrases
    }
}
