/// A number within a text about goods: a size with its unit, a part of a size, an article.
///
/// «Профиль 60×27×0,6×3000» has four, «Кабель ВВГ 3х2,5 (5 м)» three; «Samsung UE43T5300» has one, which
/// is an article.
public struct TextNumber: Hashable, Sendable {
    /// The number without noughts that say nothing, or the article: `0.6`, `ue43t5300`.
    public let text: String
    /// How much it is, where a unit of measure is known; `nil` for a bare number.
    public let amount: Amount?

    /// An amount in a unit that all units of its kind are turned into.
    public struct Amount: Hashable, Sendable {
        /// What is measured.
        public enum Kind: UInt8, Hashable, Sendable {
            case length, mass, volume, pieces, power, voltage, current, memory, share
        }

        /// What is measured.
        public let kind: Kind
        /// In millionths of a millimetre, gram, millilitre, piece, watt, volt, ampere, megabyte or
        /// hundredth.
        public let millionths: Int
    }

    /// Whether two can mean the same: `5`, «5 м»; «0,5 л», «500 мл»; not «5 м», «5 кг».
    public func agrees(with other: TextNumber) -> Bool {
        if let amount, let otherAmount = other.amount { return amount == otherAmount }
        return text == other.text
    }

    /// Reads the numbers of a text in their order.
    ///
    /// - Complexity: O(length).
    public static func all(in text: String) -> [TextNumber] {
        guard text.utf8.contains(where: { $0 >= 48 && $0 <= 57 }) else { return [] }
        let tokens = Token.all(in: text)
        return tokens.indices.flatMap { place in
            tokens[place].numbers(before: place + 1 < tokens.count ? tokens[place + 1] : nil)
        }
    }

    /// Whether a word in lower case is the name of a unit of measure.
    public static func isUnit(_ word: String) -> Bool { units[word] != nil }

    private init(article: String) { (text, amount) = (CodeText(article).characters, nil) }

    /// A number with its unit; `nil` where it is too long to be a size.
    private init?(_ number: String, _ unit: (kind: Amount.Kind, millionths: Int)?) {
        let parts = number.split(separator: ".", omittingEmptySubsequences: false)
        let whole = String(parts[0].drop { $0 == "0" })
        var fraction = parts.count > 1 ? String(parts[1]) : ""
        while fraction.last == "0" { fraction.removeLast() }
        text = (whole.isEmpty ? "0" : whole) + (fraction.isEmpty ? "" : "." + fraction)
        guard let unit else {
            amount = nil
            return
        }
        guard whole.utf8.count <= 9, fraction.utf8.count <= 6,
            let digits = Int(
                whole + fraction + String(repeating: "0", count: 6 - fraction.utf8.count))
        else { return nil }
        // A unit is a whole number of millionths, or some thousandth of one: nothing is lost.
        let (product, isTooMuch) = digits.multipliedReportingOverflow(by: unit.millionths)
        guard !isTooMuch else { return nil }
        amount = Amount(kind: unit.kind, millionths: product / 1_000_000)
    }
}

extension TextNumber {
    /// Letters and digits that stand together, cut where one follows the other: `3х2.5мм`.
    private struct Token {
        var parts: [String] = []

        static func all(in text: String) -> [Token] {
            let scalars = Array(text.lowercased().unicodeScalars)
            var (tokens, token, part) = ([Token](), Token(), "")
            var isNumber = false
            func isDigit(_ place: Int) -> Bool {
                scalars.indices.contains(place) && scalars[place].value >= 48
                    && scalars[place].value <= 57
            }
            func endPart() {
                if !part.isEmpty { token.parts.append(part) }
                part = ""
            }
            func endToken() {
                endPart()
                if !token.parts.isEmpty { tokens.append(token) }
                token = Token()
            }
            for (place, scalar) in scalars.enumerated() {
                if isDigit(place) {
                    if !isNumber { endPart() }
                    isNumber = true
                    part.unicodeScalars.append(scalar)
                } else if ",.".unicodeScalars.contains(scalar), isNumber, isDigit(place + 1),
                    isDigit(place - 1), !part.contains(".")
                {
                    part.append(".")
                } else if scalar.properties.isAlphabetic || scalar == "%" {
                    if isNumber { endPart() }
                    isNumber = false
                    part.unicodeScalars.append(scalar == "ё" ? "е" : scalar)
                } else {
                    endToken()
                    isNumber = false
                }
            }
            endToken()
            return tokens
        }

        private static func isNumber(_ part: String) -> Bool {
            part.utf8.first.map { $0 >= 48 && $0 <= 57 } ?? false
        }

        /// The numbers of the token, the last of which the next token may give its unit.
        func numbers(before next: Token?) -> [TextNumber] {
            guard parts.contains(where: Self.isNumber) else { return [] }
            var sizes: [(number: String, unit: String?)] = []
            var rest = parts[...]
            while let number = rest.popFirst() {
                guard Self.isNumber(number) else { return article }
                guard let letters = rest.first else {
                    sizes.append((number, next?.unit))
                    break
                }
                rest.removeFirst()
                if rest.isEmpty || (rest.count == 1 && Self.powers.contains(rest[rest.startIndex]))
                {
                    guard TextNumber.units[letters] != nil else { return article }
                    // мм2: a square.
                    sizes.append((number, rest.isEmpty ? letters : nil))
                    break
                }
                guard Self.times.contains(letters) else { return article }
                sizes.append((number, nil))
            }
            return sizes.compactMap {
                TextNumber($0.number, $0.unit.flatMap { TextNumber.units[$0] })
            }
        }

        private var article: [TextNumber] { [TextNumber(article: parts.joined())] }

        /// The unit that the token is.
        private var unit: String? {
            guard parts.count == 1, TextNumber.units[parts[0]] != nil else { return nil }
            return parts[0]
        }

        /// What stands between the parts of a size, in either alphabet.
        private static let times: Set<String> = ["x", "х"]
        private static let powers: Set<String> = ["2", "3"]
    }

    /// Units of measure by their names, in millionths of the unit of their kind.
    private static let units: [String: (kind: Amount.Kind, millionths: Int)] = {
        let (one, thousand) = (1_000_000, 1_000_000_000)
        var units: [String: (kind: Amount.Kind, millionths: Int)] = [:]
        func add(_ names: String, _ kind: Amount.Kind, _ millionths: Int) {
            for name in names.split(separator: " ") { units[String(name)] = (kind, millionths) }
        }
        add("мкм", .length, one / 1000)
        add("мм mm", .length, one)
        add("см cm", .length, 10 * one)
        add("м m метр метра метров", .length, thousand)
        add("км km", .length, 1000 * thousand)
        add("мг mg", .mass, one / 1000)
        add("г гр g gr грамм", .mass, one)
        add("кг kg", .mass, thousand)
        add("т тонн", .mass, 1000 * thousand)
        add("мл ml", .volume, one)
        add("л l литр литра литров", .volume, thousand)
        add("шт штук pcs pc уп упак пач", .pieces, one)
        add("вт w ватт", .power, one)
        add("квт kw", .power, thousand)
        add("в v вольт", .voltage, one)
        add("а a", .current, one)
        add("ма ma", .current, one / 1000)
        add("мб mb", .memory, one)
        add("гб gb", .memory, 1024 * one)
        add("тб tb", .memory, 1024 * 1024 * one)
        add("%", .share, one)
        return units
    }()
}
