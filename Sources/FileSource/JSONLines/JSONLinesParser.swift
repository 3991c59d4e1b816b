internal import Collection

/// Splits JSON Lines into lines and reads each as an object, fed with chunks of any size.
struct JSONLinesParser {
    /// A line longer than this is not one of a record.
    static let longestLineByteCount = 16 << 20

    private let file: String
    private var rest: [UInt8] = []
    private var line = 0

    init(file: String) { self.file = file }

    /// Takes the next bytes and hands each object that became complete to `body`.
    mutating func feed(
        _ chunk: ArraySlice<UInt8>, object body: (JSONValue, _ line: Int) throws -> Void
    ) throws {
        rest.append(contentsOf: chunk)
        var start = rest.startIndex
        while let end = rest[start...].firstIndex(of: UInt8(ascii: "\n")) {
            try take(rest[start..<end], body)
            start = end + 1
        }
        rest.removeSubrange(..<start)
        guard rest.count <= Self.longestLineByteCount else {
            throw FileError(file: file, line: line + 1, message: "a line of over 16 MB")
        }
    }

    /// Ends the text; a last line without a line end is handed over too.
    mutating func finish(object body: (JSONValue, _ line: Int) throws -> Void) throws {
        if !rest.isEmpty { try take(rest[...], body) }
        rest = []
    }

    private mutating func take(
        _ bytes: ArraySlice<UInt8>, _ body: (JSONValue, _ line: Int) throws -> Void
    ) throws {
        line += 1
        guard bytes.contains(where: { $0 > UInt8(ascii: " ") }) else { return }
        let document: JSONDocument
        do {
            document = try JSONDocument(parsing: Array(bytes))
        } catch {
            throw FileError(file: file, line: line, message: "not valid JSON: \(error)")
        }
        guard document.root.kind == .object else {
            throw FileError(file: file, line: line, message: "expected a JSON object")
        }
        try body(document.root, line)
    }
}

extension JSONValue {
    /// The texts of a cell: of a scalar one, of a list of scalars several, of anything else none.
    var cellTexts: [String] {
        switch kind {
        case .string, .number: scalarText.map { [$0] } ?? []
        case .true: ["true"]
        case .false: ["false"]
        case .array: elements.flatMap { $0.kind == .array ? [] : $0.cellTexts }
        case .null, .object: []
        }
    }
}
