import Records

/// Shares of values of some form among the values of a column.
struct ColumnContent {
    private let values: [String]

    init(_ values: [String]) { self.values = values }

    func share(_ holds: (String) -> Bool) -> Double {
        Double(values.count(where: holds)) / Double(max(1, values.count))
    }

    /// The same for forms that a column has as a rule or not at all: where none of the first values is of
    /// one, none is.
    private func usualShare(_ holds: (String) -> Bool) -> Double {
        values.prefix(Self.enough).contains(where: holds) ? share(holds) : 0
    }

    private static let enough = 60

    /// The type, by what values look like; headers decide where content allows several.
    func type(header: HeaderWords) -> FieldType {
        guard !values.isEmpty else { return header.type ?? .text }
        if usualShare({ Self.isTaxID($0) }) > (header.type == .taxID ? 0.3 : 0.7) { return .taxID }
        if header.type == .kpp, usualShare({ KPP(reading: $0) != nil }) > 0.3 { return .kpp }
        if header.type == .registrationNumber { return .registrationNumber }
        if usualShare({ $0.contains("@") && EmailAddress($0) != nil }) > 0.5 { return .email }
        if header.type == .phone || usualShare(Self.looksLikePhone) > 0.7,
            usualShare({ !PhoneNumber.all(in: $0).isEmpty }) > 0.5
        {
            return .phone
        }
        if usualShare({ CalendarDate($0) != nil }) > 0.8 { return hasMonthsFirst ? .code : .date }
        if let plain = plainType(header) { return plain }
        if header.type == .address || usualShare(Self.looksLikeAddress) > 0.5,
            usualShare({ $0.utf8.contains { $0 >= 48 && $0 <= 57 } }) > 0.4, averageWords > 2
        {
            return .address
        }
        let organizations = usualShare { OrganizationName($0).legalForm != nil }
        if organizations > 0.3 { return .organizationName }
        if header.type == .personName { return .personName }
        if usualShare(Self.looksLikePerson) > 0.5 { return .personName }
        if header.type == .organizationName, hasCyrillic { return .organizationName }
        // «Наименование» is what goods have as well: some at least must be firms.
        return header.topic == .title && organizations > 0.15 ? .organizationName : .text
    }

    /// Numbers, amounts and codes: values without words.
    private func plainType(_ header: HeaderWords) -> FieldType? {
        let numbers = usualShare { Self.number($0) != nil }
        if header.type == .money, numbers > 0.7 { return .text }
        let isDigits = usualShare { $0.utf8.allSatisfy { ($0 >= 48 && $0 <= 57) || $0 == 32 } }
        if isDigits > 0.8 { return .code }
        if numbers > 0.9 { return .text }
        return usualShare(Self.looksLikeCode) > 0.7 ? .code : nil
    }

    /// Whether the values are numbers that are near when they are alike: amounts, not codes.
    func isAmount(header: HeaderWords) -> Bool {
        let numbers = usualShare { Self.number($0) != nil }
        guard numbers > (header.type == .money ? 0.7 : 0.9) else { return false }
        return header.type == .money || usualShare { $0.contains(".") || $0.contains(",") } > 0.2
    }

    /// Whether days between slashes are written the American way: some must be, and none the other.
    private var hasMonthsFirst: Bool {
        let numbers = values.filter { $0.contains("/") }
            .map { $0.split(separator: "/").prefix(2).compactMap { Int($0) } }
            .filter { $0.count == 2 }
        return numbers.contains { $0[1] > 12 } && !numbers.contains { $0[0] > 12 }
    }

    /// Whether the values are numbers with one of a few units: `535 с.`, `12 кг`.
    var areMeasures: Bool {
        var units: Set<String> = []
        let measures = usualShare { value in
            let unit = value.filter(\.isLetter).lowercased()
            guard value.contains(where: \.isNumber), unit.count <= 6 else { return false }
            units.insert(unit)
            return value.count(where: \.isWhitespace) < 3
        }
        return measures > 0.9 && units.count <= 8 && units != [""]
    }

    private var averageWords: Double {
        let sample = values.prefix(300)
        return Double(sample.reduce(0) { $0 + FoldedText($1).words.count })
            / Double(max(1, sample.count))
    }

    private var hasCyrillic: Bool {
        usualShare { $0.utf8.contains { $0 >= 0xD0 && $0 <= 0xD3 } } > 0.3
    }

    private static func number(_ text: String) -> Quantity? {
        // An address of a network has as many points as a number never has.
        guard text.count(where: { $0 == "." }) < 2 else { return nil }
        return Quantity(text.filter { !"$€₽ ".contains($0) })
    }

    private static func isTaxID(_ text: String) -> Bool {
        TaxIDReading(text)?.taxID != nil
    }

    private static func looksLikePhone(_ text: String) -> Bool {
        let first = text.prefix { $0 != ";" && $0 != "," }
        let digits = first.utf8.filter { $0 >= 48 && $0 <= 57 }
        guard (10...12).contains(digits.count), !isInsuranceNumber(first) else { return false }
        // Without any marks only eleven digits with the prefix of a call within Russia.
        return first.contains { "+()-".contains($0) }
            || (digits.count == 11 && (digits[0] == 55 || digits[0] == 56))
    }

    /// Whether a value is written as a СНИЛС: `112-233-445 95`.
    private static func isInsuranceNumber(_ text: Substring) -> Bool {
        let form = text.filter { !$0.isWhitespace || $0 == " " }.map { $0.isNumber ? "0" : $0 }
        return String(form) == "000-000-000 00" || String(form) == "000-000-000-00"
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

    /// Whether a value has digits and no word: `А 812 ТУ 16`, `HP-1320`, not `Кабель 3 м`.
    private static func looksLikeCode(_ text: String) -> Bool {
        guard text.contains(where: \.isNumber) else { return false }
        guard text.contains(where: \.isWhitespace) else { return true }
        var (letters, isLower) = (0, false)
        for letter in text {
            letters = letter.isLetter ? letters + 1 : 0
            isLower = isLower || letter.isLowercase
            if letters > 3 { return false }
        }
        return !isLower
    }
}
