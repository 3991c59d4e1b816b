internal import Collection
internal import Records

/// One full reading of a list that a hand-written HTTP service (`hs/…`) gives as JSON.
struct ServiceReading {
    /// The number of rows that the service names, with the first part and with the last; `nil` when
    /// it names none.
    private(set) var announced: Int?
    private(set) var announcedAfter: Int?
    private(set) var pageCount = 0
    private(set) var rowCount = 0
    private let client: InfobaseClient
    let list: String
    private let paging: MappingPaging
    private var isFinished = false
    /// The last part's first row, as it came.
    private var lastFirstRow: String?
    /// What the next request adds: a number of a part or of rows, or what the last answer said.
    private var position: Position

    private enum Position: Hashable {
        case start
        case number(Int)
        case mark(String)
        case address(String)
    }

    init(client: InfobaseClient, mapping: EntityMapping) {
        self.client = client
        list = mapping.list
        paging = mapping.paging ?? MappingPaging()
        position = .start
    }

    /// The next rows; `nil` when the service has given all.
    mutating func next() async throws -> [JSONValue]? {
        guard !isFinished else { return nil }
        let (document, _) = try await client.service(path, query: query)
        pageCount += 1
        let rows = try rows(of: document)
        let total = try paging.total.map { try number(at: $0, in: document) }
        if pageCount == 1 { announced = total }
        announcedAfter = total
        rowCount += rows.count
        try requireProgress(rows)
        advance(past: rows.count, document)
        return rows
    }

    /// Makes sure that this is not the last part once more, which a service that does not know the
    /// mapping's parameter gives for ever.
    private mutating func requireProgress(_ rows: [JSONValue]) throws(CollectionError) {
        let first = rows.first?.jsonText
        defer { lastFirstRow = first }
        guard let first, first == lastFirstRow else { return }
        throw client.address.repeated(list)
    }

    /// What speaks against completeness when all was read.
    var doubts: [Certificate.Doubt] {
        guard let announced, let announcedAfter else {
            return [
                .partial(
                    detail:
                        "\(list) does not say how many rows it has, so that nothing but its own "
                        + "parts tells whether it was read whole.")
            ]
        }
        var doubts: [Certificate.Doubt] = []
        if announced != announcedAfter {
            doubts.append(.changedWhileReading(before: announced, after: announcedAfter))
        }
        if rowCount != announcedAfter {
            doubts.append(.countDiffers(announced: announcedAfter, delivered: rowCount))
        }
        return doubts
    }

    private var path: String {
        if case .address(let address) = position { address } else { list }
    }

    private var query: [(name: String, value: String)] {
        var query: [(name: String, value: String)] = []
        if case .address = position { return query }
        switch (paging.advance, position) {
        case (.page(let parameter, let first), .start): query.append((parameter, String(first)))
        case (.offset(let parameter), .start): query.append((parameter, "0"))
        case (.page(let parameter, _), .number(let number)),
            (.offset(let parameter), .number(let number)):
            query.append((parameter, String(number)))
        case (.next(_, let parameter?), .mark(let mark)): query.append((parameter, mark))
        default: break
        }
        if let parameter = paging.sizeParameter, let size = paging.size {
            query.append((parameter, String(size)))
        }
        return query
    }

    private mutating func advance(past rows: Int, _ document: JSONDocument) {
        let isShort = rows == 0 || paging.size.map { rows < $0 } ?? false
        switch paging.advance {
        case .none: isFinished = true
        case .page(_, let first):
            isFinished = isShort
            position = .number(first + pageCount)
        case .offset:
            isFinished = isShort
            position = .number(rowCount)
        case .next(let path, let parameter):
            let mark = path.values(in: document.root).first?.scalarText ?? ""
            // A service that names the same part again would never end.
            let next = parameter == nil ? Position.address(mark) : .mark(mark)
            isFinished = mark.isEmpty || next == position
            position = next
        }
    }

    private func rows(of document: JSONDocument) throws(CollectionError) -> [JSONValue] {
        let lists = paging.rows.map { $0.values(in: document.root) } ?? [document.root]
        guard let list = lists.first, list.kind == .array else {
            let place =
                paging.rows == nil ? "is no list itself" : "has no list where the mapping says"
            throw CollectionError(
                .malformed,
                "\(client.address.label) answered \(self.list) with JSON that \(place). Mend "
                    + "'paging' in the mapping, or ask who wrote the service.")
        }
        return Array(list.elements)
    }

    private func number(
        at path: MappingPath, in document: JSONDocument
    ) throws(CollectionError) -> Int {
        guard let text = path.values(in: document.root).first?.scalarText,
            let number = Int(text.filter { $0.isNumber || $0 == "-" }), number >= 0
        else {
            throw CollectionError(
                .malformed,
                "\(client.address.label) answered \(list) without the number of rows that the "
                    + "mapping says it gives. Mend 'paging' in the mapping.")
        }
        return number
    }
}

extension InfobaseAddress {
    /// A part of a service's list that was read before.
    func repeated(_ list: String) -> CollectionError {
        CollectionError(
            .malformed,
            "\(label) gave a part of \(list) that was read before: its paging does not work "
                + "as the mapping says. Reading was stopped; what an earlier run stored is untouched."
        )
    }
}

extension MappingPath {
    /// What stands at a place whose steps are all names.
    fileprivate func values(in root: JSONValue) -> [JSONValue] {
        var value = root
        for step in steps {
            guard case .member(let name) = step, let inner = value[name] else { return [] }
            value = inner
        }
        return [value]
    }
}
