/// UTF-16 in UTF-8, fed with pieces of any size.
struct UTF16Decoder {
    private let isBigEndian: Bool
    private var firstByte: UInt8?
    private var highSurrogate: UInt32?
    /// Bytes taken so far, the byte order mark included.
    private var offset: Int

    init(_ encoding: XMLEncoding, offset: Int) {
        isBigEndian = encoding == .utf16BigEndian
        self.offset = offset
    }

    /// Whether the bytes so far end within a character.
    var isWithinCharacter: Bool { firstByte != nil || highSurrogate != nil }

    mutating func append(
        _ bytes: ArraySlice<UInt8>, to text: inout [UInt8]
    ) throws(XMLError) {
        text.reserveCapacity(text.count + bytes.count)
        for byte in bytes {
            offset += 1
            guard let first = firstByte else {
                firstByte = byte
                continue
            }
            firstByte = nil
            let (high, low) = isBigEndian ? (first, byte) : (byte, first)
            try take(UInt32(high) << 8 | UInt32(low), &text)
        }
    }

    private mutating func take(_ unit: UInt32, _ text: inout [UInt8]) throws(XMLError) {
        var code = unit
        if let high = highSurrogate {
            guard unit & 0xFC00 == 0xDC00 else { throw broken }
            highSurrogate = nil
            code = 0x10000 + (high & 0x3FF) << 10 + unit & 0x3FF
        } else if unit & 0xFC00 == 0xD800 {
            highSurrogate = unit
            return
        }
        guard let scalar = Unicode.Scalar(code) else { throw broken }
        if code < 0x80 {
            text.append(UInt8(truncatingIfNeeded: code))
        } else {
            text.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
        }
    }

    private var broken: XMLError {
        XMLError(
            .wrongEncoding(isBigEndian ? .utf16BigEndian : .utf16LittleEndian), byte: offset - 2)
    }
}
