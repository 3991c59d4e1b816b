/// The shape of an error message: the message in lower case without what differs from case to case.
///
/// Numbers, dates, ids and codes of documents become `#`, addresses of mail `@`, web addresses
/// `url`, what stands in quotes `«…»`, names of persons `…`; markup falls away. So a thousand
/// messages about a thousand counterparties are one line of a report, and no personal data stands
/// in it.
///
///     Поле "ИНН" контрагента 00-00123 (Иванов И.И.) не заполнено
///     поле «…» контрагента # (…) не заполнено
///
/// A reader that is used again and again, so that reading allocates nothing.
struct ErrorShape: Sendable {
    /// Code, a zero byte, and the text: by these bytes a shape is known.
    private(set) var bytes: [UInt8] = []
    /// Whether something in quotes or a person's name was taken out.
    private(set) var hasNames = false

    private var textStart = 0
    private let kept: Set<[UInt8]>
    private let leavesNames: Bool
    private let leavesNumbers: Bool
    private var run = NameRun()

    /// Messages can be megabytes long, with a whole page of a proxy; their cause stands early.
    private static let readMax = 4_096
    private static let writtenMax = 240
    private static let keptLengthMax = 5

    /// Makes a reader.
    ///
    /// - Parameters:
    ///   - kept: Numbers that stay, since rules ask for them.
    ///   - leavesNames: Whether quoted texts and names stay.
    ///   - leavesNumbers: Whether numbers stay.
    init(keeping kept: Set<[UInt8]>, leavesNames: Bool = false, leavesNumbers: Bool = false) {
        self.kept = kept
        self.leavesNames = leavesNames
        self.leavesNumbers = leavesNumbers
        bytes.reserveCapacity(Self.readMax + 256)
    }

    /// The code in lower case.
    var code: ArraySlice<UInt8> { bytes[..<max(0, textStart - 1)] }

    /// The message's shape.
    var text: ArraySlice<UInt8> { bytes[textStart...] }

    /// The shape as it is stored: the text, or the code where there is none, of bounded length.
    var written: String {
        let whole = text.isEmpty ? code : text
        guard whole.count > Self.writtenMax else { return String(decoding: whole, as: UTF8.self) }
        var end = whole.startIndex + Self.writtenMax
        while end > whole.startIndex, whole[end] & 0xC0 == 0x80 { end -= 1 }
        return String(decoding: whole[..<end], as: UTF8.self) + "…"
    }

    /// Folds a text of a rule.
    mutating func folding(_ text: String) -> [UInt8] {
        var text = text
        text.withUTF8 { read($0, after: UnsafeBufferPointer(start: nil, count: 0)) }
        return Array(self.text)
    }

    /// Reads a message.
    ///
    /// - Parameters:
    ///   - message: Its UTF-8 bytes.
    ///   - code: The error's code.
    mutating func read(
        _ message: UnsafeBufferPointer<UInt8>, after code: UnsafeBufferPointer<UInt8>
    ) {
        bytes.removeAll(keepingCapacity: true)
        hasNames = false
        for byte in code.prefix(120) where byte > 0x20 {
            bytes.append(MessageBytes.lower(byte))
        }
        bytes.append(0)
        textStart = bytes.count
        run = NameRun()
        var source = MessageBytes(message, limit: Self.readMax)
        while let byte = source.peek {
            switch byte {
            case 0x22, 0x27, 0xC2, 0xE2: readSign(byte, from: &source)
            case 0x3C: readMarkup(from: &source)
            case 0x40: readMail(from: &source)
            case 0...0x20, 0x5C: readSpace(from: &source)
            default:
                if MessageBytes.isWordByte(byte) {
                    readWord(from: &source)
                } else {
                    bytes.append(source.take())
                }
            }
        }
        endRun()
        while bytes.count > textStart, bytes[bytes.count - 1] == 0x20 { bytes.removeLast() }
    }
}

extension ErrorShape {
    private mutating func readSpace(from source: inout MessageBytes) {
        _ = source.take()
        appendSpace()
    }

    private mutating func appendSpace() {
        if bytes.count > textStart, bytes[bytes.count - 1] != 0x20 { bytes.append(0x20) }
    }

    /// Quotes, spaces that do not break, and other signs that begin with the same byte.
    private mutating func readSign(_ byte: UInt8, from source: inout MessageBytes) {
        if source.skipWideSpace() {
            appendSpace()
        } else if let inside = source.quoted() {
            if leavesNames {
                // The quotes themselves differ between programs and say nothing.
                source.skip(inside.quoteLength)
            } else if inside.isCode {
                for _ in 0..<inside.length { bytes.append(MessageBytes.lower(source.take())) }
            } else {
                hasNames = true
                bytes.append(contentsOf: "«…»".utf8)
                source.skip(inside.length)
            }
        } else if leavesNames, let length = source.quoteLength() {
            source.skip(length)
        } else {
            bytes.append(source.take())
        }
    }

    private mutating func readMarkup(from source: inout MessageBytes) {
        if let length = source.tagLength() {
            source.skip(length)
            appendSpace()
        } else {
            bytes.append(source.take())
        }
    }

    /// What stands before and after the sign belongs to the address.
    private mutating func readMail(from source: inout MessageBytes) {
        while bytes.count > textStart, !Self.endsAddress(bytes[bytes.count - 1]) {
            bytes.removeLast()
        }
        run = NameRun()
        bytes.append(source.take())
        source.skipAddress()
    }

    private static func endsAddress(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte == 0x22 || byte == 0x28 || byte == 0x2C || byte == 0x3A || byte == 0x3C
            || byte == 0x3D || byte == 0x5B
    }

    private mutating func readWord(from source: inout MessageBytes) {
        let word = source.word()
        if word.isScheme, let length = source.webAddressLength(after: word) {
            bytes.append(contentsOf: "url".utf8)
            source.skip(length)
            return
        }
        if !leavesNumbers, isNumber(word, in: source) {
            endRun()
            appendNumber(word, of: source)
            source.skip(word.length)
            return
        }
        if word.isCapitalized || word.isInitial {
            if !run.goesOn(in: bytes) {
                endRun()
                run = NameRun(start: bytes.count)
            }
            source.lowercase(word, into: &bytes)
            run.take(isInitial: word.isInitial, end: bytes.count)
        } else {
            endRun()
            source.lowercase(word, into: &bytes)
        }
        source.skip(word.length)
    }

    private func isNumber(_ word: MessageBytes.Word, in source: MessageBytes) -> Bool {
        if word.digitCount > 0 {
            return !(word.length <= 3 && source.isOneC(word))
        }
        // Parts of a GUID that happen to have letters only.
        let isPart = [4, 8, 12].contains(word.length) && word.isHexadecimal
        return isPart && bytes.count >= textStart + 2 && bytes[bytes.count - 1] == 0x2D
            && bytes[bytes.count - 2] == 0x23
    }

    /// One sign for a number, whatever parts it has: `2024-01-15T10:30`, `1 234,56`, `192.168.1.1`.
    private mutating func appendNumber(_ word: MessageBytes.Word, of source: MessageBytes) {
        let last = bytes.count - 1
        let isJoined = last > textStart && bytes[last - 1] == 0x23 && Self.joins(bytes[last])
        let isNext = last >= textStart && bytes[last] == 0x23
        let mayStand = !isNext && (!isJoined || bytes[last] == 0x20)
        if mayStand, word.digitCount == word.length, word.length <= Self.keptLengthMax,
            kept.contains(source.bytes(of: word))
        {
            source.lowercase(word, into: &bytes)
        } else if isJoined {
            bytes.removeLast()
        } else if !isNext {
            bytes.append(0x23)
        }
    }

    private static func joins(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x20, 0x2B, 0x2C, 0x2D, 0x2E, 0x2F, 0x3A: true
        default: false
        }
    }

    private mutating func endRun() {
        defer { run = NameRun() }
        guard run.isName, !leavesNames else { return }
        hasNames = true
        bytes.replaceSubrange(run.start..<run.end, with: "…".utf8)
    }
}
