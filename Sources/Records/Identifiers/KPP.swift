/// КПП, the code of the reason for tax registration: it tells branches of one taxpayer apart.
///
/// It has no check digit; a value of this type has the right form and is not all zeros.
public struct KPP: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The nine characters.
    public let characters: String

    /// Reads a code; spaces around and between the characters are ignored.
    ///
    /// - Parameter text: The code as written.
    /// - Throws: ``IdentifierDefect`` that says what is wrong with it.
    public init(validating text: String) throws(IdentifierDefect) {
        var characters: [UInt8] = []
        for scalar in text.unicodeScalars {
            switch scalar {
            case "0"..."9", "A"..."Z": characters.append(UInt8(scalar.value))
            case " ", "\u{A0}", "\u{202F}", "\t", "\n", "\r": continue
            default: throw .notDigits
            }
        }
        guard characters.count == 9 else { throw .wrongLength }
        for (index, character) in characters.enumerated() where index != 4 && index != 5 {
            guard character < UInt8(ascii: "A") else { throw .notDigits }
        }
        guard characters.contains(where: { $0 != UInt8(ascii: "0") }) else { throw .wrongPrefix }
        self.characters = String(decoding: characters, as: UTF8.self)
    }

    /// The characters.
    public var description: String { characters }

    /// Orders codes by their characters.
    public static func < (left: Self, right: Self) -> Bool { left.characters < right.characters }
}
