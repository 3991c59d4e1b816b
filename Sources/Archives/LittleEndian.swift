extension [UInt8] {
    /// The number in so many bytes at an offset, the lowest first; `nil` beyond the end.
    func number(at offset: Int, byteCount: Int) -> Int? {
        guard offset >= 0, byteCount <= count, offset <= count - byteCount else { return nil }
        var number: UInt64 = 0
        for position in (0..<byteCount).reversed() {
            number = number << 8 | UInt64(self[offset + position])
        }
        return Int(exactly: number)
    }
}
