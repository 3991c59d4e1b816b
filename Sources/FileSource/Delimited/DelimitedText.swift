internal import Foundation
internal import Records

/// A delimited file that is open, and what its header says.
final class DelimitedText: Sendable {
    private let file: OpenFile
    private let name: String
    private let entity: EntityDefinition
    private let format: DelimitedFormat
    private let rows: RowReader
    let roles: ColumnRoles
    /// Where the rows begin, and on which line.
    private let start: Int
    private let position: DelimitedParser.Position
    /// Hashed, all that says how the bytes of a row become a record.
    let shape: UInt64

    /// Reads the header.
    ///
    /// - Throws: ``FileError`` where there is none that can be read.
    init(
        _ file: OpenFile, name: String, entity: EntityDefinition, options: RecordFile.Options
    ) throws {
        (self.file, self.name, self.entity) = (file, name, entity)
        var window = SlidingFile(file, from: 0)
        try window.advance(to: 0)
        let format = try DelimitedFormat(
            window.bytes.prefix(DelimitedFormat.sampleByteCount), options: options, file: name)
        var headers: [String]?
        var end: Int?
        var parser = DelimitedParser(delimiter: format.delimiter, file: name)
        let beginning = parser.position
        while end == nil {
            parser.restart(at: beginning)
            end = try parser.row(of: window.bytes, at: format.start, isEnd: window.isAtEnd) { row in
                headers = (0..<row.count).map { format.encoding.decode(row[$0]).text }
            }
            if end == nil { try window.advance(to: 0) }
        }
        guard let headers, let end else {
            throw FileError(file: name, message: "the file is empty")
        }
        self.format = format
        (start, position) = (end, parser.position)
        roles = try ColumnRoles(
            headers: headers, entity: entity, idHeader: options.idHeader,
            fieldOfHeader: options.fieldOfHeader, encoding: format.encoding, file: name)
        rows = RowReader(roles: roles, entity: entity, options: options)
        let columns = roles.fieldOfColumn.map { $0 ?? -1 } + [roles.idColumn ?? -1]
        let text =
            "\(headers) \(columns) \(format.delimiter) \(format.encoding) "
            + options.timeZone.identifier
        shape = Array(text.utf8).withUnsafeBufferPointer(RowPrints.hash)
    }

    private var fields: [Int] { roles.usedFields }

    private func parser() -> DelimitedParser {
        var parser = DelimitedParser(delimiter: format.delimiter, file: name)
        parser.restart(at: position)
        return parser
    }

    private func take(_ row: DelimitedRow, into gathered: inout Gathered) {
        if row.count != roles.headers.count { gathered.raggedCount += 1 }
        if let table = gathered.table, let taken = rows.append(row, format.encoding, to: table) {
            return gathered.count(taken)
        }
        // Documents with lines are never read this way: see `RecordFile.open()`.
        gathered.take(
            rows.record(row: row, encoding: format.encoding, names: &gathered.rowNames))
    }

    /// Reads the row at a place, further bytes of the file where it needs them.
    ///
    /// - Parameters:
    ///   - window: The bytes of the file.
    ///   - place: Where the row begins; moved on to where the next one does.
    ///   - parser: Knows the line.
    ///   - gathered: Takes the row.
    /// - Returns: Whether the place is behind a row; not when further bytes were read, after which the row
    ///   begins elsewhere.
    /// - Throws: ``FileError``.
    private func takeRow(
        of window: inout SlidingFile, at place: inout Int, _ parser: inout DelimitedParser,
        into gathered: inout Gathered
    ) throws -> Bool {
        let before = parser.position
        let end = try parser.row(of: window.bytes, at: place, isEnd: window.isAtEnd) {
            take($0, into: &gathered)
        }
        if let end {
            place = end
            return true
        }
        // A row that is cut off is begun anew.
        parser.restart(at: before)
        try window.advance(to: place)
        place = 0
        return false
    }

    // MARK: All rows

    /// Reads all rows.
    ///
    /// - Parameters:
    ///   - gathered: Takes them as a table.
    ///   - progress: Called with the share of the file that is read, 0 to 1.
    /// - Returns: What tells next time which of them are the same; `nil` where a row is too long for that.
    /// - Throws: ``FileError`` with the line at which the file cannot be read on.
    func read(into gathered: inout Gathered, progress: (Double) -> Void) throws -> RowPrints? {
        gathered.begin(fields: fields, of: entity)
        var (prints, parser, place) = (RowPrintsBuilder(), parser(), 0)
        var window = SlidingFile(file, from: start)
        while true {
            if window.bytes.count - place < SlidingFile.leastAhead, !window.isAtEnd {
                try Task.checkCancellation()
                try window.advance(to: place)
                place = 0
                progress(Double(window.offset) / Double(max(1, file.size)))
            }
            guard place < window.bytes.count else { break }
            let (count, ragged, begin) = (gathered.recordCount, gathered.raggedCount, place)
            guard try takeRow(of: &window, at: &place, &parser, into: &gathered) else { continue }
            guard gathered.recordCount > count else { continue }
            prints.add(
                UnsafeBufferPointer(rebasing: window.bytes[begin..<place]),
                isRagged: gathered.raggedCount > ragged)
        }
        return prints.finish(shape: shape)
    }

    // MARK: What changed

    /// Reads the rows that are not the same bytes as they were.
    ///
    /// The row that followed then is looked for first; where another one stands, that is read, and by its
    /// id it is known what should follow.
    ///
    /// - Parameters:
    ///   - prints: The rows as they were.
    ///   - rowThen: The row then of a record, by its id.
    ///   - gathered: Takes the rows that are read, and the counts of all.
    ///   - progress: Called with the share of the file that is read, 0 to 1.
    /// - Returns: The records.
    /// - Throws: ``FileError``; its line is not to be believed.
    func changes(
        since prints: RowPrints, rowThen: (UnsafeBufferPointer<UInt8>) -> UInt32?,
        into gathered: inout Gathered, progress: (Double) -> Void
    ) throws -> ChangedTable? {
        gathered.begin(fields: fields, of: entity)
        guard let table = gathered.table else { return nil }
        var known = KnownRows(prints)
        var (parser, place, next, readCount) = (parser(), 0, 0, UInt32(0))
        var window = SlidingFile(file, from: start)
        while true {
            if window.bytes.count - place < SlidingFile.leastAhead, !window.isAtEnd {
                try Task.checkCancellation()
                try window.advance(to: place)
                place = 0
                progress(Double(window.offset) / Double(max(1, file.size)))
            }
            let bytes = window.bytes
            guard place < bytes.count else { break }
            if next < prints.count, let length = prints.length(of: next, in: bytes, at: place) {
                gathered.count(known.take(next, at: window.offset + place) ? .taken : .repeated)
                if prints.isRagged(next) { gathered.raggedCount += 1 }
                next += 1
                place += length
                continue
            }
            let (count, begin) = (gathered.recordCount, window.offset + place)
            guard try takeRow(of: &window, at: &place, &parser, into: &gathered) else { continue }
            guard gathered.recordCount > count else { continue }
            let then = rowThen(table.lastID)
            if !known.take(then.map(Int.init), read: readCount, at: begin) {
                gathered.takeBackAsRepeated()
            }
            readCount += 1
            if let then { next = Int(then) + 1 }
        }
        return ChangedTable(
            read: table.finish(), origins: known.origins,
            unread: Unread(text: self, prints: prints, rows: known))
    }

    /// The records of now and where they stand.
    private struct KnownRows: Sendable {
        var origins: [ChangedTable.Origin] = []
        /// Where in the file each begins.
        private(set) var starts: [Int] = []
        /// By row then: whether its record was found.
        private var isThere: [Bool]

        init(_ prints: RowPrints) {
            origins.reserveCapacity(prints.count)
            starts.reserveCapacity(prints.count)
            isThere = [Bool](repeating: false, count: prints.count)
        }

        /// Takes a record that is the same bytes as then; `false` where it was there before.
        mutating func take(_ then: Int, at start: Int) -> Bool {
            guard !isThere[then] else { return false }
            isThere[then] = true
            origins.append(.init(then: UInt32(then), read: ChangedTable.none))
            starts.append(start)
            return true
        }

        /// Takes a record that was read; `false` where it was there before.
        mutating func take(_ then: Int?, read: UInt32, at start: Int) -> Bool {
            if let then {
                guard !isThere[then] else { return false }
                isThere[then] = true
            }
            origins.append(
                .init(then: then.map(UInt32.init) ?? ChangedTable.none, read: read))
            starts.append(start)
            return true
        }
    }

    /// Rows that are read when they are asked for.
    private struct Unread: UnreadRows {
        let text: DelimitedText
        let prints: RowPrints
        let rows: KnownRows

        func records(_ wanted: [UInt32]) throws(SourceChanged) -> RecordTable {
            let (text, prints, origins, starts) = (text, prints, rows.origins, rows.starts)
            func length(_ row: UInt32) -> Int { prints.length(Int(origins[Int(row)].then)) }
            var gathered = Gathered(isTable: true)
            gathered.begin(fields: text.fields, of: text.entity)
            guard let table = gathered.table else { throw SourceChanged() }
            var parser = text.parser()
            let longest = wanted.reduce(0) { max($0, length($1)) }
            let memory = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(1, longest))
            defer { memory.deallocate() }
            for row in wanted {
                let own = UnsafeMutableBufferPointer(rebasing: memory[..<length(row)])
                let bytes = UnsafeBufferPointer(own)
                guard let count = try? text.file.read(from: starts[Int(row)], into: own),
                    count == own.count,
                    RowPrints.hash(bytes) == prints.hashes[Int(origins[Int(row)].then)],
                    (try? parser.row(
                        of: bytes, at: 0, isEnd: true, { text.take($0, into: &gathered) })) != nil
                else { throw SourceChanged() }
            }
            return table.finish()
        }
    }
}
