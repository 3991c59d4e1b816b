/// Differences in writing that carry no meaning: what people and exchange modules do to a text.
enum Dirt {
    /// What was done to a text.
    enum Kind: CaseIterable, Sendable {
        case doubleSpace, trailingSpace, nonBreakingSpace, lineFeed, tab
        case homoglyph, decomposed, yoFlattened, dashVariant, typo
    }

    /// Dirties a text in one way.
    static func apply(_ kind: Kind, to text: String, random: inout RandomSource) -> String {
        switch kind {
        case .doubleSpace: return replacingFirst(" ", with: "  ", in: text)
        case .trailingSpace: return text + " "
        case .nonBreakingSpace: return replacingFirst(" ", with: "\u{A0}", in: text)
        case .lineFeed: return text + "\n"
        case .tab: return "\t" + text
        case .homoglyph: return homoglyph(text, random: &random)
        case .decomposed: return decomposed(text)
        case .yoFlattened: return flattenedYo(text)
        case .dashVariant: return replacingFirst("-", with: random.pick(["–", "—", "−"]), in: text)
        case .typo: return typo(text, random: &random)
        }
    }

    /// Cyrillic in Latin letters, roughly as passports have it.
    static func transliterated(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            let lower = scalar.properties.lowercaseMapping
            guard let latin = latin[lower] else {
                result.unicodeScalars.append(scalar)
                continue
            }
            result +=
                String(scalar) == lower ? latin : latin.prefix(1).uppercased() + latin.dropFirst()
        }
        return result
    }

    /// «ё» as «е».
    static func flattenedYo(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    switch scalar {
                    case "ё": "е"
                    case "Ё": "Е"
                    default: scalar
                    }
                }))
    }

    /// One Cyrillic letter in the shape of its Latin twin.
    private static func homoglyph(_ text: String, random: inout RandomSource) -> String {
        let twins: [Unicode.Scalar: Unicode.Scalar] = [
            "А": "A", "В": "B", "Е": "E", "К": "K", "М": "M", "Н": "H", "О": "O", "Р": "P",
            "С": "C", "Т": "T", "Х": "X", "а": "a", "е": "e", "о": "o", "р": "p", "с": "c",
            "х": "x",
        ]
        var scalars = Array(text.unicodeScalars)
        let places = scalars.indices.filter { twins[scalars[$0]] != nil }
        guard !places.isEmpty else { return text }
        let place = random.pick(places)
        scalars[place] = twins[scalars[place]] ?? scalars[place]
        return String(String.UnicodeScalarView(scalars))
    }

    /// «й» and «ё» as a letter and a combining mark, as files from macOS have them.
    private static func decomposed(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "й": result.append(contentsOf: ["и", "\u{306}"])
            case "Й": result.append(contentsOf: ["И", "\u{306}"])
            case "ё": result.append(contentsOf: ["е", "\u{308}"])
            case "Ё": result.append(contentsOf: ["Е", "\u{308}"])
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// One letter swapped with its neighbour, dropped or doubled, not at the ends of the text.
    private static func typo(_ text: String, random: inout RandomSource) -> String {
        var scalars = Array(text.unicodeScalars)
        let places = scalars.indices.dropFirst().dropLast(2).filter {
            scalars[$0].properties.isAlphabetic && scalars[$0 + 1].properties.isAlphabetic
        }
        guard places.count > 3 else { return text }
        let place = random.pick(Array(places))
        switch random.below(3) {
        case 0: scalars.swapAt(place, place + 1)
        case 1: scalars.remove(at: place)
        default: scalars.insert(scalars[place], at: place)
        }
        return String(String.UnicodeScalarView(scalars))
    }

    private static func replacingFirst(
        _ part: String, with other: String, in text: String
    ) -> String {
        guard let range = text.firstRange(of: part) else { return text }
        return text.replacingCharacters(range, with: other)
    }

    private static let latin: [String: String] = [
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z",
        "и": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
        "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
        "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
    ]
}

extension String {
    fileprivate func replacingCharacters(_ range: Range<String.Index>, with other: String) -> String
    {
        String(self[..<range.lowerBound]) + other + String(self[range.upperBound...])
    }
}
