import Records

/// What texts say apart from case, punctuation, spaces and habits of writing.
enum PlainText {
    /// Runs of white space as one space.
    static func collapsed(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Lower case without white space.
    static func folded(_ text: String) -> String {
        String(text.lowercased().filter { !$0.isWhitespace })
    }

    /// The words in lower case, ё as е; everything that is not a letter or a digit divides words.
    static func words(_ text: String) -> [String] {
        var words: [String] = []
        var word = String.UnicodeScalarView()
        for scalar in text.lowercased().unicodeScalars {
            if scalar == "ё" {
                word.append("е")
            } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                word.append(scalar)
            } else if !word.isEmpty {
                words.append(String(word))
                word.removeAll()
            }
        }
        if !word.isEmpty { words.append(String(word)) }
        return words
    }

    /// The words of a name without its legal form, sorted, so that the form may stand anywhere.
    static func organizationName(_ text: String) -> String {
        words(text).filter { !forms.contains($0) }.sorted().joined(separator: " ")
    }

    /// The digits of a number, a Russian one beginning with 7.
    static func phone(_ text: String) -> String {
        var digits = text.utf8.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        if digits.count == 11, digits[0] == UInt8(ascii: "8") { digits[0] = UInt8(ascii: "7") }
        if digits.count == 10 { digits.insert(UInt8(ascii: "7"), at: 0) }
        return String(decoding: digits, as: UTF8.self)
    }

    private static let forms: Set<String> = [
        "ооо", "оао", "зао", "пао", "ао", "нао", "ип", "общество", "с", "ограниченной",
        "ответственностью", "акционерное", "публичное", "открытое", "закрытое",
        "индивидуальный", "предприниматель", "llc", "ltd", "jsc", "ooo",
    ]
}
