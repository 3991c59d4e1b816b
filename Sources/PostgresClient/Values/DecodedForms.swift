/// `numeric`, exact, as decimal text.
struct NumericText: PostgresDecodable {
    let text: String

    static func accepts(typeIdentifier: UInt32) -> Bool {
        typeIdentifier == TypeIdentifier.numeric
            || TypeIdentifier.integers.contains(typeIdentifier)
    }

    static func decode(text: UnsafeBufferPointer<UInt8>) -> NumericText? {
        NumericText(text: String(decoding: text, as: UTF8.self))
    }
}

/// `timestamptz` in microseconds since 1970-01-01T00:00:00Z.
struct Microseconds: PostgresDecodable {
    let count: Int64

    static func accepts(typeIdentifier: UInt32) -> Bool {
        typeIdentifier == TypeIdentifier.timestamptz
    }

    static func decode(text: UnsafeBufferPointer<UInt8>) -> Microseconds? {
        DateText.microseconds(text).map(Microseconds.init)
    }
}

/// `jsonb` or `json` as text.
struct JSONText: PostgresDecodable {
    let text: String

    static func accepts(typeIdentifier: UInt32) -> Bool {
        typeIdentifier == TypeIdentifier.json || typeIdentifier == TypeIdentifier.jsonb
    }

    static func decode(text: UnsafeBufferPointer<UInt8>) -> JSONText? {
        JSONText(text: String(decoding: text, as: UTF8.self))
    }
}

/// `bytea` in its hexadecimal form.
struct ByteString: PostgresDecodable {
    let bytes: [UInt8]

    static func accepts(typeIdentifier: UInt32) -> Bool { typeIdentifier == TypeIdentifier.bytea }

    static func decode(text: UnsafeBufferPointer<UInt8>) -> ByteString? {
        guard text.count >= 2, text[0] == UInt8(ascii: "\\"), text[1] == UInt8(ascii: "x"),
            text.count.isMultiple(of: 2)
        else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 2 - 1)
        for at in stride(from: 2, to: text.count, by: 2) {
            guard let high = nibble(text[at]), let low = nibble(text[at + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        return ByteString(bytes: bytes)
    }

    private static func nibble(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}

/// An array of whole numbers; elements are `nil` for NULL.
///
/// Read in place: the counts of thousands of hours come in arrays.
struct WholeNumberArray: PostgresDecodable {
    let elements: [Int64?]

    static func accepts(typeIdentifier: UInt32) -> Bool {
        ArrayOf<Int64>.accepts(typeIdentifier: typeIdentifier)
    }

    static func decode(text: UnsafeBufferPointer<UInt8>) -> WholeNumberArray? {
        // Bounds other than 1 and NULL among the elements are rare, and read the long way.
        guard text.first == UInt8(ascii: "{"), text.last == UInt8(ascii: "}"), text.count > 2,
            !text.contains(UInt8(ascii: "N"))
        else { return ArrayOf<Int64>.decode(text: text).map { Self(elements: $0.elements) } }
        var elements: [Int64?] = []
        elements.reserveCapacity(text.count / 4)
        var start = 1
        for at in 1..<text.count
        where text[at] == UInt8(ascii: ",") || text[at] == UInt8(ascii: "}") {
            let digits = UnsafeBufferPointer(rebasing: text[start..<at])
            guard let number = WholeNumber.parse(digits) else { return nil }
            elements.append(number)
            start = at + 1
        }
        return WholeNumberArray(elements: elements)
    }
}

/// An array of whole numbers or of texts; elements are `nil` for NULL.
struct ArrayOf<Element: PostgresDecodable>: PostgresDecodable {
    let elements: [Element?]

    /// Only built-in scalar types are refused: the identifiers of other arrays are not fixed.
    static func accepts(typeIdentifier: UInt32) -> Bool {
        if Element.self == Int64.self {
            return [TypeIdentifier.int2Array, TypeIdentifier.int4Array, TypeIdentifier.int8Array]
                .contains(typeIdentifier)
        }
        return true
    }

    static func decode(text: UnsafeBufferPointer<UInt8>) -> ArrayOf? {
        guard let texts = ArrayLiteral.decode(text) else { return nil }
        var elements: [Element?] = []
        elements.reserveCapacity(texts.count)
        for text in texts {
            guard var text else {
                elements.append(nil)
                continue
            }
            guard let element = text.withUTF8({ Element.decode(text: $0) }) else { return nil }
            elements.append(element)
        }
        return ArrayOf(elements: elements)
    }
}
