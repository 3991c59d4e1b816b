/// What can be read from a field that should hold an ИНН: the number as meant, repaired where the
/// repair proves itself by the check digits.
public struct TaxIDReading: Hashable, Sendable {
    /// The digits, repaired if possible; never empty.
    public let digits: String
    /// The number, when its check digits hold.
    public let taxID: TaxID?
    /// A КПП that stood in the same field: `7701…/7701…`.
    public let kpp: KPP?
    /// Whether the text had to be repaired: a label, letters for digits, a lost leading zero.
    public let isRepaired: Bool

    /// Reads the field.
    ///
    /// The result is `nil` when it holds no digits, or only zeros.
    ///
    /// - Parameter text: The text as written.
    public init?(_ text: String) {
        if let taxID = try? TaxID(validating: text) {
            self.init(digits: taxID.digits, taxID: taxID, kpp: nil, isRepaired: false)
            return
        }
        let groups = Self.digitGroups(text)
        guard let first = groups.first, first.contains(where: { $0 != "0" }) else { return nil }
        let kpp = groups.dropFirst().lazy.compactMap { try? KPP(validating: $0) }.first
        for candidate in [first, "0" + first] {
            if candidate != first, first.utf8.count != 9, first.utf8.count != 11 { continue }
            if let taxID = try? TaxID(validating: candidate) {
                self.init(digits: taxID.digits, taxID: taxID, kpp: kpp, isRepaired: true)
                return
            }
        }
        self.init(digits: first, taxID: nil, kpp: kpp, isRepaired: groups.count > 1)
    }

    private init(digits: String, taxID: TaxID?, kpp: KPP?, isRepaired: Bool) {
        self.digits = digits
        self.taxID = taxID
        self.kpp = kpp
        self.isRepaired = isRepaired
    }

    /// Groups of digits; О and З among digits are 0 and 3, spaces inside a group fall away.
    private static func digitGroups(_ text: String) -> [String] {
        var groups: [String] = []
        var group = ""
        func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar.value >= 48 && scalar.value <= 57 }
        let scalars = Array(text.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            switch scalar {
            case _ where isDigit(scalar): group.unicodeScalars.append(scalar)
            case "О", "о", "O", "o", "З", "з":
                // Only inside a number: the «о» of a word does not count.
                let before = index > 0 && (isDigit(scalars[index - 1]) || !group.isEmpty)
                let after = index + 1 < scalars.count && isDigit(scalars[index + 1])
                if before || after {
                    group.append("Зз".unicodeScalars.contains(scalar) ? "3" : "0")
                }
            case " ", "\u{A0}", "\u{202F}", "\t", "-", "'", "`":
                if group.utf8.count >= 10 {
                    groups.append(group)
                    group = ""
                }
            default:
                if !group.isEmpty { groups.append(group) }
                group = ""
            }
        }
        if !group.isEmpty { groups.append(group) }
        return groups
    }
}

extension KPP {
    /// Reads a КПП; what users type where there is none (`0`, `-`, `1`, zeros) is none.
    ///
    /// The result is `nil` when it is not a КПП.
    ///
    /// - Parameter text: The text as written; the Cyrillic look-alikes of letters are accepted.
    public init?(reading text: String) {
        if let kpp = try? KPP(validating: text) {
            self = kpp
            return
        }
        let latin = String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    switch scalar {
                    case "О", "о", "O", "o": "0"
                    case "З", "з": "3"
                    default: scalar
                    }
                }))
        guard let kpp = try? KPP(validating: latin) else { return nil }
        self = kpp
    }
}
