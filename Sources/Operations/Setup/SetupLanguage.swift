/// The languages in which `sverka init` asks.
public enum SetupLanguage: String, Sendable, CaseIterable {
    /// Russian, in which most people are asked.
    case russian = "ru"
    /// English.
    case english = "en"

    /// The language of a person's environment.
    ///
    /// Where none is named, or the `C` of a bare server, it is Russian: those who install Sverka are
    /// Russian companies.
    ///
    /// - Parameter environment: Variables of the process: `LC_ALL` goes before `LC_MESSAGES` and `LANG`.
    public init(environment: [String: String]) {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy
            .compactMap { environment[$0] }.first { !$0.isEmpty }
        self = locale?.lowercased().hasPrefix("en") == true ? .english : .russian
    }
}
