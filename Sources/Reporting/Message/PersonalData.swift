internal import Records

/// Shortens what a mail should not spread: names of persons, phones, addresses.
///
/// Mails are forwarded and lie in mailboxes for years; the workbook, which people work with, shows
/// the same values whole.
struct PersonalData {
    let isMasked: Bool
    /// Beginnings of names that are an organisation's, in upper case.
    let organizationForms: Set<String>

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

    /// A name, shortened to the surname and initials where it looks like a person's.
    ///
    /// An organisation is known by its legal form, quotation marks or digits; a name that shows
    /// none of them and consists of two to four capitalised words is held to be a person's.
    func name(_ name: String) -> String {
        guard isMasked else { return name }
        var words = name.split(whereSeparator: \.isWhitespace).map(String.init)
        guard let first = words.first else { return name }
        if organizationForms.contains(first.uppercased()) { return name }
        var form: [String] = []
        if first.uppercased() == "ИП" || first.uppercased() == "ГЛАВА" {
            form = [words.removeFirst()]
        } else if words.count > 2, first.lowercased() == "индивидуальный" {
            form = Array(words.prefix(2))
            words.removeFirst(2)
        } else if name.contains(where: { "«»\"“”„'".contains($0) || $0.isNumber }) {
            return name
        }
        let isPerson =
            (2...4).contains(words.count)
            && words.allSatisfy { $0.first.map { $0.isLetter && $0.isUppercase } ?? false }
        guard isPerson || (!form.isEmpty && words.count > 1), let surname = words.first else {
            return name
        }
        let initials = words.dropFirst().compactMap(\.first).map { "\($0)." }
        return (form + [surname] + initials).joined(separator: " ")
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
