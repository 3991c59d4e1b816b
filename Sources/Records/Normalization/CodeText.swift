/// An article, number or other code by what it says: letters and digits, whatever stands between them,
/// their case, and the alphabet of those that look alike: `SO-10240-80`, `so 10240 80`, `SО1024080`.
public struct CodeText: Hashable, Sendable {
    /// Lower-case letters and digits; letters that look alike in both alphabets are Latin.
    public let characters: String

    /// Reads a code.
    public init(_ text: String) {
        var text = text
        self = text.withUTF8(CodeText.init)
    }

    /// Reads a code of valid UTF-8.
    package init(_ text: UnsafeBufferPointer<UInt8>) {
        let letters = FoldedText(text).words.flatMap { $0.letters.map(LookAlikes.inCode) }
        characters = String(decoding: letters, as: UTF16.self)
    }
}
