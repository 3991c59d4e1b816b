/// A text for people in several languages, by language code: `ru`, `en`.
public struct LocalizedText: Hashable, Sendable {
    /// The texts by language code.
    public var byLanguage: [String: String]

    /// Makes a text of its translations.
    public init(_ byLanguage: [String: String]) { self.byLanguage = byLanguage }

    /// The text in a language, else in English, else in any.
    public subscript(language: String) -> String {
        byLanguage[language] ?? byLanguage["en"]
            ?? byLanguage.min { $0.key < $1.key }?.value ?? ""
    }
}
