internal import Collection

/// Splits JSON Lines into lines and reads each as an object, fed with chunks of any size.
struct JSONLinesParser {
    /// A line longer than this is not one of a record.
    static let longestLineByteCount = 16 << 20
    /// A line longer than this is not one of a journal.
    static let longestJournalLineByteCount = 8 << 20

    /// Lines of a journal that were left out because they are no JSON objects.
    private(set) var brokenLineCount = 0
    /// Lines of a journal that were left out because they are too long.
    private(set) var longLineCount = 0

    private let file: String
    private let isJournal: Bool
    private var rest: [UInt8] = []
    private var line = 0
    /// Within a line that is left out for its length.
    private var isSkipping = false

    init(file: String, isJournal: Bool) {
        self.file = file
        self.isJournal = isJournal
    }

    /// Takes the next bytes and hands each object that became complete to `body`.
    mutating func feed(
        _ chunk: ArraySlice<UInt8>, object body: (JSONValue, _ line: Int) throws -> Void
    ) throws {
        var start = chunk.startIndex
        while let end = chunk[start...].firstIndex(of: UInt8(ascii: "\n")) {
            if rest.isEmpty, !isSkipping {
                try take(chunk[start..<end], body)
            } else {
                rest.append(contentsOf: chunk[start..<end])
                try takeRest(body)
            }
            start = end + 1
        }
        if !isSkipping { rest.append(contentsOf: chunk[start...]) }
        guard rest.count > longest else { return }
        guard isJournal else {
            try checkNoArray(rest[...], line: line + 1)
            throw FileError(file: file, line: line + 1, message: "a line of over 16 MB")
        }
        isSkipping = true
        rest = []
    }

    /// Ends the text; a last line without a line end is handed over too.
    mutating func finish(object body: (JSONValue, _ line: Int) throws -> Void) throws {
        if !rest.isEmpty || isSkipping { try takeRest(body) }
    }

    private var longest: Int {
        isJournal ? Self.longestJournalLineByteCount : Self.longestLineByteCount
    }

    private mutating func takeRest(_ body: (JSONValue, _ line: Int) throws -> Void) throws {
        defer { (rest, isSkipping) = ([], false) }
        guard isSkipping else { return try take(rest[...], body) }
        line += 1
        longLineCount += 1
    }

    /// Tells whoever wrote all records as one array what is expected instead.
    private func checkNoArray(_ bytes: ArraySlice<UInt8>, line: Int) throws {
        guard bytes.first(where: { $0 > UInt8(ascii: " ") }) == UInt8(ascii: "[") else { return }
        throw FileError(
            file: file, line: line,
            message: "a JSON array begins here; expected is JSON Lines: each object on a line of "
                + "its own, without brackets around them and commas between them")
    }

    private mutating func take(
        _ bytes: ArraySlice<UInt8>, _ body: (JSONValue, _ line: Int) throws -> Void
    ) throws {
        line += 1
        guard bytes.contains(where: { $0 > UInt8(ascii: " ") }) else { return }
        guard !isJournal || bytes.count <= longest else {
            longLineCount += 1
            return
        }
        if !isJournal { try checkNoArray(bytes, line: line) }
        do {
            let document = try JSONDocument(parsing: Array(bytes))
            guard document.root.kind == .object else {
                throw FileError(file: file, line: line, message: "expected a JSON object")
            }
            try body(document.root, line)
        } catch let error as JSONError {
            guard !isJournal else { return brokenLineCount += 1 }
            throw FileError(file: file, line: line, message: "not valid JSON: \(error)")
        } catch let error as FileError {
            guard !isJournal else { return brokenLineCount += 1 }
            throw error
        }
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
