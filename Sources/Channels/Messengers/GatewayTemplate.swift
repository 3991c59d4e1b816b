/// A text of the configuration with places for values: `https://gate.example.ru/?to={to}`.
///
/// A place is a name in braces. Other braces stand for themselves, so that JSON can be written as it is.
public struct GatewayTemplate: Hashable, Sendable {
    /// How a value is written in its surroundings.
    public enum Escaping: Hashable, Sendable {
        /// For a query of an address, or a form.
        case percent
        /// For a text of JSON, within its quotation marks.
        case json
        /// For an element of XML.
        case xml
        /// As it is.
        case none
    }

    /// A name that no value has.
    public struct UnknownName: Error, Hashable, Sendable {
        /// The name.
        public var name: String
        /// The names that there are.
        public var known: [String]
    }

    private enum Piece: Hashable {
        case text(String)
        case value(String)
    }

    private let pieces: [Piece]

    /// The names that a template of a gateway may use.
    public static let names = ["id", "link", "severity", "text", "title", "to"]

    /// Takes a template apart.
    ///
    /// - Parameters:
    ///   - text: The template.
    ///   - names: The names that it may use.
    /// - Throws: ``UnknownName`` at the first name that no value has.
    public init(
        _ text: String, names: [String] = GatewayTemplate.names
    ) throws(UnknownName) {
        var pieces: [Piece] = []
        var rest = text[...]
        while let start = rest.firstIndex(of: "{") {
            let inner = rest[rest.index(after: start)...]
            let name = inner.prefix { $0.isASCII && ($0.isLowercase || $0 == "_") }
            guard !name.isEmpty, name.endIndex < inner.endIndex, inner[name.endIndex] == "}" else {
                pieces.append(.text(String(rest[...start])))
                rest = inner
                continue
            }
            guard names.contains(String(name)) else {
                throw UnknownName(name: String(name), known: names.sorted())
            }
            pieces.append(.text(String(rest[..<start])))
            pieces.append(.value(String(name)))
            rest = inner[inner.index(after: name.endIndex)...]
        }
        self.pieces = pieces + [.text(String(rest))]
    }

    /// Puts values in.
    ///
    /// - Parameters:
    ///   - values: Values by name; one that is missing is empty.
    ///   - escaping: How they are written.
    /// - Returns: The text.
    public func filled(_ values: [String: String], _ escaping: Escaping) -> String {
        pieces.map { piece in
            switch piece {
            case .text(let text): text
            case .value(let name): Self.value(values[name] ?? "", escaping)
            }
        }.joined()
    }

    /// One value as it is written in its surroundings.
    static func value(_ text: String, _ escaping: Escaping) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch escaping {
            case .none: result.unicodeScalars.append(scalar)
            case .percent:
                let isMark = "0123456789-._~".unicodeScalars.contains(scalar)
                if scalar.isASCII, isMark || scalar.properties.isAlphabetic {
                    result.unicodeScalars.append(scalar)
                } else {
                    for byte in String(scalar).utf8 { result += "%" + hexadecimal(byte) }
                }
            case .json:
                switch scalar {
                case "\"", "\\": result += "\\" + String(scalar)
                case "\n": result += "\\n"
                case _ where scalar.value < 0x20:
                    result += "\\u00" + hexadecimal(UInt8(scalar.value))
                default: result.unicodeScalars.append(scalar)
                }
            case .xml:
                switch scalar {
                case "&": result += "&amp;"
                case "<": result += "&lt;"
                case ">": result += "&gt;"
                case "\"": result += "&quot;"
                default: result.unicodeScalars.append(scalar)
                }
            }
        }
        return result
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return byte < 16 ? "0\(digits)" : digits
    }
}
