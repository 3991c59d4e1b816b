internal import Foundation
internal import Records

/// Shortens what a mail should not spread: names of persons, phones, addresses.
///
/// Mails are forwarded and lie in mailboxes for years; the workbook, which people work with, shows
/// the same values whole.
struct PersonalData {
    let isMasked: Bool

    /// A value as a mail shows it.
    func shown(_ value: String, of field: FieldDefinition?) -> String {
        guard isMasked, let field, field.isPersonal else { return value }
        switch field.type {
        case .organizationName, .personName: return name(value)
        case .phone:
            return value.split(separator: ";").map(phone).joined(separator: "; ")
        case .email:
            return value.split(separator: ";").map(email).joined(separator: "; ")
        default: return "•••"
        }
    }

    /// A value of a report's column as a mail shows it.
    func masked(_ value: String, as kind: ColumnFormat.Personal) -> String {
        guard isMasked else { return value }
        return switch kind {
        case .name: name(value)
        case .phone: value.split(separator: ";").map(phone).joined(separator: "; ")
        case .email: value.split(separator: ";").map(email).joined(separator: "; ")
        case .value: "•••"
        }
    }

    /// A name, shortened to the surname and initials where it is, or may be, a person's.
    ///
    /// A name without legal form, quotation marks and digits that consists of two to four
    /// capitalised words may be a person's of whom no list knows.
    func name(_ name: String) -> String {
        guard isMasked else { return name }
        let parsed = OrganizationName(name)
        let isSoleProprietor = parsed.legalForm == "ИП"
        if let person = parsed.person {
            let initials = [person.given, person.patronymic].compactMap { $0?.text.first }
            return Self.shortened(
                person.surname.text.capitalized, initials, isSoleProprietor: isSoleProprietor)
        }
        let words = name.split(whereSeparator: \.isWhitespace)
        guard parsed.legalForm == nil, !Self.startsWithAbbreviation(words),
            (2...4).contains(words.count),
            !name.contains(where: { "«»\"“”„'".contains($0) || $0.isNumber }),
            words.allSatisfy({ $0.first.map { $0.isLetter && $0.isUppercase } ?? false })
        else { return name }
        return Self.shortened(
            String(words[0]), words.dropFirst().compactMap(\.first), isSoleProprietor: false)
    }

    /// Whether a name begins as those of firms do: `ТД Планета`, `НПП Химия`.
    private static func startsWithAbbreviation(_ words: [Substring]) -> Bool {
        guard let first = words.first, words.count > 1 else { return false }
        return (2...4).contains(first.count) && first.allSatisfy(\.isUppercase)
            && words.dropFirst().contains { $0.contains(where: \.isLowercase) }
    }

    private static func shortened(
        _ surname: String, _ initials: [Character], isSoleProprietor: Bool
    ) -> String {
        let parts = isSoleProprietor ? ["ИП", surname] : [surname]
        return (parts + initials.map { "\($0.uppercased())." }).joined(separator: " ")
    }

    private func phone(_ phone: Substring) -> String {
        let digits = phone.filter(\.isNumber)
        return digits.count > 4 ? "••• " + digits.suffix(2) : "•••"
    }

    private func email(_ email: Substring) -> String {
        let parts = email.split(separator: "@")
        guard parts.count == 2, let first = parts[0].first(where: { !$0.isWhitespace }) else {
            return "•••"
        }
        return "\(first)•••@\(parts[1])"
    }
}
