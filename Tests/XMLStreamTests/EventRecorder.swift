import XMLStream

/// Writes down what a parser hands on, one line for each element begun or ended and each text.
final class EventRecorder: XMLHandler {
    private(set) var events: [String] = []
    private(set) var largestPiece = 0
    private var pending = ""

    func startElement(_ name: XMLName, attributes: XMLAttributes) {
        endText()
        var line = "<" + name.text
        for position in 0..<attributes.count {
            let value = String(decoding: attributes.value(at: position), as: UTF8.self)
            line += " \(attributes.name(at: position).text)=\(value)"
        }
        events.append(line)
    }

    func text(_ piece: Span<UInt8>) {
        largestPiece = max(largestPiece, piece.count)
        var bytes: [UInt8] = []
        for index in piece.indices { bytes.append(piece[index]) }
        pending += String(decoding: bytes, as: UTF8.self)
    }

    func endElement(_ name: XMLName) {
        endText()
        events.append("/" + name.text)
    }

    private func endText() {
        if pending.contains(where: { !$0.isWhitespace }) { events.append(pending) }
        pending = ""
    }
}

/// Parses bytes in pieces of a size.
func parsed(
    _ bytes: [UInt8], pieces size: Int = 1 << 16, limits: XMLLimits = XMLLimits()
) throws -> (events: [String], parser: XMLStreamParser) {
    let recorder = EventRecorder()
    let parser = XMLStreamParser(handler: recorder, limits: limits)
    var start = 0
    while start < bytes.count {
        let end = min(start + size, bytes.count)
        try parser.feed(Array(bytes[start..<end]))
        start = end
    }
    try parser.finish()
    return (recorder.events, parser)
}

/// The problem for which a document is refused; `nil` when it is read.
func problem(
    _ text: String, limits: XMLLimits = XMLLimits()
) -> XMLError.Problem? {
    do {
        _ = try parsed(Array(text.utf8), limits: limits)
        return nil
    } catch {
        return (error as? XMLError)?.problem
    }
}
