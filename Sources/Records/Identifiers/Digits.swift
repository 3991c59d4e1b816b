/// The digits of an identifier, spaces left out.
struct Digits {
    private(set) var values: [Int] = []

    /// Takes the digits of a text; spaces, also non-breaking ones, are left out.
    init(_ text: String) throws(IdentifierDefect) {
        values.reserveCapacity(20)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "0"..."9": values.append(Int(scalar.value - 48))
            case " ", "\u{A0}", "\u{202F}", "\t", "\n", "\r": continue
            default: throw .notDigits
            }
        }
        guard !values.isEmpty else { throw .wrongLength }
    }

    var count: Int { values.count }
    subscript(index: Int) -> Int { values[index] }

    /// The digits as text.
    var text: String { String(decoding: values.map { UInt8($0) + 48 }, as: UTF8.self) }

    /// The first `count` digits as a number.
    func number(first count: Int) -> Int64 {
        values.prefix(count).reduce(0) { $0 * 10 + Int64($1) }
    }
}
