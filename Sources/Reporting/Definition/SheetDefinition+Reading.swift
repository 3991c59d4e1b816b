internal import Definitions

extension SheetDefinition {
    /// Reads a sheet.
    init(_ node: YAMLNode, _ known: KnownTables) throws(DefinitionError) {
        try node.allow(keys: ["title", "page", "widths", "foreach", "when", "blocks"])
        title = try node.required("title").text()
        let page = try node.optional("page")
        switch try page?.text() {
        case nil, "wide": printsOnOnePage = false
        case "one": printsOnOnePage = true
        case let other?:
            throw page?.error("'\(other)' is not one of: wide, one")
                ?? node.error("page is 'wide' or 'one'")
        }
        var widths: [Double] = []
        for item in try node.optional("widths")?.items() ?? [] {
            widths.append(try item.number())
        }
        self.widths = widths
        repetition = try node.optional("foreach").map { node throws(DefinitionError) in
            try node.allow(keys: ["table", "column", "limit"])
            return Repetition(
                table: try known.table(node.required("table")),
                column: try node.required("column").text(),
                sheetCountMax: try node.optional("limit")?.integer() ?? 50)
        }
        condition = try node.optional("when").map { node throws(DefinitionError) in
            try known.table(node)
        }
        var blocks: [Block] = []
        for item in try node.required("blocks").items() {
            blocks.append(try Block(item, known))
        }
        guard !blocks.isEmpty else { throw node.error("a sheet needs a block") }
        self.blocks = blocks
    }
}

extension Block {
    /// A chart and a table both name a table, so that the chart is looked for first.
    fileprivate init(_ node: YAMLNode, _ known: KnownTables) throws(DefinitionError) {
        if try node.optional("text") != nil {
            self = .text(try TextBlock(node, known))
        } else if try node.optional("figures") != nil {
            self = .figures(try FiguresBlock(node, known))
        } else if try node.optional("chart") != nil {
            self = .chart(try ChartBlock(node, known))
        } else if try node.optional("table") != nil {
            self = .table(try TableBlock(node, known))
        } else {
            throw node.error("a block is one of: text, figures, table, chart")
        }
    }
}

extension TextBlock {
    fileprivate init(_ node: YAMLNode, _ known: KnownTables) throws(DefinitionError) {
        try node.allow(keys: ["text", "separator", "look", "when", "unless"])
        let text = try node.required("text")
        var parts: [Part] = []
        for item in text.isList ? try text.items() : [text] {
            guard item.isMapping else {
                parts.append(Part(words: try item.text(), each: nil))
                continue
            }
            try item.allow(keys: ["each", "text"])
            parts.append(
                Part(
                    words: try item.required("text").text(),
                    each: try known.table(item.required("each"))))
        }
        self.parts = parts
        separator = try node.optional("separator")?.text() ?? " "
        look = try node.optional("look")?.choice(of: Look.self) ?? .plain
        condition = try node.optional("when").map { node throws(DefinitionError) in
            try known.table(node)
        }
        exclusion = try node.optional("unless").map { node throws(DefinitionError) in
            try known.table(node)
        }
    }
}

extension FiguresBlock {
    fileprivate init(_ node: YAMLNode, _ known: KnownTables) throws(DefinitionError) {
        try node.allow(keys: ["figures", "title", "compare"])
        title = try node.optional("title")?.text()
        comparisons = try ReportComparison.list(try node.optional("compare"))
        var figures: [Figure] = []
        for item in try node.required("figures").items() {
            try item.allow(keys: ["label", "value", "better"] + ColumnFormat.keys)
            let value = try known.reference(item.required("value"))
            for comparison in comparisons where !known.has(comparison, of: value.table) {
                throw item.error(
                    "'\(value.table)' is not made for '\(comparison.rawValue)'; add "
                        + "'also: [\(comparison.rawValue)]' to the table")
            }
            let isFormatted = try ColumnFormat.isGiven(in: item)
            figures.append(
                Figure(
                    label: try item.required("label").text(), value: value,
                    format: isFormatted
                        ? try ColumnFormat(fieldsOf: item, column: value.column) : nil,
                    better: try item.optional("better")?.choice(of: Direction.self) ?? .neither))
        }
        self.figures = figures
    }
}

extension TableBlock {
    fileprivate init(_ node: YAMLNode, _ known: KnownTables) throws(DefinitionError) {
        try node.allow(keys: [
            "table", "title", "columns", "sort", "where", "limit", "total", "filter", "empty",
        ])
        table = try known.table(node.required("table"))
        title = try node.optional("title")?.text()
        var columns: [Column] = []
        for item in try node.required("columns").items() { columns.append(try Column(item)) }
        guard !columns.isEmpty else { throw node.error("a table needs a column") }
        self.columns = columns
        var order: [Order] = []
        for text in try node.optional("sort")?.texts() ?? [] {
            order.append(
                text.hasPrefix("-")
                    ? Order(column: String(text.dropFirst()), isDescending: true)
                    : Order(column: text, isDescending: false))
        }
        self.order = order
        var conditions: [String: Set<String>] = [:]
        for (key, value) in try node.optional("where")?.pairs() ?? [] {
            conditions[key.value] = Set(try value.texts())
        }
        self.conditions = conditions
        rowCountMax = try node.optional("limit")?.integer()
        var totals: Set<String> = []
        if let node = try node.optional("total") {
            for item in node.isList ? try node.items() : [node] {
                let column = try item.text()
                guard columns.contains(where: { $0.source == column }) else {
                    throw item.error("'\(column)' is no column of this table")
                }
                totals.insert(column)
            }
        }
        self.totals = totals
        hasFilter = try node.optional("filter")?.boolean() ?? true
        empty = try node.optional("empty")?.text()
    }
}

extension TableBlock.Column {
    fileprivate init(_ node: YAMLNode) throws(DefinitionError) {
        guard node.isMapping else {
            self.init(
                source: try node.text(), title: nil, width: nil, format: nil, hasBars: false,
                highlights: [], looks: [:])
            return
        }
        try node.allow(
            keys: ["source", "title", "width", "bars", "highlight", "looks"] + ColumnFormat.keys)
        let isFormatted = try ColumnFormat.isGiven(in: node)
        var highlights: [Highlight] = []
        for item in try node.optional("highlight")?.items() ?? [] {
            highlights.append(try Highlight(item))
        }
        var looks: [String: Highlight.Look] = [:]
        for (key, value) in try node.optional("looks")?.pairs() ?? [] {
            looks[key.value] = try value.choice(of: Highlight.Look.self)
        }
        let source = try node.required("source").text()
        self.init(
            source: source,
            title: try node.optional("title")?.text(),
            width: try node.optional("width")?.number(),
            format: isFormatted ? try ColumnFormat(fieldsOf: node, column: source) : nil,
            hasBars: try node.optional("bars")?.boolean() ?? false, highlights: highlights,
            looks: looks)
    }
}

extension Highlight {
    fileprivate init(_ node: YAMLNode) throws(DefinitionError) {
        try node.allow(keys: ["when", "look"])
        let when = try node.required("when")
        let parts = try when.text().split(separator: " ")
        guard parts.count == 2, let comparison = Comparison(rawValue: String(parts[0])),
            let number = Double(parts[1])
        else { throw when.error("expected a comparison and a number, as in '>= 5'") }
        self.comparison = comparison
        self.number = number
        look = try node.required("look").choice(of: Look.self)
    }
}

extension ChartBlock {
    fileprivate init(_ node: YAMLNode, _ known: KnownTables) throws(DefinitionError) {
        try node.allow(keys: ["chart", "table", "title", "names", "values", "width", "height"])
        kind = try node.required("chart").choice(of: Kind.self)
        table = try known.table(node.required("table"))
        title = try node.required("title").text()
        names = try node.required("names").text()
        values = try node.required("values").texts()
        guard kind == .line || kind == .column || values.count == 1 else {
            throw node.error("a \(kind.rawValue) chart shows one column of values")
        }
        width = try node.optional("width")?.integer() ?? 960
        height = try node.optional("height")?.integer() ?? 300
    }
}
