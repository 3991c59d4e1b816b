extension MessageBytes {
    /// Something in quotes that is next.
    struct Quoted {
        /// Bytes from the opening to the closing quote, both included.
        let length: Int
        /// Bytes of the opening quote.
        let quoteLength: Int
        /// Whether it is a key or a code of a program, not a name.
        let isCode: Bool
    }

    /// How many bytes a quote that is next has; `nil` when there is none.
    func quoteLength() -> Int? {
        switch (byte(0), byte(1)) {
        case (0x22, _): 1
        case (0xC2, 0xAB), (0xC2, 0xBB): 2
        case (0xE2, 0x80) where byte(2) >= 0x98 && byte(2) <= 0x9F: 3
        default: nil
        }
    }

    /// Looks for a quoted text of at most 200 bytes that begins here.
    func quoted() -> Quoted? {
        let first = byte(0)
        if first == 0x22 || first == 0x27 {
            // An apostrophe inside a word opens nothing.
            if first == 0x27, position > 0, Self.isWordByte(bytes[position - 1]) { return nil }
            return quoted(opening: 1, nests: false) { byte($0) == first ? 1 : nil }
        }
        if first == 0xC2, byte(1) == 0xAB {
            return quoted(opening: 2, nests: true) {
                byte($0) == 0xC2 && byte($0 + 1) == 0xBB ? 2 : nil
            }
        }
        guard first == 0xE2, byte(1) == 0x80, byte(2) == 0x9C || byte(2) == 0x9E else { return nil }
        return quoted(opening: 3, nests: false) {
            byte($0) == 0xE2 && byte($0 + 1) == 0x80 && byte($0 + 2) >= 0x9C && byte($0 + 2) <= 0x9D
                ? 3 : nil
        }
    }

    private func quoted(opening: Int, nests: Bool, closes: (Int) -> Int?) -> Quoted? {
        var offset = opening
        var depth = 1
        var isASCII = true
        var hasUnderscore = false
        while offset < 200, position + offset < end {
            if let closing = closes(offset) {
                depth -= 1
                if depth == 0 {
                    let after = byte(offset + closing)
                    return Quoted(
                        length: offset + closing, quoteLength: opening,
                        isCode: isASCII && (hasUnderscore || after == 0x3A))
                }
            } else if nests, byte(offset) == 0xC2, byte(offset + 1) == 0xAB {
                depth += 1
            }
            let next = byte(offset)
            if next == 0x5F {
                hasUnderscore = true
            } else if !Self.isWordByte(next) || next >= 0x80 {
                isASCII = false
            }
            offset += 1
        }
        return nil
    }

    /// How many bytes of markup are next: `<br>`, `</b>`, `<!-- … -->`.
    func tagLength() -> Int? {
        let next = byte(1)
        guard next == 0x2F || next == 0x21 || (next | 0x20 >= 97 && next | 0x20 <= 122) else {
            return nil
        }
        for offset in 2..<300 where byte(offset) == 0x3E { return offset + 1 }
        return nil
    }

    /// How many bytes a web address has that begins with the word; `nil` when it is none.
    func webAddressLength(after word: Word) -> Int? {
        let start = word.length
        guard byte(start) == 0x3A, byte(start + 1) == 0x2F, byte(start + 2) == 0x2F else {
            return nil
        }
        var offset = start + 3
        while !Self.endsAddress(byte(offset)) { offset += 1 }
        return offset
    }

    /// Skips the rest of an address of mail.
    mutating func skipAddress() {
        while position < end, !Self.endsAddress(bytes[position]) { position += 1 }
    }

    private static func endsAddress(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, 0x22, 0x27, 0x29, 0x2C, 0x3B, 0x3C, 0x3E, 0x5D, 0x7D: true
        default: byte == 0xC2 || byte == 0xE2
        }
    }
}
