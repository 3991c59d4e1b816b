internal import CXLSXWriter

/// The library's formats of one workbook, one for each style; it frees them with the workbook.
final class FormatCache {
    private let workbook: UnsafeMutablePointer<lxw_workbook>?
    private var known: [CellStyle: UnsafeMutablePointer<lxw_format>] = [:]
    private var rules: [CellStyle: UnsafeMutablePointer<lxw_format>] = [:]

    init(workbook: UnsafeMutablePointer<lxw_workbook>?) { self.workbook = workbook }

    subscript(style: CellStyle) -> UnsafeMutablePointer<lxw_format>? {
        if let format = known[style] { return format }
        guard let format = workbook_add_format(workbook) else { return nil }
        format.apply(style)
        known[style] = format
        return format
    }

    /// The format of a rule: its colours and weight, since a rule has no more.
    func rule(_ style: CellStyle) -> UnsafeMutablePointer<lxw_format>? {
        if let format = rules[style] { return format }
        guard let format = workbook_add_format(workbook) else { return nil }
        if let color = style.textColor { format_set_font_color(format, color.rawValue) }
        if let color = style.background { format_set_bg_color(format, color.rawValue) }
        if style.isBold { format_set_bold(format) }
        rules[style] = format
        return format
    }

    /// The format of emphasised parts of a text.
    private(set) lazy var emphasis: UnsafeMutablePointer<lxw_format>? = {
        let format = workbook_add_format(workbook)
        format_set_bold(format)
        format_set_font_size(format, CellStyle.plain.pointSize)
        format_set_font_color(format, TextRun.emphasisColor.rawValue)
        return format
    }()
}

extension UnsafeMutablePointer<lxw_format> {
    /// Makes a fresh format look like a style.
    func apply(_ style: CellStyle) {
        if style.isBold { format_set_bold(self) }
        if style.isItalic { format_set_italic(self) }
        format_set_font_size(self, style.pointSize)
        if let color = style.textColor { format_set_font_color(self, color.rawValue) }
        if let color = style.background {
            format_set_pattern(self, UInt8(LXW_PATTERN_SOLID.rawValue))
            format_set_bg_color(self, color.rawValue)
            // A fill hides the grid; thin lines of its colour's neighbour bring it back.
            format_set_border(self, UInt8(LXW_BORDER_THIN.rawValue))
            format_set_border_color(self, 0xD0_D5DD)
        }
        if style.hasBorder {
            format_set_border(self, UInt8(LXW_BORDER_THIN.rawValue))
            format_set_border_color(self, 0xD0_D5DD)
        }
        if style.isWrapped { format_set_text_wrap(self) }
        if style.isUnderlined { format_set_underline(self, UInt8(LXW_UNDERLINE_SINGLE.rawValue)) }
        if let numberFormat = style.numberFormat { format_set_num_format(self, numberFormat) }
        format_set_align(self, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
        switch style.alignment {
        case .byType: break
        case .left: format_set_align(self, UInt8(LXW_ALIGN_LEFT.rawValue))
        case .center: format_set_align(self, UInt8(LXW_ALIGN_CENTER.rawValue))
        case .right: format_set_align(self, UInt8(LXW_ALIGN_RIGHT.rawValue))
        }
        if style.isIndented { format_set_indent(self, 1) }
    }
}

extension lxw_chart {
    /// Draws bars of a sheet's cells, the first row on top as in the table.
    func draw(_ bars: BarChart, sheetName: String, chart: UnsafeMutablePointer<lxw_chart>) {
        let series = chart_add_series(chart, nil, nil)
        let (first, last) = (lxw_row_t(bars.rows.lowerBound), lxw_row_t(bars.rows.upperBound))
        let (names, values) = (lxw_col_t(bars.nameColumn), lxw_col_t(bars.valueColumn))
        chart_series_set_categories(series, sheetName, first, names, last, names)
        chart_series_set_values(series, sheetName, first, values, last, values)
        var fill = lxw_chart_fill()
        fill.color = bars.color.rawValue
        chart_series_set_fill(series, &fill)
        chart_series_set_labels(series)
        chart_series_set_labels_num_format(series, "#,##0")
        chart_title_set_name(chart, bars.title)
        var font = lxw_chart_font()
        font.size = 12
        chart_title_set_name_font(chart, &font)
        chart_legend_set_position(chart, UInt8(LXW_CHART_LEGEND_NONE.rawValue))
        chart_axis_set_reverse(y_axis)
        chart_axis_off(x_axis)
        var line = lxw_chart_line()
        line.none = 1
        chart_axis_major_gridlines_set_visible(x_axis, 0)
        chart_chartarea_set_line(chart, &line)
    }
}
