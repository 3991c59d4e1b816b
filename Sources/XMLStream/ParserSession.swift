internal import CXML2

/// One parser of libxml2 and what its callbacks leave behind.
final class ParserSession {
    private let handler: any XMLHandler
    private let limits: XMLLimits
    private var parser: UnsafeMutablePointer<sverka_xml>?
    private var names = XMLNameTable()
    private var open: [XMLName] = []
    private var hasRoot = false
    /// Why parsing stopped; the first reason counts.
    private var failure: (any Error)?

    private static let prepared: Void = xmlInitParser()

    init(handler: any XMLHandler, limits: XMLLimits) {
        self.handler = handler
        self.limits = limits
        _ = Self.prepared
        let callbacks = sverka_xml_handler(
            start: { context, name, count, attributes in
                ParserSession.with(context) {
                    $0.start(name, attributeCount: Int(count), attributes)
                }
            },
            end: { ParserSession.with($0) { $0.end() } },
            text: { context, bytes, count in
                ParserSession.with(context) { $0.text(bytes, count: Int(count)) }
            },
            doctype: { ParserSession.with($0) { $0.stop(XMLError(.doctype)) } },
            failure: { context, code, line in
                ParserSession.with(context) { $0.fail(code: Int(code), line: Int(line)) }
            })
        // The parser lives no longer than the session, so it need not keep it.
        parser = sverka_xml_create(callbacks, Unmanaged.passUnretained(self).toOpaque())
        precondition(parser != nil, "out of memory")
    }

    deinit { parser.map(sverka_xml_free) }

    /// Parses a piece of text.
    func feed(_ text: [UInt8]) throws {
        if let failure { throw failure }
        text.withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) { bytes in
                _ = sverka_xml_feed(parser, bytes.baseAddress, Int32(bytes.count), 0)
            }
        }
        try complain()
    }

    /// Parses what is still held back and closes the document.
    func finish() throws {
        if let failure { throw failure }
        _ = sverka_xml_feed(parser, nil, 0, 1)
        if !open.isEmpty || !hasRoot {
            // What was cut off may look like anything at its end.
            if failure == nil { stop(XMLError(.truncated)) }
            if var error = failure as? XMLError, error.isExplainedByCut {
                error.problem = hasRoot ? .truncated : .empty
                throw error
            }
        }
        try complain()
    }

    private func complain() throws {
        if failure == nil, sverka_xml_is_broken(parser) != 0 {
            stop(XMLError(.notWellFormed(code: 0)))
        }
        if let failure { throw failure }
    }

    @inline(__always)
    private static func with(
        _ context: UnsafeMutableRawPointer?, _ body: (ParserSession) -> Void
    ) {
        guard let context else { preconditionFailure("the parser was made with a context") }
        // Without counting: whoever feeds the session holds it.
        Unmanaged<ParserSession>.fromOpaque(context)._withUnsafeGuaranteedRef(body)
    }

    private func start(
        _ address: UnsafePointer<UInt8>?, attributeCount: Int,
        _ attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
    ) {
        guard failure == nil, let address else { return }
        hasRoot = true
        let name = names.name(at: address)
        open.append(name)
        guard open.count <= limits.depth else {
            return stop(XMLError(.tooDeep(limit: limits.depth)))
        }
        do {
            try handler.startElement(name, attributes: gather(attributeCount, attributes))
        } catch {
            return stop(error)
        }
        if names.count > limits.names { stop(XMLError(.tooManyNames(limit: limits.names))) }
    }

    /// The attributes of a tag: libxml2 gives five pointers for each, the last two of which are
    /// the value and its end.
    private func gather(
        _ count: Int, _ attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
    ) -> XMLAttributes {
        guard count > 0, let attributes else { return .none }
        var found: [XMLName] = []
        var bytes: [UInt8] = []
        var ends: [Int] = []
        for position in 0..<count {
            guard let address = attributes[position * 5],
                let start = attributes[position * 5 + 3], let end = attributes[position * 5 + 4]
            else { continue }
            found.append(names.name(at: address))
            bytes.append(contentsOf: UnsafeBufferPointer(start: start, count: end - start))
            ends.append(bytes.count)
        }
        return XMLAttributes(names: found, bytes: bytes, ends: ends)
    }

    private func text(_ bytes: UnsafePointer<UInt8>?, count: Int) {
        guard failure == nil, let bytes else { return }
        do {
            try handler.text(Span(_unsafeStart: bytes, count: count))
        } catch {
            stop(error)
        }
    }

    private func end() {
        guard failure == nil, let name = open.popLast() else { return }
        do {
            try handler.endElement(name)
        } catch {
            stop(error)
        }
    }

    private func fail(code: Int, line: Int) {
        guard failure == nil else { return }
        stop(XMLError(XMLError.Problem(libxml2: code), line: line))
    }

    private func stop(_ reason: any Error) {
        guard failure == nil, let parser else { return }
        if var error = reason as? XMLError {
            error.line = error.line ?? sverka_xml_line(parser)
            error.byte = sverka_xml_byte(parser)
            failure = error
        } else {
            failure = reason
        }
        sverka_xml_stop(parser)
    }
}

extension XMLError {
    /// Whether the end of a document that was cut off looks like this.
    fileprivate var isExplainedByCut: Bool {
        switch problem {
        case .doctype, .tooDeep, .tooManyNames, .tooLong, .unknownEncoding: false
        default: true
        }
    }
}

extension XMLError.Problem {
    /// The problem for an error number of libxml2.
    fileprivate init(libxml2 code: Int) {
        switch xmlParserErrors(rawValue: UInt32(code)) {
        case XML_ERR_DOCUMENT_EMPTY: self = .empty
        case XML_ERR_DOCUMENT_END: self = .contentAfterRoot
        case XML_ERR_TAG_NAME_MISMATCH, XML_ERR_TAG_NOT_FINISHED: self = .tagMismatch
        case XML_ERR_INVALID_CHAR, XML_ERR_INVALID_CHARREF: self = .forbiddenCharacter
        case XML_ERR_INVALID_ENCODING: self = .wrongEncoding(.utf8)
        case XML_ERR_UNDECLARED_ENTITY, XML_ERR_ENTITY_NOT_FINISHED: self = .unknownEntity
        // A number of its own for limits, 114, came with libxml2 2.11.
        case XML_ERR_INTERNAL_ERROR, XML_ERR_NAME_TOO_LONG, xmlParserErrors(114): self = .tooLong
        default: self = .notWellFormed(code: code)
        }
    }
}
