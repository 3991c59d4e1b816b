/// Lays a definition's sheets out: picks and sorts rows, repeats sheets, fills in words.
struct ReportLayout {
    let definition: ReportDefinition
    let words: Words
    /// Whether personal data are shortened, also in the names of sheets.
    var masks = false

    /// The sheets that a definition of one makes: none, one, or one for each value of a column.
    func sheets(_ sheet: SheetDefinition, _ data: ReportData) throws(ReportError) -> [ReportSheet] {
        if let condition = sheet.condition, data.isEmpty(condition) { return [] }
        guard let repetition = sheet.repetition else {
            return [try self.sheet(sheet, data, value: nil)]
        }
        let table = data.table(repetition.table)
        guard !table.rows.isEmpty else { return [] }
        let place = try column(repetition.column, of: table, named: repetition.table)
        var groups: [String: [[ReportValue]]] = [:]
        for row in table.rows { groups[row[place].key, default: []].append(row) }
        groups[""] = nil  // Of no one.
        // Those with most rows come first, and are the ones kept where there are too many.
        let keys = groups.keys.sorted {
            let (a, b) = (groups[$0]?.count ?? 0, groups[$1]?.count ?? 0)
            return a == b ? $0.utf8.lexicographicallyPrecedes($1.utf8) : a > b
        }.prefix(repetition.sheetCountMax)
        var sheets: [ReportSheet] = []
        for key in keys {
            let part = data.replacing(
                repetition.table, with: table.with(rows: groups[key] ?? []))
            let row = ReportRow(columns: table.columns, values: groups[key]?.first ?? [])
            let format = definition.table(repetition.table)?.columns[repetition.column]
            let name = ValueWriter(words: words, request: data.request, masks: masks)
                .name(key, format, row)
            sheets.append(try self.sheet(sheet, part, value: name))
        }
        return sheets
    }

    private func sheet(
        _ sheet: SheetDefinition, _ data: ReportData, value: String?
    ) throws(ReportError) -> ReportSheet {
        let filler = TextFiller(
            definition: definition, words: words, data: data, value: value, masks: masks)
        var parts: [ReportSheet.Part] = []
        for block in sheet.blocks {
            switch block {
            case .text(let text):
                guard text.isShown(data) else { continue }
                for line in try filler.lines(text) { parts.append(.text(line, text.look)) }
            case .figures(let figures):
                parts.append(.grid(try grid(figures, data, filler)))
            case .table(let table): parts.append(.grid(try grid(table, data, filler)))
            case .chart(let chart): parts.append(.chart(try self.chart(chart, data, filler)))
            }
        }
        return ReportSheet(
            name: try filler.text("sheets.\(sheet.title)"), parts: parts, widths: sheet.widths,
            printsOnOnePage: sheet.printsOnOnePage)
    }

    /// A text of the words with numbers put in.
    func filled(_ key: String, _ data: ReportData) throws(ReportError) -> String {
        try TextFiller(
            definition: definition, words: words, data: data, value: nil, masks: masks
        ).text(key)
    }

    private func grid(
        _ block: FiguresBlock, _ data: ReportData, _ filler: TextFiller
    ) throws(ReportError) -> Grid {
        var rows: [[Grid.Cell]] = []
        for figure in block.figures {
            let format = figure.format ?? self.format(of: figure.value)
            let now = try data.row(figure.value)
            let label = try filler.text("figures.\(figure.label)")
            var cells = [
                Grid.Cell(value: .text(label)),
                Grid.Cell(value: now?.value ?? .empty, format: format, row: now?.row),
            ]
            for comparison in block.comparisons {
                let then = try data.row(figure.value, comparison)
                let change = now.flatMap { now in then.flatMap { now.value.minus($0.value) } }
                cells += [
                    Grid.Cell(value: then?.value ?? .empty, format: format, row: then?.row),
                    Grid.Cell(
                        value: change ?? .empty, format: format, row: now?.row, isChange: true,
                        look: change.flatMap { figure.better.look(of: $0) }),
                ]
            }
            rows.append(cells)
        }
        let kind = data.request.period.kind
        let isOfTime = kind == .month || kind == .week || kind == .day
        let heading: (String, Double) -> Grid.Column = { key, width in
            Grid.Column(
                heading: words["comparison.\(key)"], width: width, isNumeric: key != "figure")
        }
        return Grid(
            title: try block.title.map { title throws(ReportError) in
                try filler.text("texts.\(title)")
            },
            columns: [heading("figure", 44), heading(isOfTime ? "now" : "value", 18)]
                + block.comparisons.flatMap {
                    [heading($0.rawValue, 16), heading("change", 14)]
                },
            content: .cells(rows), total: nil, hasFilter: false, empty: "", name: "figures")
    }

    private func grid(
        _ block: TableBlock, _ data: ReportData, _ filler: TextFiller
    ) throws(ReportError) -> Grid {
        let table = try TableSelection(block, definition.name).rows(of: data.table(block.table))
        let formats = definition.table(block.table)?.columns ?? [:]
        var columns: [Grid.Column] = []
        var sources: [Grid.Source] = []
        for column in block.columns {
            let format = column.format ?? formats[column.source]
            // A table without columns is one that was not made: no rows, and headings all the same.
            let index =
                table.columns.isEmpty
                ? 0 : try self.column(column.source, of: table, named: block.table)
            let sample =
                table.columns.isEmpty
                ? nil
                : table.rows.lazy.map { $0[index] }
                    .first { $0 != .empty }
            let kind = ValueWriter.kind(sample ?? .empty, format)
            columns.append(
                Grid.Column(
                    heading: try filler.text("columns.\(column.title ?? column.source)"),
                    width: column.width ?? kind.usualWidth, isNumeric: kind.isNumeric,
                    hasBars: column.hasBars, highlights: column.highlights,
                    looks: column.looks))
            sources.append(Grid.Source(index: index, format: format))
        }
        return Grid(
            title: try block.title.map { title throws(ReportError) in
                try filler.text("texts.\(title)")
            },
            columns: columns, content: .table(table, sources),
            total: total(block, table, sources), hasFilter: block.hasFilter,
            empty: try block.empty.map { key throws(ReportError) in
                try filler.text("texts.\(key)")
            } ?? words["nothing"], name: block.table)
    }

    private func total(
        _ block: TableBlock, _ table: ReportTable, _ sources: [Grid.Source]
    ) -> [Grid.Cell?]? {
        guard !block.totals.isEmpty, !table.rows.isEmpty else { return nil }
        var cells: [Grid.Cell?] = zip(block.columns, sources).map { column, source in
            guard block.totals.contains(column.source) else { return nil }
            return Grid.Cell(
                value: .sum(table.rows.map { $0[source.index] }), format: source.format,
                row: ReportRow(columns: table.columns, values: table.rows[0]))
        }
        if let first = cells.first, first == nil {
            cells[0] = Grid.Cell(value: .text(words["total"]))
        }
        return cells
    }

    private func chart(
        _ block: ChartBlock, _ data: ReportData, _ filler: TextFiller
    ) throws(ReportError) -> ChartData {
        let table = data.table(block.table)
        let formats = definition.table(block.table)?.columns ?? [:]
        func source(_ name: String) throws(ReportError) -> Grid.Source {
            guard !table.columns.isEmpty else { return Grid.Source(index: 0, format: nil) }
            return Grid.Source(
                index: try column(name, of: table, named: block.table), format: formats[name])
        }
        var values: [Grid.Source] = []
        for name in block.values { values.append(try source(name)) }
        return ChartData(
            kind: block.kind, title: try filler.text("charts.\(block.title)"),
            seriesNames: block.values.map { words["columns.\($0)"] }, table: table,
            names: try source(block.names), values: values, width: block.width,
            height: block.height)
    }

    private func format(of reference: CellReference) -> ColumnFormat? {
        guard reference.taking != .count else { return nil }
        return definition.table(reference.table)?.columns[reference.column]
    }

    private func column(
        _ name: String, of table: ReportTable, named: String
    ) throws(ReportError) -> Int {
        try table.place(of: name, in: named, report: definition.name)
    }
}

extension ReportTable {
    /// The place of a column that a definition names.
    func place(of name: String, in table: String, report: String) throws(ReportError) -> Int {
        guard let index = index(of: name) else {
            throw .dataFailed(
                report: report, table: table,
                message: "it has no column '\(name)'; it has: " + columns.joined(separator: ", "))
        }
        return index
    }
}

extension FiguresBlock.Direction {
    /// How a change looks.
    fileprivate func look(of change: ReportValue) -> Highlight.Look? {
        guard let number = change.number, number != 0, self != .neither else { return nil }
        return (number > 0) == (self == .up) ? .good : .error
    }
}
