/// Turns the bytes of a document into UTF-8, fed with pieces of any size.
///
/// A byte order mark decides, then UTF-16's zeros, then the declaration unless the bytes disprove
/// it: exchanges recode files and forget the declaration, or write none. As long as there are only
/// ASCII characters nothing needs to be decided.
struct XMLDecoder {
    private enum State {
        /// Waits for the bytes of the prolog.
        case prolog
        /// Only ASCII so far; the declared encoding is known.
        case open(declared: XMLEncoding?)
        /// Waits for enough bytes to tell by; everything from the first beyond ASCII is pending.
        case undecided(declared: XMLEncoding?)
        case utf8
        case windows1251
        case utf16(UTF16Decoder)
    }

    /// The encoding in which the document is read, once it matters.
    private(set) var encoding: XMLEncoding?
    /// Whether the document declares, or leaves to be understood, another than it has.
    private(set) var isRepaired = false
    /// The bytes of the file before the first that is handed on.
    private(set) var markByteCount = 0
    /// Whether a byte of the result is a byte of the file.
    var keepsBytes: Bool { encoding == nil || encoding == .utf8 }

    private var state = State.prolog
    private var pending: [UInt8] = []

    /// Takes bytes and gives the text that became certain, in whole characters.
    mutating func decode(_ bytes: [UInt8], isLast: Bool) throws(XMLError) -> [UInt8] {
        var bytes = bytes
        if !pending.isEmpty {
            bytes = pending + bytes
            pending = []
        }
        if case .prolog = state {
            guard bytes.count >= XMLProlog.byteCount || isLast else {
                pending = bytes
                return []
            }
            try begin(bytes[...])
            bytes.removeFirst(markByteCount)
        }
        return try decodeBody(bytes, isLast: isLast)
    }

    private mutating func begin(_ bytes: ArraySlice<UInt8>) throws(XMLError) {
        let prolog = XMLProlog(bytes)
        let declared = try prolog.declaredEncoding()
        markByteCount = prolog.markByteCount
        guard let shown = prolog.shown else {
            state = .open(declared: declared)
            return
        }
        encoding = shown
        isRepaired = declared.map { $0 != shown } ?? false
        state =
            shown == .utf8 ? .utf8 : .utf16(UTF16Decoder(shown, offset: prolog.markByteCount))
    }

    private mutating func decodeBody(
        _ bytes: [UInt8], isLast: Bool
    ) throws(XMLError) -> [UInt8] {
        switch state {
        case .prolog: return bytes
        case .open(let declared):
            guard let first = bytes.firstIndex(where: { $0 >= 0x80 }) else { return bytes }
            state = .undecided(declared: declared)
            let rest = try decodeBody(Array(bytes[first...]), isLast: isLast)
            return first == 0 ? rest : Array(bytes[..<first]) + rest
        case .undecided(let declared):
            guard bytes.count >= EncodingEvidence.byteCount || isLast else {
                pending = bytes
                return []
            }
            decide(EncodingEvidence(bytes[...]).encoding(declared: declared), declared)
            return try decodeBody(bytes, isLast: isLast)
        case .utf8:
            let whole = isLast ? bytes.count : UTF8Length.wholeByteCount(bytes)
            guard whole < bytes.count else { return bytes }
            pending = Array(bytes[whole...])
            return Array(bytes[..<whole])
        case .windows1251:
            var text: [UInt8] = []
            Windows1251.append(bytes[...], to: &text)
            return text
        case .utf16(var decoder):
            var text: [UInt8] = []
            try decoder.append(bytes[...], to: &text)
            if isLast, decoder.isWithinCharacter { throw XMLError(.truncated) }
            state = .utf16(decoder)
            return text
        }
    }

    private mutating func decide(_ decided: XMLEncoding, _ declared: XMLEncoding?) {
        encoding = decided
        isRepaired = decided != declared ?? .utf8
        state = decided == .windows1251 ? .windows1251 : .utf8
    }
}
