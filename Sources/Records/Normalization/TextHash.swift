/// A hash of bytes that is the same in every process and on every machine, eight bytes a step.
package enum TextHash {
    /// Hashes bytes.
    @inline(__always)
    package static func of(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        let raw = UnsafeRawBufferPointer(bytes)
        var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
        var index = 0
        while index + 8 <= raw.count {
            let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            hash = step(hash, UInt64(littleEndian: word))
            index += 8
        }
        if index < raw.count {
            var (rest, shift) = (UInt64(0), UInt64(0))
            while index < raw.count {
                rest |= UInt64(raw[index]) &<< shift
                shift &+= 8
                index += 1
            }
            hash = step(hash, rest)
        }
        // Texts that differ in zeros at their end differ in length.
        return mix(step(hash, UInt64(truncatingIfNeeded: raw.count)))
    }

    /// Takes one more word into a hash that is not mixed yet.
    @inline(__always)
    static func step(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let product = (hash ^ word) &* 0xD6E8_FEB8_6659_FD93
        return product ^ (product &>> 32)
    }

    @inline(__always)
    private static func mix(_ hash: UInt64) -> UInt64 {
        var mixed = hash
        mixed = (mixed ^ (mixed &>> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed &>> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed &>> 31)
    }
}
