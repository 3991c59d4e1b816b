/// Answers one request to the OData interface.
struct ODataAnswer {
    let request: SandboxRequest
    let catalogue: Catalogue
    let options: InfobaseOptions
    /// The time of the answer, as 1C writes it.
    let updated: String
    /// The fault that meets the reading of a set, if one does; counts the reading.
    let listFault: (String) -> SandboxFault?
    /// A virtual table that was worked out before, or a new one.
    let virtual:
        (_ name: String, _ make: () throws(ODataError) -> any ODataSet) throws(ODataError) ->
            any ODataSet
    /// Lets somebody work in a set, after this answer.
    let disturb: (String, InfobaseChange.Kind) -> Void

    private var root: String { "\(request.origin)/\(options.base)/odata/standard.odata" }

    /// The answer; `path` holds the decoded segments after `standard.odata`.
    func reply(_ path: [String]) throws(ODataError) -> SandboxReply {
        guard let first = path.first, !first.isEmpty else { return try serviceDocument() }
        if first == "$metadata", path.count == 1 {
            let metadata = Metadata(
                sets: catalogue.sets, paddedByteCount: options.metadataByteCount)
            return SandboxReply(
                contentType: "application/xml;charset=utf-8", body: metadata.document)
        }
        let name = String(first.prefix { $0 != "(" })
        guard let set = catalogue[name] else { throw .unknownSet(name) }
        if name != first { return try entity(set, path) }
        guard path.count > 1 else { return try list(set) }
        let isCounted = path.count == 3 && path[2] == "$count" && options.virtualCount == .own
        guard path.count == 2 || isCounted else { throw .unknownSegment(path[2]) }
        if path[1] == "$count" { return try count(set, try query()) }
        return try virtualTable(path[1], of: set, isCounted: isCounted)
    }

    private func query(_ parameters: [String] = []) throws(ODataError) -> ODataOptions {
        try ODataOptions(
            query: request.query, accept: request.accept, functionParameters: parameters,
            ignoresUnknown: options.ignoresUnknownParameters)
    }

    // MARK: Collections

    /// A page of a set, and what happens meanwhile.
    private func list(_ set: any ODataSet) throws(ODataError) -> SandboxReply {
        let query = try query()
        let fault = listFault(set.name)
        let reply = try collection(
            set, query, isRepeated: fault == .repeatedPage, isStale: fault == .staleTotal)
        switch fault {
        case .rowCreated: disturb(set.name, .created)
        case .rowDeleted: disturb(set.name, .deleted)
        case .rowUpdated: disturb(set.name, .updated)
        default: break
        }
        return reply
    }

    /// The rows that a request is about, those hidden by rights left out or refused.
    private func rows(
        of set: any ODataSet, _ query: ODataOptions, orderBy: String?
    ) throws(ODataError) -> [Int32] {
        let rows = try set.orders.rows(
            of: set, filter: query.filter, orderBy: orderBy, catalogue,
            isForgiving: options.wrongFieldFindsNothing)
        guard let every = options.restrictedEvery[set.name] else { return rows }
        let visible = rows.filter { !isHidden(Int($0), of: set, every) }
        guard query.isAllowedOnly || visible.count == rows.count else { throw .accessDenied }
        return visible
    }

    private func isHidden(_ row: Int, of set: any ODataSet, _ every: Int) -> Bool {
        guard case .guid(let guid) = set.value(0, at: row) else { return false }
        return RandomSource.mix(guid.high ^ guid.low) % UInt64(every) == 0
    }

    private func collection(
        _ set: any ODataSet, _ query: ODataOptions, isRepeated: Bool = false, isStale: Bool = false
    ) throws(ODataError) -> SandboxReply {
        let selection = try ODataSelection(
            query.select, expand: query.expand, of: set, catalogue)
        let rows = try rows(of: set, query, orderBy: query.orderBy)
        var page = rows[...]
        let isWhole = query.hasInlineCount && options.inlineCountIgnoresPaging
        if !isWhole {
            if !isRepeated { page = page.dropFirst(query.skip) }
            if let top = query.top { page = page.prefix(top) }
        }
        let count = query.hasInlineCount ? rows.count + (isStale ? 1 : 0) : nil
        if query.format.isJSON {
            let json = ODataJSON(set, selection, query.format, root: root, catalogue)
            return Self.json(json.collection(page, count: count))
        }
        let atom = ODataAtom(
            set: set, selection: selection, root: root, updated: updated, catalogue: catalogue)
        return SandboxReply(
            contentType: "application/atom+xml;type=feed;charset=utf-8",
            body: atom.collection(page, count: count))
    }

    private func count(
        _ set: any ODataSet, _ query: ODataOptions
    ) throws(ODataError) -> SandboxReply {
        let isEverything = query.filter == nil && options.restrictedEvery[set.name] == nil
        let count =
            isEverything ? set.count : try rows(of: set, query, orderBy: nil).count
        return SandboxReply(
            contentType: "text/plain;charset=utf-8",
            body: PlatformAnswer.mark + Array(String(count).utf8))
    }

    private func virtualTable(
        _ segment: String, of set: any ODataSet, isCounted: Bool
    ) throws(ODataError) -> SandboxReply {
        let name = segment.prefix { $0 != "(" }
        guard let table = set.virtualTables.first(where: { $0.name == name }) else {
            throw .unknownFunction
        }
        let query = try query(table.parameters.map(\.name))
        if query.hasInlineCount, options.virtualCount == .none {
            throw .unsupportedOption("$inlinecount")
        }
        var parts = query.functionArguments.map { (name: $0.name, literal: $0.value) }
        if name.endIndex < segment.endIndex {
            guard let key = EntityKey(segment[name.endIndex...]) else { throw .unreadable }
            parts += key.parts
        }
        let arguments = try VirtualArguments(parts, of: table, catalogue)
        let rows = try virtual("\(set.name)\u{0}\(name)\u{0}\(arguments.signature)") {
            () throws(ODataError) in try table.table(arguments)
        }
        return try isCounted ? count(rows, query) : collection(rows, query)
    }

    // MARK: Single entities

    private func entity(_ set: any ODataSet, _ path: [String]) throws(ODataError) -> SandboxReply {
        guard let key = EntityKey(path[0].dropFirst(set.name.count)) else { throw .unreadable }
        let query = try query()
        let row = try key.row(in: set)
        if let every = options.restrictedEvery[set.name], isHidden(row, of: set, every) {
            throw .accessDenied
        }
        guard path.count > 1 else { return try entity(set, row, query) }
        guard path.count == 2 else { throw .unknownSegment(path[2]) }
        // What a navigation link leads to, or the rows of a section.
        if let section = set.column(named: path[1]),
            let columns = set.properties[section].sectionColumns
        {
            let rows = ValueSet(
                "\(set.name)_\(path[1])", columns, key: [0, 1],
                set.rows(ofSection: section, at: row))
            return try collection(rows, query)
        }
        guard let column = set.column(named: "\(path[1])_Key"),
            set.properties[column].navigation != nil,
            let target = set.properties[column].target.flatMap({ catalogue[$0] })
        else { throw .unknownSegment(path[1]) }
        guard let key = set.value(column, at: row).target,
            let place = target.orders.row(of: key, in: target)
        else { throw .unknownKey }
        return try entity(target, place, query)
    }

    private func entity(
        _ set: any ODataSet, _ row: Int, _ query: ODataOptions
    ) throws(ODataError) -> SandboxReply {
        guard query.expand == nil else { throw .unsupportedOption("$expand") }
        let selection = try ODataSelection(query.select, of: set, catalogue)
        if query.format.isJSON {
            let json = ODataJSON(set, selection, query.format, root: root, catalogue)
            return Self.json(json.entity(row))
        }
        let atom = ODataAtom(
            set: set, selection: selection, root: root, updated: updated, catalogue: catalogue)
        return SandboxReply(
            contentType: "application/atom+xml;type=entry;charset=utf-8", body: atom.entity(row))
    }

    // MARK: The list of sets

    private func serviceDocument() throws(ODataError) -> SandboxReply {
        if catalogue.sets.isEmpty, options.isEmptyCompositionMissing {
            throw .unknownSet("standard.odata")
        }
        let format = ODataOptions.format(query: request.query, accept: request.accept)
        var writer = ByteWriter()
        if format?.isJSON == true {
            writer.raw("{\"odata.metadata\":\"\(root)/$metadata\",\"value\":[")
            for set in catalogue.sets {
                writer.raw("{\"name\":\"\(set.name)\",\"url\":\"\(set.name)\"},")
            }
            writer.dropLast(UInt8(ascii: ","))
            writer.raw("]}")
            return Self.json(writer.bytes)
        }
        writer.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n")
        writer.raw("<service xmlns=\"http://www.w3.org/2007/app\" ")
        writer.raw("xmlns:atom=\"http://www.w3.org/2005/Atom\" xml:base=\"\(root)\">\r\n")
        writer.raw("\t<workspace><atom:title>Default</atom:title>\r\n")
        for set in catalogue.sets {
            writer.raw("\t\t<collection href=\"\(set.name)\">")
            writer.raw("<atom:title>\(set.name)</atom:title></collection>\r\n")
        }
        writer.raw("\t</workspace>\r\n</service>")
        return SandboxReply(contentType: "application/xml;charset=utf-8", body: writer.bytes)
    }

    private static func json(_ body: [UInt8]) -> SandboxReply {
        SandboxReply(contentType: "application/json;charset=utf-8", body: body)
    }
}
