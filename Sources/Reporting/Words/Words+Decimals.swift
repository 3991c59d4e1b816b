internal import Foundation

extension Words {
    /// A number with so many digits after the point: `0,95`, `−3,1`, and signed `+3,1`.
    ///
    /// What is no number, or too large for its digits, is written as the program writes it.
    func decimal(_ value: Double, digits: Int, isSigned: Bool = false) -> String {
        let power = (0..<digits).reduce(1) { power, _ in power * 10 }
        guard let units = Int(exactly: (value * Double(power)).rounded()) else { return "\(value)" }
        let (whole, rest) = units.magnitude.quotientAndRemainder(dividingBy: UInt(power))
        let sign = units < 0 ? "−" : isSigned && units > 0 ? "+" : ""
        guard digits > 0 else { return sign + number(Int(whole)) }
        let fraction = String(rest)
        return sign + number(Int(whole)) + self["formats.decimal_mark"]
            + String(repeating: "0", count: digits - fraction.count) + fraction
    }

    /// A share with its leading digits, however small: `0,0125`, `8,00·10⁻⁷`.
    func smallShare(_ share: Double) -> String {
        guard share > 0, share < 0.001 else { return decimal(share, digits: 4) }
        var exponent = Int(log10(share).rounded(.down))
        var mantissa = share / pow(10, Double(exponent))
        // 9.996 is written as 10.00.
        if mantissa >= 9.995 { (mantissa, exponent) = (1, exponent + 1) }
        let raised = String(-exponent).compactMap { digit in
            digit.wholeNumberValue.map { Array("⁰¹²³⁴⁵⁶⁷⁸⁹")[$0] }
        }
        return decimal(mantissa, digits: 2) + "·10⁻" + String(raised)
    }
}
