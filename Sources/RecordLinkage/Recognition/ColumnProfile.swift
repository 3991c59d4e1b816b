internal import Foundation
public import Records

/// What the values of one column of an unknown table look like.
public struct ColumnProfile: Hashable, Sendable {
    /// The header as it is written.
    public let header: String
    /// How many rows were looked at.
    public let rowCount: Int
    /// How many rows the table has.
    public let tableRows: Int
    /// How many of those looked at have a value.
    public let filledCount: Int
    /// How many different values they have.
    public let distinctCount: Int
    /// What the values mean, by header and content.
    public let type: FieldType
    /// Whether cells hold several values.
    public let isMultiple: Bool
    /// Whether values are numbers that are near when they are alike: amounts, not codes.
    public let isAmount: Bool
    /// Whether values are numbers with one of a few units.
    let isMeasure: Bool
    /// Whether values are codes of digits only.
    private let isOfDigits: Bool
    /// Words a value, on average.
    public let wordsPerValue: Double
    /// Those of them that are no numbers.
    let plainWordsPerValue: Double
    /// The share of values that are texts with numbers within.
    let numbersInTexts: Double
    /// The share of texts into which an ИНН or a whole telephone is written.
    let identifiersInTexts: Double
    /// What the header says.
    let headerWords: HeaderWords
    /// The words of the values, counted.
    let words: WordCounts
    /// Whether nearly all values are a few letters with a digit among them: `48а`, `50/2`.
    let saysNumbersShortly: Bool
    /// Whether the values are initials, such as `А. С.`, and not all of them a few people's.
    let areInitials: Bool
    /// Whether the values are years.
    let isYear: Bool
    /// How much of its words the one half of the values has in common with the other, 0 to 1.
    let ownOverlap: Double
    /// The beginnings of the cells, those of a row at the same place as in other columns.
    let cells: [String]
    /// All values, as they are written.
    let values: Set<String>
    /// Values that no two rows share by chance, as they are compared, by hash.
    let keys: Set<UInt64>
    /// Whether the values are numbers that count rows: 1, 2, 3 and so on.
    let isRunningNumber: Bool

    /// Whether every row has a value of its own.
    public var isUnique: Bool { filledCount == rowCount && distinctCount == rowCount }
    /// Whether there are so few different values that one tells little.
    public var isCategory: Bool {
        distinctCount <= max(3, filledCount / 50)
    }

    /// So many values tell what a column is.
    private static let mostRead = 600
    /// So many tell which words it has.
    private static let mostFolded = 1000
    /// What stands behind so many letters tells no more.
    private static let mostLetters = 200

    /// Looks at a column.
    ///
    /// - Parameters:
    ///   - header: Its header.
    ///   - values: The cells of some rows, chosen without regard to their order; empty ones included.
    ///   - tableRows: How many rows the table has; `nil` where these are all.
    public init(header: String, values: [String], tableRows: Int? = nil) {
        self.header = header
        cells = values.map(Self.beginning)
        rowCount = values.count
        self.tableRows = tableRows ?? values.count
        let filled = cells.filter { $0.contains { !$0.isWhitespace } }
        filledCount = filled.count
        self.values = Set(filled)
        distinctCount = Set(values.lazy.filter { $0.contains { !$0.isWhitespace } }).count
        let content = ColumnContent(Array(filled.prefix(Self.mostRead)))
        let words = WordHalves(filled.prefix(Self.mostFolded))
        headerWords = HeaderWords(header)
        type = content.type(header: headerWords)
        isAmount = content.isAmount(header: headerWords)
        isMultiple =
            [.phone, .email].contains(type)
            || (type == .code && content.share { $0.contains(";") } > 0.1)
        (self.words, ownOverlap) = (words.all, words.overlap)
        (wordsPerValue, plainWordsPerValue) = (words.perValue, words.plainPerValue)
        isOfDigits =
            type == .code && content.share { $0.utf8.allSatisfy { $0 >= 48 && $0 <= 57 } } > 0.8
        isMeasure = type == .text && !isAmount && content.areMeasures
        let isText = [.text, .organizationName, .address].contains(type) && words.perValue >= 1.5
        numbersInTexts =
            isText && !isAmount && !isMeasure ? content.share { $0.contains(where: \.isNumber) } : 0
        identifiersInTexts = isText ? content.share(Self.holdsIdentifier) : 0
        saysNumbersShortly =
            content.share { $0.count <= 8 && $0.contains(where: \.isNumber) } > 0.9
        areInitials =
            content.share { value in
                let letters = value.count(where: \.isLetter)
                return letters > 0 && letters < 3 && value.first?.isUppercase == true
                    && value.allSatisfy { $0.isLetter || $0 == "." || $0 == " " }
            } > 0.7 && distinctCount > 10
        isYear =
            type == .code
            && content.share { Int($0).map { (1800...2100).contains($0) } ?? false } > 0.9
        isRunningNumber =
            distinctCount * 10 > 9 * filledCount
            && Self.counts(self.values, rows: self.tableRows)
        keys =
            isRunningNumber
            ? [] : ColumnKeys.of(filled, type, isAmount: isAmount, wordsPerValue: words.perValue)
    }

    /// Whether half of the fewer values are among the other's, whatever their capitals.
    func sharesValues(with other: ColumnProfile) -> Bool {
        let (own, others) = (
            Set(values.map { $0.lowercased() }), Set(other.values.map { $0.lowercased() })
        )
        return own.intersection(others).count * 2 >= min(own.count, others.count)
    }

    /// The part of a value that is read.
    static func beginning(_ value: String) -> String {
        value.utf8.count <= mostLetters ? value : String(value.prefix(mostLetters))
    }

    /// Whether the values are written in digits, a unit apart.
    var isNumeric: Bool { isAmount || isMeasure || isOfDigits }

    private static func holdsIdentifier(_ text: String) -> Bool {
        var (text, found) = (text, false)
        text.withUTF8 { bytes in
            for type in [FieldType.taxID, .phone] {
                IdentifierReading.readWithin(bytes, type, isFreeText: true) { _, _ in found = true }
            }
        }
        return found
    }

    /// Whether values are whole numbers that stand as close as the rows are many.
    private static func counts(_ values: Set<String>, rows: Int) -> Bool {
        var (least, most) = (Int.max, Int.min)
        for value in values {
            guard let number = Int(value), number >= 0 else { return false }
            (least, most) = (min(least, number), max(most, number))
        }
        return values.count > 1 && rows >= values.count
            && Double(most - least) < 1.3 * Double(rows) + 3
    }
}

/// The values of a column as they are compared, where two rows hardly have one by chance.
private enum ColumnKeys {
    static func of(
        _ values: [String], _ type: FieldType, isAmount: Bool, wordsPerValue: Double
    ) -> Set<UInt64> {
        var keys: Set<UInt64> = []
        for value in values {
            guard var key = key(value, type, isAmount), !key.isEmpty else { continue }
            keys.insert(key.withUTF8(TextHash.of))
        }
        return keys
    }

    private static func key(_ value: String, _ type: FieldType, _ isAmount: Bool) -> String? {
        guard value.utf8.count <= 64 else { return nil }
        switch type {
        case .date: return CalendarDate(value)?.description
        case .phone: return PhoneNumber.all(in: value).first?.digits
        case .email: return EmailAddress(value)?.description
        case .text where isAmount:
            return Quantity(value.filter { !"$€₽ ".contains($0) })?.description
        case .text, .code, .taxID, .kpp, .registrationNumber:
            guard value.utf8.contains(where: { $0 >= 48 && $0 <= 57 }) else { return nil }
            return CodeText(value).characters
        default: return nil
        }
    }
}
