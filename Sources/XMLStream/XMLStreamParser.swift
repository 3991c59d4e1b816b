/// Reads a document piece by piece in bounded memory and hands its elements and texts on.
///
/// The parser is libxml2's, fed with text that was decoded before (``XMLEncoding``). Document type
/// declarations are refused, and with them entities of the document's own and everything that
/// would be loaded from elsewhere.
public final class XMLStreamParser {
    private let session: ParserSession
    private var decoder = XMLDecoder()
    private var isFinished = false

    /// Begins a document.
    ///
    /// - Parameters:
    ///   - handler: Takes the elements and texts; it is kept as long as the parser.
    ///   - limits: What the document may not exceed.
    public init(handler: any XMLHandler, limits: XMLLimits = XMLLimits()) {
        session = ParserSession(handler: handler, limits: limits)
    }

    /// The encoding in which the document is read; `nil` while it is all ASCII.
    public var encoding: XMLEncoding? { decoder.encoding }

    /// Whether the declared encoding, UTF-8 where none is, was disproved and another is read.
    public var isEncodingRepaired: Bool { decoder.isRepaired }

    /// Takes the next bytes.
    ///
    /// - Throws: ``XMLError`` with the place at which the document cannot be read on, or what the
    ///   handler threw. Nothing may be fed after that.
    public func feed(_ bytes: [UInt8]) throws {
        guard !bytes.isEmpty else { return }
        let text = try decoder.decode(bytes, isLast: false)
        try placing(text) { if !text.isEmpty { try session.feed(text) } }
    }

    /// Ends the document.
    ///
    /// - Throws: ``XMLError`` when it was not whole, or what the handler threw.
    public func finish() throws {
        precondition(!isFinished, "a document ends once")
        isFinished = true
        let text = try decoder.decode([], isLast: true)
        try placing(text) {
            if !text.isEmpty { try session.feed(text) }
            try session.finish()
        }
    }

    /// Puts the place in the file into an error that has the place in the decoded text.
    private func placing(_ text: [UInt8], _ body: () throws -> Void) throws {
        do {
            try body()
        } catch var error as XMLError {
            error.byte =
                decoder.keepsBytes ? error.byte.map { $0 + decoder.markByteCount } : nil
            // libxml2 calls broken UTF-8 a forbidden character, too.
            if error.problem == .forbiddenCharacter, EncodingEvidence(text[...]).strayBytes > 0 {
                error.problem = .wrongEncoding(.utf8)
            }
            throw error
        }
    }
}
