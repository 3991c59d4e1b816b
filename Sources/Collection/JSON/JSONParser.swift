/// One pass over a JSON text that fills the table of tokens.
struct JSONParser {
    /// What was read; whoever calls has to keep or to deallocate it.
    private(set) var tokens: JSONTokenTable
    private let bytes: UnsafeBufferPointer<UInt8>
    private let end: Int
    private let depthLimit: Int
    private var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>, depthLimit: Int) {
        self.bytes = bytes
        self.end = bytes.count
        self.depthLimit = depthLimit
        tokens = JSONTokenTable(capacity: bytes.count / 14 + 4)
    }

    mutating func parse() throws(JSONError) {
        if end >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { position = 3 }
        _ = try value(depth: 0)
        skipSpace()
        guard position == end else { throw JSONError(.trailingText, at: position) }
    }

    /// Reads a value and gives the flags that its container inherits.
    private mutating func value(depth: Int) throws(JSONError) -> JSONToken.Flags {
        skipSpace()
        guard position < end else { throw JSONError(.truncated, at: position) }
        switch bytes[position] {
        case UInt8(ascii: "\""):
            return try string()
        case UInt8(ascii: "{"):
            return try object(depth: depth + 1)
        case UInt8(ascii: "["):
            return try array(depth: depth + 1)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            try number()
        case UInt8(ascii: "t"):
            try literal("true", .true)
        case UInt8(ascii: "f"):
            try literal("false", .false)
        case UInt8(ascii: "n"):
            try literal("null", .null)
        default:
            throw JSONError(.unexpectedCharacter, at: position)
        }
        return []
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSONToken.Flags {
        let index = try open(.object, depth: depth)
        var flags: JSONToken.Flags = []
        var count: UInt32 = 0
        if try !closes(with: UInt8(ascii: "}")) {
            repeat {
                skipSpace()
                try expect(UInt8(ascii: "\""), consume: false)
                flags.formUnion(try string())
                skipSpace()
                try expect(UInt8(ascii: ":"), consume: true)
                flags.formUnion(try value(depth: depth))
                count += 1
            } while try continues(until: UInt8(ascii: "}"))
        }
        return close(index, count: count, flags: flags)
    }

    private mutating func array(depth: Int) throws(JSONError) -> JSONToken.Flags {
        let index = try open(.array, depth: depth)
        var flags: JSONToken.Flags = []
        var count: UInt32 = 0
        if try !closes(with: UInt8(ascii: "]")) {
            repeat {
                flags.formUnion(try value(depth: depth))
                count += 1
            } while try continues(until: UInt8(ascii: "]"))
        }
        return close(index, count: count, flags: flags)
    }

    private mutating func open(_ kind: JSONValue.Kind, depth: Int) throws(JSONError) -> Int {
        guard depth <= depthLimit else { throw JSONError(.tooDeep, at: position) }
        append(kind, from: position, to: position)
        position += 1
        return tokens.count - 1
    }

    private mutating func close(
        _ index: Int, count: UInt32, flags: JSONToken.Flags
    ) -> JSONToken.Flags {
        let inherited = flags.intersection(.inherited)
        let token = tokens.start + index
        token.pointee.end = UInt32(truncatingIfNeeded: position)
        token.pointee.next = UInt32(truncatingIfNeeded: tokens.count)
        token.pointee.count = count
        token.pointee.flags = inherited
        return inherited
    }

    /// Whether a container ends right after it began.
    private mutating func closes(with closing: UInt8) throws(JSONError) -> Bool {
        skipSpace()
        guard position < end else { throw JSONError(.truncated, at: position) }
        guard bytes[position] == closing else { return false }
        position += 1
        return true
    }

    /// Whether another element follows; otherwise the closing bracket is passed.
    private mutating func continues(until closing: UInt8) throws(JSONError) -> Bool {
        skipSpace()
        guard position < end else { throw JSONError(.truncated, at: position) }
        let byte = bytes[position]
        guard byte == UInt8(ascii: ",") || byte == closing else {
            throw JSONError(.unexpectedCharacter, at: position)
        }
        position += 1
        return byte == UInt8(ascii: ",")
    }

    private mutating func expect(_ byte: UInt8, consume: Bool) throws(JSONError) {
        guard position < end else { throw JSONError(.truncated, at: position) }
        guard bytes[position] == byte else { throw JSONError(.unexpectedCharacter, at: position) }
        if consume { position += 1 }
    }

    @inline(__always)
    private mutating func skipSpace() {
        while position < end {
            guard bytes[position] <= 0x20 else { return }
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    @inline(__always)
    private mutating func append(
        _ kind: JSONValue.Kind, from start: Int, to end: Int, flags: JSONToken.Flags = []
    ) {
        tokens.append(
            JSONToken(kind, from: start, to: end, next: tokens.count + 1, flags: flags))
    }

    private mutating func literal(
        _ text: StaticString, _ kind: JSONValue.Kind
    ) throws(JSONError) {
        let start = position
        for offset in 0..<text.utf8CodeUnitCount {
            guard position < end else { throw JSONError(.truncated, at: position) }
            guard bytes[position] == text.utf8Start[offset] else {
                throw JSONError(.unexpectedCharacter, at: position)
            }
            position += 1
        }
        append(kind, from: start, to: position)
    }

    private mutating func number() throws(JSONError) {
        let start = position
        if bytes[position] == UInt8(ascii: "-") { position += 1 }
        let firstDigit = position
        try digits()
        if bytes[firstDigit] == UInt8(ascii: "0"), position > firstDigit + 1 {
            throw JSONError(.badNumber, at: firstDigit)
        }
        if position < end, bytes[position] == UInt8(ascii: ".") {
            position += 1
            try digits()
        }
        if position < end, bytes[position] | 0x20 == UInt8(ascii: "e") {
            position += 1
            if position < end,
                bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-")
            {
                position += 1
            }
            try digits()
        }
        append(.number, from: start, to: position)
    }

    private mutating func digits() throws(JSONError) {
        let start = position
        while position < end, bytes[position] &- 0x30 < 10 { position += 1 }
        guard position > start else {
            throw JSONError(position < end ? .badNumber : .truncated, at: position)
        }
    }

    private mutating func string() throws(JSONError) -> JSONToken.Flags {
        let start = position + 1
        var at = start
        var flags: JSONToken.Flags = []
        while at < end {
            // Eight bytes at a time, as long as they are plain.
            if at + 8 <= end {
                at += PlainBytes.count(in: bytes, at: at)
            }
            guard at < end else { break }
            let byte = bytes[at]
            if byte >= 0x80 {
                // Letters of one alphabet follow each other.
                repeat {
                    let length = UTF8Sequence.length(in: bytes, at: at)
                    if length == 0 { flags.insert(.isBroken) }
                    at += max(1, length)
                } while at < end && bytes[at] >= 0x80
            } else if byte == UInt8(ascii: "\"") {
                append(.string, from: start, to: at, flags: flags)
                position = at + 1
                return flags
            } else if byte == UInt8(ascii: "\\") {
                position = at
                flags.formUnion(try escape())
                at = position
            } else {
                if byte < 0x20 { flags.insert(byte == 0 ? .hasNUL : .hasControl) }
                at += 1
            }
        }
        throw JSONError(.truncated, at: end)
    }

    /// Passes one escape and says what it does to its string.
    private mutating func escape() throws(JSONError) -> JSONToken.Flags {
        guard position + 1 < end else { throw JSONError(.truncated, at: end) }
        switch bytes[position + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
            UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 2
            return .escaped
        case UInt8(ascii: "u"):
            let unit = try hexadecimal(at: position + 2)
            position += 6
            guard unit & 0xF800 == 0xD800 else {
                return unit == 0 ? [.escaped, .hasNUL] : .escaped
            }
            // A high half must be followed by a low one; anything else is half a character.
            guard unit < 0xDC00, position + 1 < end, bytes[position] == UInt8(ascii: "\\"),
                bytes[position + 1] == UInt8(ascii: "u")
            else { return [.escaped, .isBroken] }
            guard try hexadecimal(at: position + 2) & 0xFC00 == 0xDC00 else {
                return [.escaped, .isBroken]
            }
            position += 6
            return .escaped
        default:
            throw JSONError(.badEscape, at: position)
        }
    }

    private func hexadecimal(at start: Int) throws(JSONError) -> UInt32 {
        guard start + 4 <= end else { throw JSONError(.truncated, at: end) }
        var unit: UInt32 = 0
        for offset in start..<start + 4 {
            guard let digit = HexadecimalDigit.value(bytes[offset]) else {
                throw JSONError(.badEscape, at: start - 2)
            }
            unit = unit << 4 | UInt32(digit)
        }
        return unit
    }
}

/// Bytes that stand for themselves in a JSON string: ASCII without quote, backslash and controls.
enum PlainBytes {
    /// How many of the eight bytes from a place are plain, up to the first that is not.
    @inline(__always)
    static func count(in bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> Int {
        let word = UInt64(
            littleEndian: UnsafeRawBufferPointer(bytes).loadUnaligned(
                fromByteOffset: position, as: UInt64.self))
        // A byte that is zero gives a borrow into its highest bit; those below the first are exact.
        let quote = word ^ 0x2222_2222_2222_2222
        let backslash = word ^ 0x5C5C_5C5C_5C5C_5C5C
        let ones: UInt64 = 0x0101_0101_0101_0101
        let special =
            (quote &- ones) & ~quote | (backslash &- ones) & ~backslash
            | (word &- 0x2020_2020_2020_2020) & ~word | word
        return (special & 0x8080_8080_8080_8080).trailingZeroBitCount / 8
    }
}

/// The digits 0–9, A–F and a–f.
enum HexadecimalDigit {
    @inline(__always)
    static func value(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

/// Checks of UTF-8 by the table 3-7 of the Unicode standard.
enum UTF8Sequence {
    /// The length of the sequence that begins at a byte of 0x80 or more.
    ///
    /// - Returns: 0 when there is no whole, shortest, valid sequence.
    @inline(__always)
    static func length(in bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> Int {
        let (first, end) = (bytes[position], bytes.count)
        if first >= 0xC2, first <= 0xDF {
            return position + 1 < end && bytes[position + 1] & 0xC0 == 0x80 ? 2 : 0
        }
        return longerLength(in: bytes, at: position, first: first)
    }

    private static func longerLength(
        in bytes: UnsafeBufferPointer<UInt8>, at position: Int, first: UInt8
    ) -> Int {
        let length = first & 0xF0 == 0xE0 ? 3 : first >= 0xF0 && first <= 0xF4 ? 4 : 0
        guard length > 0, position + length <= bytes.count else { return 0 }
        let second = bytes[position + 1]
        let range: ClosedRange<UInt8>
        switch first {
        case 0xE0: range = 0xA0...0xBF
        case 0xED: range = 0x80...0x9F
        case 0xF0: range = 0x90...0xBF
        case 0xF4: range = 0x80...0x8F
        default: range = 0x80...0xBF
        }
        guard range.contains(second), bytes[position + 2] & 0xC0 == 0x80 else { return 0 }
        guard length == 3 || bytes[position + 3] & 0xC0 == 0x80 else { return 0 }
        return length
    }
}
