internal import Records

extension Words {
    /// A value of a field as people write it: `931 177,25 ₽`, `12,5`, `23.11.2026`, `да`.
    ///
    /// A value that does not read as its type, or a field that is not known, stays as it is.
    ///
    /// - Parameters:
    ///   - value: The value as findings keep it.
    ///   - type: The field's type.
    /// - Returns: The text for a letter; nothing of the value is rounded.
    func shown(_ value: String, _ type: FieldType?) -> String {
        switch type {
        case .money:
            let parts = value.split(separator: " ")
            guard parts.count == 2, let amount = Quantity(String(parts[0])) else { return value }
            let currency = String(parts[1])
            return text(
                "formats.money",
                [
                    "amount": exact(amount, leastPlaces: 2),
                    "currency": known("currencies.\(currency)") ?? currency,
                ])
        case .quantity, .integer: return Quantity(value).map { exact($0) } ?? value
        case .date:
            guard value.utf8.count == 10, let day = CalendarDate(value) else { return value }
            return date(day)
        case .boolean:
            return value == "true" ? self["yes"] : value == "false" ? self["no"] : value
        default: return value
        }
    }

    /// A number with all its decimal places; where it has some, with so many at least.
    private func exact(_ quantity: Quantity, leastPlaces: Int = 1) -> String {
        let parts = quantity.description.drop { $0 == "-" }.split(separator: ".")
        let whole =
            (quantity.units < 0 ? "−" : "") + number(parts.first.flatMap { Int($0) } ?? 0)
        guard parts.count == 2 else { return whole }
        let padding = String(repeating: "0", count: max(0, leastPlaces - parts[1].count))
        return whole + self["formats.decimal_mark"] + parts[1] + padding
    }
}
