/// A method's call: what it was given, and the ways to answer it.
struct PortalCall: Sendable {
    /// The method, in lower case.
    let name: String
    let parameters: Parameter
    let session: PortalSession
    let caller: PortalCaller
    let isInBatch: Bool
    /// Now, by the portal's clock, in seconds since 1970.
    let now: Double

    var options: PortalOptions { session.options }
    var world: World { session.world }

    /// A parameter, in either case.
    func parameter(_ name: String) -> Parameter? { parameters[anyCase: name] }

    // MARK: Lists

    /// Answers as a list method, with everything that may go wrong with one.
    ///
    /// The rows stand under a key of the result, or are the result itself when there is none. A
    /// method may put other parameters in the place of the caller's.
    func list<Table: PortalTable>(
        _ table: Table, key: String? = nil, parameters: Parameter? = nil
    ) throws(PortalError) -> MethodAnswer {
        if let view = view(table) { return try page(view, key, parameters ?? self.parameters) }
        return try page(table, key, parameters ?? self.parameters)
    }

    /// Every row that fits, for methods without pages.
    func all<Table: PortalTable>(
        _ table: Table, parameters: Parameter
    ) throws(PortalError) -> MethodAnswer {
        func answer(_ table: some PortalTable) throws(PortalError) -> MethodAnswer {
            let engine = try ListEngine(table, parameters, options)
            let page = engine.all()
            return MethodAnswer(result: engine.write(page.rows), rows: page.rows.count)
        }
        if let view = view(table) { return try answer(view) }
        return try answer(table)
    }

    /// Answers with one row.
    func get<Table: PortalTable>(
        _ table: Table, key: String? = nil, missing: PortalError
    ) throws(PortalError) -> MethodAnswer {
        guard let id = parameter("id")?.integer, id > 0 else { throw .noSuchID }
        func answer(_ table: some PortalTable) throws(PortalError) -> MethodAnswer {
            guard let row = table.row(withID: id) else { throw missing }
            var writer = ByteWriter(capacity: 2048, escapesSlashes: true)
            let style = PortalStyle(table.dialect, options)
            let columns = table.columns.indices.filter { !table.columns[$0].isHidden }
            if let key { writer.raw("{\"\(key)\":") }
            table.write(row, columns: Array(columns), style, to: &writer)
            if key != nil { writer.byte(UInt8(ascii: "}")) }
            return MethodAnswer(result: writer.bytes, rows: 1)
        }
        if let view = view(table) { return try answer(view) }
        return try answer(table)
    }

    /// The rows that the employee may read, with what changed; `nil` when all are as the world has
    /// them.
    func view<Table: PortalTable>(_ table: Table) -> RowView<Table>? {
        session.portal.views.view(
            table, world: world, changes: session.portal.changes, options: options)
    }

    private func page<Table: PortalTable>(
        _ table: Table, _ key: String?, _ parameters: Parameter
    ) throws(PortalError) -> MethodAnswer {
        let fault = session.portal.faults.list(name, isInBatch: isInBatch)
        if fault == .wrongEncoding { throw .wrongEncoding }
        let engine = try ListEngine(
            table, fault == .repeatedPage ? withoutFilter(parameters) : parameters, options)
        var page = engine.page()
        try checkBroken(table, page.rows)
        if fault == .staleTotal { page.total = page.total.map { $0 == 0 ? 0 : $0 + $0 / 9 + 3 } }
        var answer = MethodAnswer(
            result: engine.write(page.rows), total: page.total, next: page.next,
            rows: page.rows.count)
        if let key {
            answer.result = Array("{\"\(key)\":".utf8) + answer.result + [UInt8(ascii: "}")]
        }
        if let fault { change(table, page.rows, fault) }
        return answer
    }

    private func withoutFilter(_ parameters: Parameter) -> Parameter {
        .array(parameters.entries.filter { !["filter", "start"].contains($0.key.lowercased()) })
    }

    private func checkBroken(_ table: some PortalTable, _ rows: [Int]) throws(PortalError) {
        guard !options.brokenRows.isEmpty else { return }
        let broken = Set(options.brokenRows)
        for row in rows {
            guard let id = table.id(at: row), broken.contains("\(table.name):\(id)") else {
                continue
            }
            throw .wrongEncoding
        }
    }

    // MARK: What happens between two pages

    /// Lets somebody change a row after the page was given: now one of the page, now another.
    private func change(_ table: some PortalTable, _ page: [Int], _ fault: SandboxFault) {
        let changes = session.portal.changes
        guard [.rowCreated, .rowDeleted, .rowUpdated].contains(fault), table.count > 0 else {
            return
        }
        var random = RandomSource(seed: 0x6368_616E_6765, stream: UInt64(changes.count))
        let isOnPage = random.chance(0.5)
        let row = isOnPage ? page.first ?? 0 : random.below(table.count)
        guard let id = table.id(at: row) else { return }
        var change = PortalChange(kind: .deleted, table: table.name, id: id, copiedFrom: 0)
        if fault == .rowUpdated { change.kind = .updated }
        if fault == .rowCreated {
            guard let last = table.id(at: table.count - 1) else { return }
            // The last of some rows is not the last of all: their copies are numbered far beyond.
            let next = table.isWhole ? 0 : 2_000_000_000 + Int64(changes.count)
            change = PortalChange(
                kind: .created, table: table.name, id: max(last + 1, next), copiedFrom: id)
        }
        changes.note(change, now: UInt32(now))
    }
}
