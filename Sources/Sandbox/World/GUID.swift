/// A 1C reference: sixteen bytes, written in lower case with hyphens.
struct GUID: Hashable, Comparable, Sendable {
    /// The first eight bytes as written.
    let high: UInt64
    /// The last eight bytes as written.
    let low: UInt64

    /// The empty reference.
    static let zero = GUID(high: 0, low: 0)

    init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// A reference that follows from what it stands for, with the look of a time-based UUID, which
    /// is what a 1C server gives out.
    init(seed: UInt64, of thing: UInt64) {
        var random = RandomSource(seed: seed, stream: thing &+ 0x6775_6964)
        high = (random.next() & ~0xF000) | 0x1000
        low = (random.next() & ~(3 << 62)) | (1 << 63)
    }

    /// Reads the hyphenated form; `nil` when it is anything else.
    init?(_ text: some StringProtocol) {
        var words: (UInt64, UInt64) = (0, 0)
        var digits = 0
        for (position, byte) in text.utf8.enumerated() {
            if position == 8 || position == 13 || position == 18 || position == 23 {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            guard let digit = hexadecimalDigit(byte), digits < 32 else { return nil }
            if digits < 16 {
                words.0 = words.0 << 4 | UInt64(digit)
            } else {
                words.1 = words.1 << 4 | UInt64(digit)
            }
            digits += 1
        }
        guard digits == 32 else { return nil }
        self.init(high: words.0, low: words.1)
    }

    /// The 36 characters.
    var text: String {
        String(unsafeUninitializedCapacity: 36) { buffer in
            write { buffer[$0] = $1 }
            return 36
        }
    }

    /// Gives the 36 characters one by one, with their positions.
    @inline(__always)
    func write(_ put: (Int, UInt8) -> Void) {
        var position = 0
        for digit in 0..<32 {
            if digit == 8 || digit == 12 || digit == 16 || digit == 20 {
                put(position, UInt8(ascii: "-"))
                position += 1
            }
            let word = digit < 16 ? high : low
            let nibble = UInt8(truncatingIfNeeded: word >> UInt64(60 - 4 * (digit & 15)) & 15)
            put(position, nibble < 10 ? 48 + nibble : 87 + nibble)
            position += 1
        }
    }

    static func < (left: GUID, right: GUID) -> Bool {
        left.high != right.high ? left.high < right.high : left.low < right.low
    }
}

/// The value of a hexadecimal digit; `nil` for any other byte.
@inline(__always)
func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 48...57: byte - 48
    case 65...70: byte - 55
    case 97...102: byte - 87
    default: nil
    }
}
