/// Tells the delimiter of a file by its first line.
enum DelimiterSniffer {
    /// The delimiters that are recognised, the likelier one first.
    static let candidates: [UInt8] = [",", ";", "\t", "|", "%", "#"].map { UInt8(ascii: $0) }

    /// The candidate that occurs most in the first line outside quotes; a comma when none does.
    static func delimiter(of sample: some Sequence<UInt8>) -> UInt8 {
        var counts = [Int](repeating: 0, count: candidates.count)
        var isQuoted = false
        for byte in sample {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
            if let index = candidates.firstIndex(of: byte) { counts[index] += 1 }
        }
        var best = 0
        for index in counts.indices where counts[index] > counts[best] { best = index }
        return candidates[best]
    }
}
