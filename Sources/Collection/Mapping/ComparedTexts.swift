/// Texts that a payload's values are compared with, byte by byte.
struct ComparedTexts: Sendable {
    private let texts: [MemberName]
    /// Whether an empty text is among them.
    let holdsEmpty: Bool

    init(_ texts: [String]) {
        self.texts = texts.map(MemberName.init)
        holdsEmpty = texts.contains("")
    }

    /// Whether a value reads as one of them: texts without spaces around them, numbers as they are,
    /// `true`, `false`.
    ///
    /// - Returns: `nil` for what does not read as a text: nothing, lists, objects.
    func contains(_ value: JSONPlace) -> Bool? {
        switch value.kind {
        case .true: contains("true")
        case .false: contains("false")
        case .string, .number:
            value.withPlainContent { content in
                TextCleaning.isTrimmed(content) ? contains(content) : nil
            } ?? contains(TextCleaning.trimmed(value.scalarText ?? ""))
        default: nil
        }
    }

    /// Whether a text is one of them.
    func contains(_ text: String) -> Bool { texts.contains { $0.isSame(as: text) } }

    /// Whether bytes of a document, behind which eight more may be read, are those of one of them.
    @inline(__always)
    func contains(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        for text in texts where text.isSame(as: bytes) { return true }
        return false
    }
}
