internal import Definitions

/// The words of a report in one language, from a file; by keys such as `kinds.missing.title`.
struct Words: Sendable {
    let language: ReportLanguage
    private var texts: [String: String]
    private let messages: MessageCatalog

    /// Reads `reports/words.<language>.yaml` and, over it, `reports/<report>/words.<language>.yaml`;
    /// of each a company's own words over ours.
    init(
        report: String, language: ReportLanguage, resources: ReportResources
    ) throws(ReportError) {
        self.language = language
        texts = [:]
        messages = try MessageCatalog(language: language, resources: resources)
        for folder in ["reports", "reports/\(report)"] {
            let path = "\(folder)/words.\(language.rawValue).yaml"
            let files = resources.texts(of: path)
            guard !files.isEmpty else { throw .resourceMissing(path: path) }
            for file in files {
                do {
                    try add(try YAMLNode(parsing: file, file: path), under: "")
                } catch {
                    throw ReportError(error)
                }
            }
        }
    }

    private mutating func add(_ node: YAMLNode, under prefix: String) throws(DefinitionError) {
        for (key, value) in try node.pairs() {
            let path = prefix.isEmpty ? key.value : "\(prefix).\(key.value)"
            if value.isMapping {
                try add(value, under: path)
            } else {
                texts[path] = try value.text()
            }
        }
    }

    /// The keys there are.
    var keys: Set<String> { Set(texts.keys) }

    /// The text of a key; the key's last part where there is none, so that a new reason of a later
    /// version shows as something that can be searched for.
    subscript(key: String) -> String {
        texts[key] ?? key.split(separator: ".").last.map(String.init) ?? key
    }

    /// The text of a key, if there is one.
    func known(_ key: String) -> String? { texts[key] }

    /// The text of a key with values in place of `{name}`.
    func text(_ key: String, _ values: [String: String]) -> String {
        Self.filled(self[key]) { values[$0] }
    }

    /// A text with values in place of `{name}`; a name without a value stays as it is.
    static func filled(
        _ text: String, _ value: (String) throws -> String?
    ) rethrows -> String {
        var (result, name) = ("", String?.none)
        // In one pass, so that a value with braces of its own stays what it is.
        for character in text {
            switch (character, name) {
            case ("{", nil): name = ""
            case ("}", .some(let found)):
                result += try value(found) ?? "{\(found)}"
                name = nil
            case (_, .some(let found)): name = found + String(character)
            default: result.append(character)
            }
        }
        return name.map { result + "{" + $0 } ?? result
    }

    /// What the program said in English, in the reader's language where it is known there.
    func message(_ message: String) -> String { messages.translated(message) }

    /// A number with its noun: `2 расхождения`.
    func count(_ count: Int, _ noun: String) -> String {
        let form = PluralForm(count, in: language)
        let word = texts["nouns.\(noun).\(form.rawValue)"] ?? self["nouns.\(noun).many"]
        return number(count) + "\u{A0}" + word
    }

    /// A whole number with grouped thousands: `1 234`, `1,234`.
    func number(_ number: Int) -> String { (number < 0 ? "−" : "") + grouped(number.magnitude) }

    /// A difference with its sign: `+3`, `−2`, `0`.
    func change(_ difference: Int) -> String {
        difference > 0 ? "+" + grouped(difference.magnitude) : number(difference)
    }

    /// A decimal number with one digit after the point: hours of minutes.
    func hours(ofMinutes minutes: Int) -> String {
        let tenths = (minutes * 10 + 30) / 60
        return number(tenths / 10) + self["formats.decimal_mark"] + String(tenths % 10)
    }

    private func grouped(_ magnitude: UInt) -> String {
        let digits = String(magnitude)
        var result = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { result += self["formats.group_mark"] }
            result.append(digit)
        }
        return result
    }
}
