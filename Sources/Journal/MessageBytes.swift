/// The bytes of a message and how far they have been read.
struct MessageBytes {
    let bytes: UnsafeBufferPointer<UInt8>
    let end: Int
    var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>, limit: Int) {
        self.bytes = bytes
        var end = min(bytes.count, limit)
        if end < bytes.count {
            while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        }
        self.end = end
    }

    /// The byte that is next.
    var peek: UInt8? { position < end ? bytes[position] : nil }

    mutating func take() -> UInt8 {
        position += 1
        return bytes[position - 1]
    }

    mutating func skip(_ count: Int) { position += count }

    func byte(_ offset: Int) -> UInt8 {
        position + offset < end ? bytes[position + offset] : 0
    }

    /// Letters and digits of ASCII, the underscore, and Cyrillic letters.
    @inline(__always)
    static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...90, 95, 97...122, 0xD0, 0xD1: true
        default: false
        }
    }

    /// The small letter of a capital one of ASCII.
    @inline(__always)
    static func lower(_ byte: UInt8) -> UInt8 { byte >= 65 && byte <= 90 ? byte + 32 : byte }

    /// Skips a space that does not break, U+00A0 or U+202F.
    mutating func skipWideSpace() -> Bool {
        if byte(0) == 0xC2, byte(1) == 0xA0 {
            position += 2
        } else if byte(0) == 0xE2, byte(1) == 0x80, byte(2) == 0xAF {
            position += 3
        } else {
            return false
        }
        return true
    }
}

extension MessageBytes {
    /// A word that is next.
    struct Word {
        var length = 0
        var digitCount = 0
        var letterCount = 0
        var isHexadecimal = true
        /// A Cyrillic word of a capital and small letters.
        var isCapitalized = false
        /// A Cyrillic capital letter alone with a dot.
        var isInitial = false
        var isScheme = false
    }

    /// Looks at the word that is next, without taking it.
    func word() -> Word {
        var word = Word()
        var upperCount = 0
        var isFirstUpper = false
        var cyrillicCount = 0
        var index = position
        while index < end, Self.isWordByte(bytes[index]) {
            let byte = bytes[index]
            switch byte {
            case 48...57: word.digitCount += 1
            case 0xD0, 0xD1:
                let next = index + 1 < end ? bytes[index + 1] : 0
                let isUpper = byte == 0xD0 && (next == 0x81 || (next >= 0x90 && next <= 0xAF))
                if isUpper { upperCount += 1 }
                if cyrillicCount == 0, word.letterCount == 0 { isFirstUpper = isUpper }
                cyrillicCount += 1
                word.letterCount += 1
                word.isHexadecimal = false
                index += 1
            default:
                let lower = byte | 0x20
                if !(lower >= 97 && lower <= 102) { word.isHexadecimal = false }
                word.letterCount += 1
            }
            index += 1
        }
        word.length = min(index, end) - position
        let isPlain = cyrillicCount == word.letterCount && word.digitCount == 0
        word.isCapitalized = isPlain && isFirstUpper && upperCount == 1 && cyrillicCount > 1
        word.isInitial =
            isPlain && isFirstUpper && cyrillicCount == 1 && byte(word.length) == 0x2E
        word.isScheme = cyrillicCount == 0 && byte(word.length) == 0x3A
        return word
    }

    /// The bytes of a word, as they are.
    func bytes(of word: Word) -> [UInt8] { Array(bytes[position..<position + word.length]) }

    /// Whether a word is the vendor's name: `1C` with a Latin or a Cyrillic letter.
    func isOneC(_ word: Word) -> Bool {
        guard byte(0) == 0x31 else { return false }
        return word.length == 2
            ? byte(1) | 0x20 == 0x63
            : word.length == 3
                && (byte(1) == 0xD0 && byte(2) == 0xA1 || byte(1) == 0xD1 && byte(2) == 0x81)
    }

    /// Writes a word in small letters, with е for ё.
    func lowercase(_ word: Word, into output: inout [UInt8]) {
        var index = position
        let wordEnd = position + word.length
        while index < wordEnd {
            let byte = bytes[index]
            if byte < 0x80 {
                output.append(Self.lower(byte))
                index += 1
                continue
            }
            guard index + 1 < wordEnd else {
                output.append(byte)
                break
            }
            let next = bytes[index + 1]
            switch (byte, next) {
            case (0xD0, 0x90...0x9F):
                output.append(0xD0)
                output.append(next + 0x20)
            case (0xD0, 0xA0...0xAF):
                output.append(0xD1)
                output.append(next - 0x20)
            case (0xD0, 0x81), (0xD1, 0x91):
                output.append(0xD0)
                output.append(0xB5)
            default:
                output.append(byte)
                output.append(next)
            }
            index += 2
        }
    }
}
