internal import Definitions

/// What the program says in English, in the language of a reader.
///
/// Commands, logs and the database speak English; reports and letters speak to people. A message is
/// found by its English sentence, as in gettext, so that whoever writes one need not know of
/// translations, and one that nobody translated stays as it is, to be searched for.
struct MessageCatalog: Sendable {
    private(set) var patterns: [MessagePattern] = []

    /// Reads `templates/messages/<language>.yaml`, a company's own over ours; without a file nothing is
    /// translated, as in English.
    init(language: ReportLanguage, resources: ReportResources) throws(ReportError) {
        let path = "templates/messages/\(language.rawValue).yaml"
        var known: [String: String] = [:]
        do {
            for file in resources.texts(of: path) {
                let root = try YAMLNode(parsing: file, file: path)
                try root.allow(keys: ["messages"])
                for (key, value) in try root.required("messages").pairs() {
                    known[key.value] = try value.text()
                }
            }
        } catch {
            throw ReportError(error)
        }
        // What says more is looked at first.
        patterns = known.map { MessagePattern($0.key, translation: $0.value) }
            .sorted { ($1.literalCount, $0.text) < ($0.literalCount, $1.text) }
    }

    /// A message with the sentences that are known translated.
    func translated(_ message: String) -> String { known(message) ?? message }

    /// A message of sentences of which at least one is known; `nil` for others.
    ///
    /// Sentences are looked at one by one, since one that ends with a name would take those behind it for
    /// the name. Where the first is not known, a stop may be within a name, such as a file's.
    private func known(_ message: String) -> String? {
        let sentences = Self.sentences(of: message)
        let translated = sentences.map(whole)
        if let first = translated.first, first == nil, let whole = whole(message) { return whole }
        guard translated.contains(where: { $0 != nil }) else { return nil }
        return zip(translated, sentences).map { $0 ?? $1 }.joined(separator: " ")
    }

    private func whole(_ sentence: String) -> String? {
        let hasStop = sentence.hasSuffix(".")
        let text = hasStop ? String(sentence.dropLast()) : sentence
        for pattern in patterns {
            guard var values = pattern.values(in: text), !hidesSentence(values) else { continue }
            if let message = values["message"] {
                guard let translated = known(message) else { continue }
                values["message"] = translated
            }
            for name in ["time", "day"] { values[name] = values[name].map(Self.moment) }
            return Words.filled(pattern.translation) { values[$0] } + (hasStop ? "." : "")
        }
        return nil
    }

    /// Whether a name holds a sentence that is known: then it is no name.
    private func hidesSentence(_ values: [String: String]) -> Bool {
        values.contains { name, value in
            name != "message"
                && Self.sentences(of: value).dropFirst().contains { whole($0) != nil }
        }
    }

    /// A time of ISO 8601, as messages have it, as a person writes it; anything else as it is.
    private static func moment(_ text: String) -> String {
        guard let parts = text.wholeMatch(of: /(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d):\d\dZ/)?.output
        else { return text }
        return "\(parts.3).\(parts.2).\(parts.1) \(parts.4) UTC"
    }

    /// The sentences of a text: they end with a full stop outside parentheses, where foreign systems
    /// are quoted.
    private static func sentences(of text: String) -> [String] {
        var (sentences, sentence, depth) = ([String](), "", 0)
        var rest = Substring(text)
        while let character = rest.popFirst() {
            sentence.append(character)
            switch character {
            case "(": depth += 1
            case ")": depth = max(0, depth - 1)
            case "." where depth == 0 && rest.first == " ":
                let next = rest.dropFirst().first
                guard next?.isUppercase == true || next == "'" else { continue }
                rest = rest.dropFirst()
                sentences.append(sentence)
                sentence = ""
            default: break
            }
        }
        return sentence.isEmpty ? sentences : sentences + [sentence]
    }
}

/// A sentence with names in braces for what differs from time to time.
struct MessagePattern: Sendable {
    /// The sentence.
    let text: String
    /// The same in another language.
    let translation: String
    /// What stands before, between and behind the names.
    let literals: [String]
    private let names: [String]

    init(_ text: String, translation: String) {
        self.text = text
        self.translation = translation
        var (literals, names, part) = ([String](), [String](), "")
        for character in text {
            switch character {
            case "{":
                literals.append(part)
                part = ""
            case "}":
                names.append(part)
                part = ""
            default: part.append(character)
            }
        }
        self.literals = literals + [part]
        self.names = names
    }

    /// How many characters it says itself.
    var literalCount: Int { literals.reduce(0) { $0 + $1.count } }

    /// What stands in place of its names, each as short as can be; `nil` of another sentence.
    func values(in message: String) -> [String: String]? {
        guard let first = literals.first, let last = literals.last, message.hasPrefix(first),
            message.hasSuffix(last), message.count >= literalCount
        else { return nil }
        guard !names.isEmpty else { return message == text ? [:] : nil }
        var rest = message.dropFirst(first.count)
        var values: [String: String] = [:]
        for (name, literal) in zip(names.dropLast(), literals.dropFirst()) {
            guard let found = rest.firstRange(of: literal), found.lowerBound > rest.startIndex
            else { return nil }
            values[name] = String(rest[..<found.lowerBound])
            rest = rest[found.upperBound...]
        }
        guard rest.count > last.count || (last.isEmpty && !rest.isEmpty), rest.hasSuffix(last),
            let name = names.last
        else { return nil }
        values[name] = String(rest.dropLast(last.count))
        // A value that ends within parentheses is a sentence cut in the wrong place.
        return values.values.allSatisfy(Self.isBalanced) ? values : nil
    }

    private static func isBalanced(_ text: String) -> Bool {
        var depth = 0
        for byte in text.utf8 where depth >= 0 {
            if byte == UInt8(ascii: "(") { depth += 1 }
            if byte == UInt8(ascii: ")") { depth -= 1 }
        }
        return depth == 0
    }
}
