internal import Definitions

extension ReportDefinition {
    /// Reads a definition.
    ///
    /// - Parameters:
    ///   - report: The name of its folder in `reports`.
    ///   - resources: Where `reports` is.
    /// - Throws: ``ReportError`` with line and column.
    public init(report: String, resources: ReportResources) throws(ReportError) {
        let path = "reports/\(report)/report.yaml"
        let text = try resources.text(of: path)
        do {
            try self.init(YAMLNode(parsing: text, file: path), folder: report)
        } catch {
            throw ReportError(error)
        }
    }

    private init(_ root: YAMLNode, folder: String) throws(DefinitionError) {
        try root.allow(keys: [
            "report", "question", "period", "parameters", "data", "sheets", "control_totals",
            "mail",
        ])
        let named = try root.required("report")
        name = try named.text()
        guard name == folder else {
            throw named.error("the report is called '\(name)' and its folder '\(folder)'")
        }
        question = try Self.question(of: root)
        period = try root.required("period").choice(of: PeriodKind.self)
        var parameters: [String: String] = [:]
        for (key, value) in try root.optional("parameters")?.pairs() ?? [] {
            guard !Self.standardParameters.contains(key.value) else {
                throw key.node.error("'\(key.value)' is set by the program; choose another name")
            }
            parameters[key.value] = try value.text()
        }
        self.parameters = parameters

        var data: [DataTable] = []
        for (key, value) in try root.required("data").pairs() {
            data.append(try DataTable(key, value, known: data.map(\.name)))
        }
        self.data = data
        let known = KnownTables(data)
        var sheets: [SheetDefinition] = []
        for item in try root.required("sheets").items() {
            sheets.append(try SheetDefinition(item, known))
        }
        self.sheets = sheets

        var totals: [ControlTotalDefinition] = []
        for item in try root.optional("control_totals")?.items() ?? [] {
            totals.append(try ControlTotalDefinition(item, known))
        }
        controlTotals = totals
        mail = try root.optional("mail").map { node throws(DefinitionError) in
            try MailDefinition(node, known)
        }
    }

    /// The question that a definition says it answers; also of reports that the program draws.
    static func question(of root: YAMLNode) throws(DefinitionError) -> [String: String] {
        var question: [String: String] = [:]
        for (key, value) in try root.required("question").pairs() {
            question[key.value] = try value.text()
        }
        return question
    }

    /// What every query sees.
    static let standardParameters = [
        "period_start", "period_end", "made_at", "time_zone", "run_id", "language",
    ]
}

/// The tables that references may name.
struct KnownTables {
    private let tables: [String: DataTable]

    init(_ data: [DataTable]) {
        tables = Dictionary(data.map { ($0.name, $0) }) { first, _ in first }
    }

    /// The name of a table that a node gives.
    func table(_ node: YAMLNode) throws(DefinitionError) -> String {
        try check(try node.text(), at: node)
    }

    /// The names of tables that a node gives: one, or a list.
    func tables(_ node: YAMLNode?) throws(DefinitionError) -> [String] {
        guard let node else { return [] }
        guard node.isList else { return [try table(node)] }
        var tables: [String] = []
        for item in try node.items() { tables.append(try table(item)) }
        return tables
    }

    /// A reference that a node gives.
    func reference(_ node: YAMLNode) throws(DefinitionError) -> CellReference {
        let text = try node.text()
        guard let reference = CellReference(text) else {
            throw node.error(
                "'\(text)' is no number of a table; write table.column, sum(table.column), "
                    + "last(table.column), max(table.column) or count(table), each also with a "
                    + "condition as in table.column[key=value]")
        }
        _ = try check(reference.table, at: node)
        return reference
    }

    /// Whether a table is made for an earlier period.
    func has(_ comparison: ReportComparison, of table: String) -> Bool {
        tables[table]?.comparisons.contains(comparison) ?? false
    }

    private func check(_ name: String, at node: YAMLNode) throws(DefinitionError) -> String {
        guard tables[name] != nil else {
            throw node.error(
                "there is no table '\(name)' under 'data'; there are: "
                    + tables.keys.sorted().joined(separator: ", "))
        }
        return name
    }
}

extension DataTable {
    fileprivate init(
        _ key: YAMLNode.Key, _ node: YAMLNode, known: [String]
    ) throws(DefinitionError) {
        try node.allow(keys: ["query", "computed", "from", "also", "columns"])
        name = key.value
        guard !known.contains(name) else { throw key.node.error("'\(name)' is there twice") }
        guard CellReference("\(name).x") != nil else {
            throw key.node.error("a table's name has letters a to z, digits and underscores only")
        }
        if let query = try node.optional("query") {
            let text = try query.text()
            guard text.hasPrefix("reports/"), !text.hasSuffix(".sql"), !text.contains("..") else {
                throw query.error(
                    "expected a file of sql/queries/reports, as in 'query: reports/totals'")
            }
            origin = .query(text)
        } else if let computed = try node.optional("computed") {
            var tables: [String] = []
            for item in try node.optional("from")?.items() ?? [] {
                let table = try item.text()
                guard known.contains(table) else {
                    throw item.error("'\(table)' is no table above this one")
                }
                tables.append(table)
            }
            origin = .computed(try computed.text(), from: tables)
        } else {
            throw node.error("a table needs 'query' or 'computed'")
        }
        comparisons = try ReportComparison.list(try node.optional("also"))
        var columns: [String: ColumnFormat] = [:]
        for (key, value) in try node.optional("columns")?.pairs() ?? [] {
            columns[key.value] = try ColumnFormat(value, column: key.value)
        }
        self.columns = columns
    }
}

extension ReportComparison {
    /// A list of comparisons, or one alone.
    static func list(_ node: YAMLNode?) throws(DefinitionError) -> [ReportComparison] {
        guard let node else { return [] }
        guard node.isList else { return [try node.choice(of: ReportComparison.self)] }
        var list: [ReportComparison] = []
        for item in try node.items() { list.append(try item.choice(of: ReportComparison.self)) }
        return list
    }
}

extension ControlTotalDefinition {
    fileprivate init(_ node: YAMLNode, _ known: KnownTables) throws(DefinitionError) {
        try node.allow(keys: ["name", "equal", "otherwise"])
        name = try node.required("name").text()
        let pair = try node.required("equal")
        let items = try pair.items()
        guard items.count == 2 else { throw pair.error("'equal' takes two numbers") }
        expected = try known.reference(items[0])
        actual = try known.reference(items[1])
        consequence = try node.required("otherwise").choice(of: Consequence.self)
    }
}
