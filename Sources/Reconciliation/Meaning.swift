import Records

/// What a text says as a value of its type, whatever the way in which it is written.
enum Meaning {
    case exact(String)
    case code(CodeText)
    case words(FoldedText)
    case name(OrganizationName)
    case address(PostalAddress)
    case phones([PhoneNumber])
    case emails([EmailAddress])

    init(of text: String, type: FieldType) {
        switch type {
        case .taxID: self = .exact(Self.taxID(text))
        case .kpp: self = .exact(Self.withoutSpaces(text).uppercased())
        case .registrationNumber: self = .exact(Self.withoutSpaces(text))
        case .organizationName, .personName: self = .name(OrganizationName(text))
        case .address: self = .address(PostalAddress(text))
        case .phone:
            let numbers = Cell.phones(text)
            self = numbers.isEmpty ? .exact(Self.collapsed(text)) : .phones(numbers)
        case .email:
            let addresses = Cell.emails(text)
            self = addresses.isEmpty ? .exact(Self.collapsed(text)) : .emails(addresses)
        case .code:
            let code = CodeText(text)
            self = code.characters.isEmpty ? .exact(Self.collapsed(text)) : .code(code)
        case .text:
            let words = FoldedText(text)
            self = words.words.isEmpty ? .exact(Self.collapsed(text)) : .words(words)
        default: self = .exact(Self.collapsed(text))
        }
    }

    /// Whether two texts say the same.
    func isSame(as other: Meaning) -> Bool {
        switch (self, other) {
        case (.exact(let a), .exact(let b)): a == b && !a.isEmpty
        case (.code(let a), .code(let b)): a == b
        case (.words(let a), .words(let b)): a.words.map(\.letters) == b.words.map(\.letters)
        case (.name(let a), .name(let b)): a.isSameWriting(as: b)
        case (.address(let a), .address(let b)): a.isSameWriting(as: b)
        case (.phones(let a), .phones(let b)):
            a.contains { number in b.contains { Self.isSame(number, $0) } }
        case (.emails(let a), .emails(let b)): a.contains(where: b.contains)
        default: false
        }
    }

    /// Whether two numbers are the same, also when one is written without its area code.
    private static func isSame(_ first: PhoneNumber, _ second: PhoneNumber) -> Bool {
        if first == second { return true }
        let (short, long) =
            first.digits.utf8.count < second.digits.utf8.count
            ? (first.digits, second.digits) : (second.digits, first.digits)
        return (5...7).contains(short.utf8.count) && long.utf8.count == 10
            && long.hasSuffix(short)
    }

    /// The digits; a zero that a spreadsheet lost in front is put back if the check digits then hold.
    private static func taxID(_ text: String) -> String {
        let text = withoutSpaces(text)
        guard text.utf8.count == 9 || text.utf8.count == 11,
            let padded = try? TaxID(validating: "0" + text)
        else { return text }
        return padded.digits
    }

    private static func withoutSpaces(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: \.properties.isWhitespace) else { return text }
        return String(
            String.UnicodeScalarView(text.unicodeScalars.filter { !$0.properties.isWhitespace }))
    }

    private static func collapsed(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 <= 0x20 || $0 == 0xC2 }) else { return text }
        return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
