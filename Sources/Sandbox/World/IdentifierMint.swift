/// Makes ИНН, КПП and ОГРН that are right, and turns them into wrong ones.
///
/// Source: order of the Federal Tax Service of 26.06.2025 № ЕД-7-14/559@ (check digits of ИНН);
/// order of the Ministry of Finance of 30.10.2017 № 165н (ОГРН).
enum IdentifierMint {
    /// ИНН of an organisation: region, seven digits that follow from the serial, check digit.
    ///
    /// Serials below nine million give different numbers.
    static func organization(region: Int, serial: Int) -> String {
        // Multiplying by a number prime to 10⁶ spreads neighbours over the registry's numbers.
        let spread = serial &* 611_953 % 1_000_000
        let office = serial / 1_000_000 % 90 + 1
        var digits = [region / 10, region % 10]
        digits += decimal(office % 10 * 1_000_000 + spread, count: 7)
        digits.append(checkDigit(digits, [2, 4, 10, 3, 5, 9, 4, 6, 8]))
        return text(digits)
    }

    /// ИНН of a person or sole proprietor.
    static func person(region: Int, serial: Int) -> String {
        let spread = serial &* 7_368_787 % 100_000_000
        var digits = [region / 10, region % 10] + decimal(spread, count: 8)
        digits.append(checkDigit(digits, [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]))
        digits.append(checkDigit(digits, [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]))
        return text(digits)
    }

    /// КПП: tax office, reason, serial number.
    static func kpp(region: Int, office: Int, reason: String = "01", serial: Int = 1) -> String {
        text(decimal(region, count: 2) + decimal(office, count: 2)) + reason
            + text(decimal(serial, count: 3))
    }

    /// ОГРН of an organisation: thirteen digits.
    static func ogrn(region: Int, year: Int, serial: Int) -> String {
        let body =
            "1" + text(decimal(year % 100, count: 2) + decimal(region, count: 2))
            + text(decimal(serial % 10_000_000, count: 7))
        return body + String((Int(body) ?? 0) % 11 % 10)
    }

    /// ОГРНИП of a sole proprietor: fifteen digits.
    static func ogrnip(region: Int, year: Int, serial: Int) -> String {
        let body =
            "3" + text(decimal(year % 100, count: 2) + decimal(region, count: 2))
            + text(decimal(serial % 1_000_000_000, count: 9))
        return body + String((Int(body) ?? 0) % 13 % 10)
    }

    /// The same ИНН with its last digit one higher: its check digit fails.
    static func withWrongCheckDigit(_ taxID: String) -> String {
        guard let last = taxID.last?.wholeNumberValue else { return taxID }
        return taxID.dropLast() + String((last + 1) % 10)
    }

    /// Another right ИНН, as near as a typing error: one digit differs, and the check digits.
    static func neighbour(of taxID: String) -> String {
        var digits = taxID.compactMap(\.wholeNumberValue)
        guard digits.count == 10 || digits.count == 12 else { return taxID }
        if digits.count == 10 {
            // The office's digit: no organisation of any world has the offices that come out.
            digits[2] = (digits[2] + 3) % 10
            digits[9] = checkDigit(digits, [2, 4, 10, 3, 5, 9, 4, 6, 8])
        } else {
            digits[6] = (digits[6] + 3) % 10
            digits[10] = checkDigit(digits, [7, 2, 4, 10, 3, 5, 9, 4, 6, 8])
            digits[11] = checkDigit(digits, [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8])
        }
        return text(digits)
    }

    private static func checkDigit(_ digits: [Int], _ weights: [Int]) -> Int {
        var sum = 0
        for (index, weight) in weights.enumerated() { sum += digits[index] * weight }
        return sum % 11 % 10
    }

    private static func decimal(_ number: Int, count: Int) -> [Int] {
        var rest = number
        var digits = [Int](repeating: 0, count: count)
        for index in digits.indices.reversed() {
            digits[index] = rest % 10
            rest /= 10
        }
        return digits
    }

    private static func text(_ digits: [Int]) -> String {
        String(decoding: digits.map { UInt8($0) + 48 }, as: UTF8.self)
    }
}
