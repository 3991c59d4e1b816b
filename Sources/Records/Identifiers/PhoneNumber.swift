/// A telephone number as ten national digits of Russia, or all digits of a foreign one.
///
/// `8 (495) 123-45-67`, `+7 495 1234567 доб. 12` and `74951234567` are the same number: an extension
/// tells a desk behind it.
public struct PhoneNumber: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The digits: ten for a Russian number; fewer when the area code is left out.
    public let digits: String
    /// The digits of the extension; `nil` where none is named.
    public let extensionDigits: String?

    /// Reads one number and the extension after it.
    ///
    /// The result is `nil` when fewer than five or more than fifteen digits are left, and for what is
    /// typed where a number has to stand: `000000`, `12345`.
    ///
    /// - Parameter text: The number as written.
    public init?(_ text: String) {
        var digits: [UInt8] = []
        digits.reserveCapacity(16)
        var isInternational = false
        var tail: String.Index?
        let scalars = text.unicodeScalars
        scanning: for (index, scalar) in zip(scalars.indices, scalars) {
            switch scalar.value {
            case 48...57: digits.append(UInt8(scalar.value))
            case 0x2B where digits.isEmpty: isInternational = true
            // A letter, `#` or `*` after the number begins an extension: доб., ext, вн.
            case 0x23, 0x2A: if digits.count >= 5 { tail = index }
            default: if digits.count >= 5, scalar.properties.isAlphabetic { tail = index }
            }
            if tail != nil { break scanning }
        }
        let first = digits.first
        if digits.count == 11, first == UInt8(ascii: "7") || (first == UInt8(ascii: "8")) {
            digits.removeFirst()
        } else if digits.count == 12, digits.starts(with: "78".utf8), isInternational {
            digits.removeFirst(2)  // +7 8 495 …: the trunk prefix after the country code
        } else if digits.count > 11, digits.starts(with: "810".utf8) {
            digits.removeFirst(3)  // the Russian prefix of a call abroad
        }
        guard (Self.fewestDigits...Self.mostDigits).contains(digits.count),
            !Self.isTypedForNone(digits, in: text)
        else { return nil }
        self.digits = String(decoding: digits, as: UTF8.self)
        extensionDigits = tail.flatMap { Self.extensionDigits(scalars[$0...]) }
    }

    private init(digits: String, extensionDigits: String?) {
        (self.digits, self.extensionDigits) = (digits, extensionDigits)
    }

    /// The digits behind a word or mark that introduces an extension: «с 9 до 18» are hours.
    private static func extensionDigits(_ tail: Substring.UnicodeScalarView) -> String? {
        let word = tail.prefix { $0.properties.isAlphabetic }
        let rest = tail.dropFirst(word.isEmpty ? 1 : word.count)
        guard word.isEmpty || extensionWords.contains(String(word).lowercased()) else { return nil }
        let digits = rest.drop { !isDigit($0) && !$0.properties.isAlphabetic }
            .prefix(while: isDigit)
        return (1...mostExtensionDigits).contains(digits.count) ? String(digits) : nil
    }

    static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 48 && scalar.value <= 57
    }

    private static let extensionWords: Set<String> = [
        "доб", "добавочный", "доп", "вн", "внутр", "внутренний", "ext", "extension", "x",
    ]
    /// More digits are another number.
    private static let mostExtensionDigits = 6

    /// Numbers are equal when their digits are.
    public static func == (left: Self, right: Self) -> Bool { left.digits == right.digits }

    /// Hashes the digits.
    public func hash(into hasher: inout Hasher) { hasher.combine(digits) }

    /// Whether all digits are the same, or the keys were struck one after the other: `12345`.
    ///
    /// With separators between them digits that go up are a number of somebody: `12-34-56`.
    private static func isTypedForNone(_ digits: [UInt8], in text: String) -> Bool {
        let steps = zip(digits, digits.dropFirst())
        if steps.allSatisfy({ $0 == $1 }) { return true }
        let (nine, zero) = (UInt8(ascii: "9"), UInt8(ascii: "0"))
        return text.utf8.count == digits.count
            && steps.allSatisfy { $0 + 1 == $1 || ($0 == nine && $1 == zero) }
    }

    /// Reads all numbers of a cell: separated by commas, semicolons, slashes, line ends or «и»; whole
    /// ones also by spaces.
    ///
    /// Slashes may stand within a number, too: `310/246-1501`. An extension that stands apart belongs to
    /// the number before it: `8 495 123-45-67, доб. 305`.
    ///
    /// - Parameters:
    ///   - text: The cell.
    ///   - keepsDesks: Whether a number of several extensions stands there with each of them; else
    ///     with the first.
    /// - Returns: The numbers in the order of the cell, each once.
    public static func all(in text: String, keepsDesks: Bool = false) -> [PhoneNumber] {
        guard text.utf8.contains(where: Self.mayPart) || text.utf8.count >= 2 * wholeLength else {
            return PhoneNumber(text).map { [$0] } ?? []
        }
        var read: [PhoneNumber] = []
        let cells = text.split(whereSeparator: { ",;|".contains($0) || $0.isNewline })
        for cell in cells {
            for part in Self.parts(cell).flatMap(Self.clauses) {
                if let last = read.last, let desk = Self.desk(part) {
                    if last.extensionDigits == nil { read.removeLast() }
                    read.append(PhoneNumber(digits: last.digits, extensionDigits: desk))
                    continue
                }
                let several = Self.spaced(part)
                read += several.isEmpty ? [PhoneNumber(part)].compactMap(\.self) : several
            }
        }
        if read.isEmpty { return PhoneNumber(text).map { [$0] } ?? [] }
        var numbers: [PhoneNumber] = []
        for number in read {
            let isKnown = numbers.contains {
                $0 == number && (!keepsDesks || $0.extensionDigits == number.extensionDigits)
            }
            if !isKnown { numbers.append(number) }
        }
        return numbers
    }

    /// The extension of a part of a cell that is nothing but one: `доб. 305`.
    private static func desk(_ part: String) -> String? {
        let tail = part.unicodeScalars.drop {
            !isDigit($0) && !$0.properties.isAlphabetic && $0 != "#" && $0 != "*"
        }
        guard let first = tail.first, !isDigit(first) else { return nil }
        // `доп. 8 916 765-43-21` is another number.
        let digits = tail.drop { !isDigit($0) }.prefix { !$0.properties.isAlphabetic }
        guard digits.count(where: isDigit) <= mostExtensionDigits else { return nil }
        return extensionDigits(tail)
    }

    /// The digits of a whole number of Russia without its prefix.
    static let wholeLength = 10
    /// The digits of the shortest number of a town.
    static let fewestDigits = 5
    /// The digits of the longest number of any country.
    static let mostDigits = 15

    /// Words that part numbers.
    private static let conjunctions: Set<Substring> = ["и", "или", "and", "or", "И", "ИЛИ"]

    /// What stands between words like «и».
    private static func clauses(_ text: Substring) -> [String] {
        let words = text.split(separator: " ")
        guard words.contains(where: conjunctions.contains) else { return [String(text)] }
        return words.split(whereSeparator: conjunctions.contains)
            .map { $0.joined(separator: " ") }
    }

    /// Whole numbers with only spaces between them: `8 495 123-45-67 8 916 765-43-21`; none where the
    /// text is not that.
    private static func spaced(_ text: String) -> [PhoneNumber] {
        func digitCount(_ group: Substring) -> Int { group.utf8.count { $0 >= 48 && $0 <= 57 } }
        let groups = text.split(separator: " ")
        let isPlain = text.utf8.allSatisfy {
            ($0 >= 48 && $0 <= 57) || [0x20, 0x28, 0x29, 0x2B, 0x2D, 0x2E].contains($0)
        }
        guard isPlain, digitCount(text[...]) >= 2 * wholeLength else { return [] }
        var (numbers, open, count) = ([PhoneNumber](), [Substring](), 0)
        func end() -> Bool {
            guard let number = PhoneNumber(open.joined(separator: " ")),
                number.digits.utf8.count == wholeLength
            else { return false }
            numbers.append(number)
            (open, count) = ([], 0)
            return true
        }
        for group in groups {
            let own = digitCount(group)
            // With its prefix a number has eleven digits.
            if count > 0, group.first == "+" || count + own > wholeLength + 1, !end() { return [] }
            open.append(group)
            count += own
        }
        return end() ? numbers : []
    }

    /// Whether a byte parts numbers, or begins a character that does.
    private static func mayPart(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x0A...0x0D, 0x2C, 0x2F, 0x3B, 0x7C, 0xC2, 0xE2: true
        // `a` of `and`, `o` of `or`, and Cyrillic letters.
        case 0x61, 0x6F, 0xD0, 0xD1: true
        default: false
        }
    }

    /// Whether it has all ten digits of a Russian number.
    public var isComplete: Bool { digits.utf8.count >= 10 }

    /// Whether it is a Russian mobile number.
    public var isMobile: Bool { digits.utf8.count == 10 && digits.utf8.first == UInt8(ascii: "9") }

    /// The digits.
    public var description: String { digits }

    /// Orders numbers by their digits.
    public static func < (left: Self, right: Self) -> Bool { left.digits < right.digits }
}
