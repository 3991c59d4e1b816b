internal import Foundation
public import Records

/// What the values of one column of an unknown table look like.
public struct ColumnProfile: Hashable, Sendable {
    /// The header as it is written.
    public let header: String
    /// How many rows were looked at.
    public let rowCount: Int
    /// How many of them have a value.
    public let filledCount: Int
    /// How many different values they have.
    public let distinctCount: Int
    /// What the values mean, by header and content.
    public let type: FieldType
    /// Whether cells hold several values.
    public let isMultiple: Bool
    /// Whether values are numbers that are near when they are alike: amounts, not codes.
    public let isAmount: Bool
    /// Words a value, on average.
    public let wordsPerValue: Double
    /// Words and whole values, folded: what two columns have in common.
    let vocabulary: Set<String>
    /// All values, as they are written.
    let values: Set<String>
    /// Whether every row has a value of its own.
    public var isUnique: Bool { filledCount == rowCount && distinctCount == rowCount }
    /// Whether there are so few different values that one tells little.
    public var isCategory: Bool {
        distinctCount <= max(3, filledCount / 50)
    }

    /// So many values tell what a column is.
    private static let mostRead = 600

    /// Looks at a column.
    ///
    /// - Parameters:
    ///   - header: Its header.
    ///   - values: The cells, empty ones included.
    public init(header: String, values: [String]) {
        self.header = header
        rowCount = values.count
        let filled = values.filter { $0.contains { !$0.isWhitespace } }
        filledCount = filled.count
        self.values = Set(filled)
        distinctCount = self.values.count
        var (words, vocabulary) = (0, Set<String>())
        for value in filled.prefix(Self.mostRead) {
            let folded = FoldedText(value).words.map(\.text)
            words += folded.count
            vocabulary.formUnion(folded.filter { $0.count > 1 })
        }
        wordsPerValue = Double(words) / Double(max(1, min(Self.mostRead, filled.count)))
        self.vocabulary = vocabulary
        let content = ColumnContent(Array(filled.prefix(Self.mostRead)))
        type = content.type(header: HeaderWords(header))
        isAmount = content.isAmount(header: HeaderWords(header))
        isMultiple =
            [.phone, .email].contains(type)
            || (type == .code && content.share { $0.contains(";") } > 0.1)
    }
}

/// Shares of values of some form among the values of a column.
struct ColumnContent {
    private let values: [String]

    init(_ values: [String]) { self.values = values }

    func share(_ holds: (String) -> Bool) -> Double {
        Double(values.count(where: holds)) / Double(max(1, values.count))
    }

    /// The type, by what values look like; headers decide where content allows several.
    func type(header: HeaderWords) -> FieldType {
        guard !values.isEmpty else { return header.type ?? .text }
        if share({ Self.isTaxID($0) }) > (header.type == .taxID ? 0.3 : 0.7) { return .taxID }
        if header.type == .kpp, share({ KPP(reading: $0) != nil }) > 0.3 { return .kpp }
        if header.type == .registrationNumber { return .registrationNumber }
        if share({ $0.contains("@") && EmailAddress($0) != nil }) > 0.5 { return .email }
        if header.type == .phone || share(Self.looksLikePhone) > 0.7,
            share({ !PhoneNumber.all(in: $0).isEmpty }) > 0.5
        {
            return .phone
        }
        if share({ CalendarDate($0) != nil }) > 0.8 { return .date }
        if let plain = plainType(header) { return plain }
        if header.type == .address || share(Self.looksLikeAddress) > 0.5,
            share({ $0.utf8.contains { $0 >= 48 && $0 <= 57 } }) > 0.4, averageWords > 2
        {
            return .address
        }
        let organizations = share { OrganizationName($0).legalForm != nil }
        if organizations > 0.3 { return .organizationName }
        if header.type == .personName { return .personName }
        if share(Self.looksLikePerson) > 0.5 { return .personName }
        return header.type == .organizationName && hasCyrillic ? .organizationName : .text
    }

    /// Numbers, amounts and codes: values without words.
    private func plainType(_ header: HeaderWords) -> FieldType? {
        let numbers = share { Self.number($0) != nil }
        if header.type == .money, numbers > 0.7 { return .text }
        let isDigits = share { $0.utf8.allSatisfy { ($0 >= 48 && $0 <= 57) || $0 == 32 } }
        if isDigits > 0.8 { return .code }
        if numbers > 0.9 { return .text }
        let isCode = share { value in
            !value.contains(where: \.isWhitespace) && value.contains(where: \.isNumber)
        }
        return isCode > 0.7 ? .code : nil
    }

    /// Whether the values are numbers that are near when they are alike: amounts, not codes.
    func isAmount(header: HeaderWords) -> Bool {
        let numbers = share { Self.number($0) != nil }
        guard numbers > (header.type == .money ? 0.7 : 0.9) else { return false }
        return header.type == .money || share { $0.contains(".") || $0.contains(",") } > 0.2
    }

    private var averageWords: Double {
        let sample = values.prefix(300)
        return Double(sample.reduce(0) { $0 + FoldedText($1).words.count })
            / Double(max(1, sample.count))
    }

    private var hasCyrillic: Bool {
        share { $0.utf8.contains { $0 >= 0xD0 && $0 <= 0xD3 } } > 0.3
    }

    private static func number(_ text: String) -> Quantity? {
        Quantity(text.filter { !"$€₽ ".contains($0) })
    }

    private static func isTaxID(_ text: String) -> Bool {
        TaxIDReading(text)?.taxID != nil
    }

    private static func looksLikePhone(_ text: String) -> Bool {
        let first = text.prefix { $0 != ";" && $0 != "," }
        let digits = first.utf8.filter { $0 >= 48 && $0 <= 57 }
        guard (10...12).contains(digits.count) else { return false }
        // Without any marks only eleven digits with the prefix of a call within Russia.
        return first.contains { "+()-".contains($0) }
            || (digits.count == 11 && (digits[0] == 55 || digits[0] == 56))
    }

    /// Whether two kinds of places are named, and a number: a header tells addresses of other lands.
    private static func looksLikeAddress(_ text: String) -> Bool {
        let words = FoldedText(text).words
        let kinds = ["г", "город", "ул", "улица", "д", "дом", "обл", "пр", "проспект", "кв", "оф"]
        return Set(words.map(\.text)).intersection(kinds).count > 1
            && words.contains { $0.hasDigit }
    }

    private static func looksLikePerson(_ text: String) -> Bool {
        OrganizationName(text).person?.patronymic != nil
    }
}

/// What a header says about its column.
struct HeaderWords {
    let words: [String]
    let type: FieldType?

    init(_ header: String) {
        // "НаименованиеПолное", "RQ_INN", "firstName": capitals and marks begin words.
        var spaced = ""
        var wasLower = false
        for letter in header {
            if letter.isUppercase, wasLower { spaced.append(" ") }
            wasLower = letter.isLowercase
            spaced.append(letter.isLetter || letter.isNumber ? letter : " ")
        }
        let words = spaced.lowercased().split(separator: " ").map(String.init)
        func isOne(_ word: String, of known: [String]) -> Bool {
            known.contains {
                $0.hasSuffix("*") ? word.hasPrefix($0.dropLast()) : word == $0
            }
        }
        type =
            Self.known.first { known in words.contains { isOne($0, of: known.words) } }?.type
        self.words = words
    }

    /// Whether the column may be the id: `Ref_Key`, `ID`, `rec_id`, `Код`.
    var namesID: Bool {
        words.contains { ["id", "guid", "uuid", "key", "ид", "идентификатор"].contains($0) }
    }

    private static let known: [(type: FieldType, words: [String])] = [
        (.taxID, ["инн", "inn", "taxid", "tax"]),
        (.kpp, ["кпп", "kpp"]),
        (.registrationNumber, ["огрн", "огрнип", "ogrn", "ogrnip"]),
        (.email, ["email", "mail", "почта"]),
        (.phone, ["phone", "phones", "tel", "телефон*", "тел", "mobile", "fax", "факс"]),
        (.address, ["адрес*", "address"]),
        (
            .personName,
            [
                "surname", "фамилия", "имя", "отчество", "фио", "firstname", "lastname", "given",
                "first", "last", "patronymic",
            ]
        ),
        (.money, ["price", "цена", "сумма", "amount", "cost", "total", "стоимость"]),
        (.date, ["date", "дата", "born", "birth*"]),
        (
            .organizationName,
            [
                "наименование", "название", "организация", "контрагент", "компания", "company",
                "organization", "organisation",
            ]
        ),
    ]
}
