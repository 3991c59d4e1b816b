internal import Spreadsheet

/// The numbers of a workbook's charts, on a sheet of their own at the end.
struct ChartNumbers {
    private let sheetName: String
    private let cells: CellWriter
    private var rows: [[Cell]] = []

    init(sheetName: String, cells: CellWriter) {
        self.sheetName = sheetName
        self.cells = cells
    }

    /// Takes a chart's numbers and says where it stands.
    mutating func place(_ chart: ChartData, atRow row: Int) -> SeriesChart {
        rows.append([.text(chart.title, style: .section)])
        let format = numberFormat(of: chart)
        let series =
            chart.kind == .waterfall
            ? waterfall(chart, format) : plain(chart)
        let last = rows.count - 1
        rows.append([])
        let isShort = chart.table.rows.count <= 12
        return SeriesChart(
            chart.kind.workbookKind, title: chart.title, sheetName: sheetName,
            rows: (last - chart.table.rows.count + 1)...last, nameColumn: 0, series: series,
            numberFormat: format,
            // A step that crosses zero is two pieces, and neither of their numbers is its own.
            hasLabels: chart.kind == .bar
                || isShort && (chart.kind == .waterfall ? series.count < 5 : chart.kind == .column),
            atRow: row, atColumn: 0, width: chart.width, height: chart.height)
    }

    /// Writes the sheet, if there is a chart.
    func write(to workbook: inout Workbook) throws {
        guard !rows.isEmpty else { return }
        let sheet = try workbook.addSheet(
            SheetLayout(
                name: sheetName,
                columns: [SheetLayout.Column(width: 30)]
                    + Array(repeating: SheetLayout.Column(width: 16), count: 6),
                isHidden: true, tabColor: 0xBF_BFBF))
        for row in rows { try workbook.append(row, to: sheet) }
    }

    private mutating func plain(_ chart: ChartData) -> [SeriesChart.Series] {
        rows.append(
            [.text("", style: .header)] + chart.seriesNames.map { .text($0, style: .header) })
        for row in chart.table.rows {
            let neighbours = ReportRow(columns: chart.table.columns, values: row)
            rows.append(
                [.text(name(row, chart))]
                    + chart.values.map { source in
                        cells.cell(
                            Grid.Cell(
                                value: row[source.index], format: source.format, row: neighbours))
                    })
        }
        return chart.seriesNames.enumerated().map { index, name in
            SeriesChart.Series(
                name: name, column: index + 1,
                color: Self.colors[index % Self.colors.count])
        }
    }

    private mutating func waterfall(
        _ chart: ChartData, _ format: String
    ) -> [SeriesChart.Series] {
        let source = chart.values[0]
        let waterfall = WaterfallSteps(chart.table.rows.map { $0[source.index] })
        let kind = ValueWriter.kind(chart.sample ?? .integer(0), source.format)
        let scale = waterfall.scale + (kind == .money ? 2 : kind == .duration ? 3 : 0)
        let crosses = waterfall.steps.contains { $0.below != 0 }
        let meanings: [WaterfallSteps.Meaning] = [.rise, .fall, .total]
        rows.append(Array(repeating: .text("", style: .header), count: crosses ? 8 : 5))
        for (row, step) in zip(chart.table.rows, waterfall.steps) {
            func cell(_ units: Int64) -> Cell {
                Cell(
                    .decimal(units: units, scale: scale),
                    style: .plain.with(\.numberFormat, format))
            }
            var line = [Cell.text(name(row, chart)), cell(step.base)]
            line += meanings.map { cell($0 == step.meaning ? step.above : 0) }
            if crosses { line += meanings.map { cell($0 == step.meaning ? step.below : 0) } }
            rows.append(line)
        }
        // Neither says good or bad: more findings are bad, more money is not.
        let colors: [RGBColor] = [0xE0_7B00, 0x2A_9D8F, 0x1F_3A5F]
        var series = [SeriesChart.Series(name: "", column: 1, color: nil, isInLegend: false)]
        for part in 0..<(crosses ? 6 : 3) {
            series.append(
                SeriesChart.Series(
                    name: "", column: 2 + part, color: colors[part % 3], isInLegend: false))
        }
        return series
    }

    private func name(_ row: [ReportValue], _ chart: ChartData) -> String {
        cells.values.text(
            row[chart.names.index], chart.names.format,
            ReportRow(columns: chart.table.columns, values: row))
    }

    private func numberFormat(of chart: ChartData) -> String {
        guard let source = chart.values.first, let value = chart.sample,
            let number = value.decimal
        else { return "#,##0" }
        let row = chart.table.rows.first.map {
            ReportRow(columns: chart.table.columns, values: $0)
        }
        return cells.number(number, Grid.Cell(value: value, format: source.format, row: row)).format
    }

    /// Colours that stay apart for readers who do not see red from green.
    static let colors: [RGBColor] = [
        0x1F_3A5F, 0xE0_7B00, 0x2A_9D8F, 0x8E_44AD, 0x7F_8C8D, 0xC0_392B,
    ]
}

extension ChartData {
    /// Whether there is nothing to see: no rows, or nothing but zeros.
    var isBlank: Bool {
        !table.rows.contains { row in values.contains { (row[$0.index].number ?? 0) != 0 } }
    }

    /// The first number that it shows.
    var sample: ReportValue? {
        guard let source = values.first else { return nil }
        return table.rows.lazy.map { $0[source.index] }.first { $0.decimal != nil }
    }
}

extension ChartBlock.Kind {
    fileprivate var workbookKind: SeriesChart.Kind {
        switch self {
        case .bar: .bars
        case .column: .columns
        case .line: .lines
        case .waterfall: .stackedColumns
        }
    }
}
