/// A decimal number as PostgreSQL's binary format has it: digits of base 10 000.
///
/// Source: PostgreSQL, `src/backend/utils/adt/numeric.c`, `numeric_recv`.
struct BinaryNumeric {
    /// Digits of base 10 000, the highest first, without zeros at either end.
    var digits: [Int16] = []
    /// The power of 10 000 of the first digit.
    var weight: Int16 = 0
    /// 0, or what stands for minus, NaN and the infinities.
    var sign: UInt16 = 0
    /// Decimal digits after the point.
    var scale: Int16 = 0

    private static let negative: UInt16 = 0x4000
    private static let notANumber: UInt16 = 0xC000
    private static let infinity: UInt16 = 0xD000
    private static let negativeInfinity: UInt16 = 0xF000

    init(digits: [Int16], weight: Int16, sign: UInt16, scale: Int16) {
        self.digits = digits
        self.weight = weight
        self.sign = sign
        self.scale = scale
    }

    /// Reads `[+-]digits[.digits]`, `NaN`, `Infinity`, `-Infinity`; `nil` for anything else.
    init?(_ text: String) {
        switch text {
        case "NaN": sign = Self.notANumber
        case "Infinity": sign = Self.infinity
        case "-Infinity": sign = Self.negativeInfinity
        default:
            var rest = Array(text.utf8)[...]
            if let first = rest.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
                sign = first == UInt8(ascii: "-") ? Self.negative : 0
                rest = rest.dropFirst()
            }
            let parts = rest.split(
                separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
            guard let whole = parts.first else { return nil }
            let fraction = parts.count > 1 ? parts[1] : []
            let decimals = whole + fraction
            guard !decimals.isEmpty, decimals.count < 16_000,
                decimals.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
            else { return nil }
            scale = Int16(fraction.count)
            fill(whole: whole, fraction: fraction)
        }
    }

    private mutating func fill(whole: ArraySlice<UInt8>, fraction: ArraySlice<UInt8>) {
        let zero = UInt8(ascii: "0")
        var padded = Array(repeating: zero, count: (4 - whole.count % 4) % 4) + whole
        weight = Int16(padded.count / 4 - 1)
        padded += fraction
        padded += Array(repeating: zero, count: (4 - padded.count % 4) % 4)
        for at in stride(from: 0, to: padded.count, by: 4) {
            digits.append(padded[at..<at + 4].reduce(0) { $0 * 10 + Int16($1 - zero) })
        }
        while digits.first == 0 {
            digits.removeFirst()
            weight -= 1
        }
        while digits.last == 0 { digits.removeLast() }
        if digits.isEmpty {
            weight = 0
            sign = 0
        }
    }

    /// The number as decimal text with exactly `scale` digits after the point.
    var text: String {
        switch sign {
        case Self.notANumber: return "NaN"
        case Self.infinity: return "Infinity"
        case Self.negativeInfinity: return "-Infinity"
        default: break
        }
        var text = sign == Self.negative ? "-" : ""
        if weight < 0 {
            text += "0"
        } else {
            for power in 0...Int(weight) {
                let group = String(digit(power))
                text += power == 0 ? group : String(repeating: "0", count: 4 - group.count) + group
            }
        }
        guard scale > 0 else { return text }
        var decimals = ""
        var power = Int(weight) + 1
        // Digits between the point and the first stored one are zero.
        if weight < -1 { decimals = String(repeating: "0000", count: -Int(weight) - 1) }
        if weight < 0 { power = 0 }
        while decimals.utf8.count < scale {
            let group = String(digit(power))
            decimals += String(repeating: "0", count: 4 - group.count) + group
            power += 1
        }
        return text + "." + decimals.prefix(Int(scale))
    }

    private func digit(_ index: Int) -> Int16 { index < digits.count ? digits[index] : 0 }
}
