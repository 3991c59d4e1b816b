internal import CXLSXWriter

extension WorkbookHandle {
    /// Puts a chart on a sheet.
    func add(_ chart: SeriesChart, to sheet: Sheet) throws(SpreadsheetError) {
        guard let worksheet = sheet.pointer,
            let drawn = workbook_add_chart(pointer, UInt8(chart.kind.nativeType.rawValue))
        else { throw refusal("the library refused a chart") }
        drawn.drawSeries(of: chart)
        drawn.drawFrame(of: chart)
        insert(drawn, chart.width, chart.height, chart.atRow, chart.atColumn, worksheet)
    }

    /// Puts a chart at a place.
    func insert(
        _ chart: UnsafeMutablePointer<lxw_chart>, _ width: Int, _ height: Int, _ row: Int,
        _ column: Int, _ worksheet: UnsafeMutablePointer<lxw_worksheet>
    ) {
        var options = lxw_chart_options()
        // The library's own size of a chart is 480 by 288 pixels.
        options.x_scale = Double(width) / 480
        options.y_scale = Double(height) / 288
        worksheet_insert_chart_opt(
            worksheet, lxw_row_t(row), lxw_col_t(column), chart, &options)
    }
}

extension SeriesChart.Kind {
    fileprivate var nativeType: lxw_chart_type {
        switch self {
        case .bars: LXW_CHART_BAR
        case .columns: LXW_CHART_COLUMN
        case .stackedColumns: LXW_CHART_COLUMN_STACKED
        case .lines: LXW_CHART_LINE
        }
    }
}

extension UnsafeMutablePointer<lxw_chart> {
    fileprivate func drawSeries(of chart: SeriesChart) {
        let (first, last) = (lxw_row_t(chart.rows.lowerBound), lxw_row_t(chart.rows.upperBound))
        let names = lxw_col_t(chart.nameColumn)
        for item in chart.series {
            let series = chart_add_series(self, nil, nil)
            let values = lxw_col_t(item.column)
            chart_series_set_categories(series, chart.sheetName, first, names, last, names)
            chart_series_set_values(series, chart.sheetName, first, values, last, values)
            chart_series_set_name(series, CellText.clean(item.name))
            if chart.kind == .lines {
                var line = lxw_chart_line()
                line.color = item.color?.rawValue ?? 0
                line.none = item.color == nil ? 1 : 0
                line.width = 2.25
                chart_series_set_line(series, &line)
            } else {
                var fill = lxw_chart_fill()
                fill.color = item.color?.rawValue ?? 0
                fill.none = item.color == nil ? 1 : 0
                chart_series_set_fill(series, &fill)
                var line = lxw_chart_line()
                line.none = 1
                chart_series_set_line(series, &line)
            }
            if chart.hasLabels, item.color != nil {
                chart_series_set_labels(series)
                // Steps that are not there would be labelled with a zero.
                let format =
                    chart.kind == .stackedColumns
                    ? "\(chart.numberFormat);\(chart.numberFormat);" : chart.numberFormat
                chart_series_set_labels_num_format(series, format)
            }
        }
    }

    fileprivate func drawFrame(of chart: SeriesChart) {
        chart_title_set_name(self, CellText.clean(chart.title))
        var font = lxw_chart_font()
        font.size = 12
        font.color = 0x1F_3A5F
        font.bold = 1
        chart_title_set_name_font(self, &font)
        var none = lxw_chart_line()
        none.none = 1
        chart_chartarea_set_line(self, &none)
        var hidden = chart.series.indices.filter { !chart.series[$0].isInLegend }.map(Int16.init)
        if hidden.count >= chart.series.count - 1, chart.kind != .lines || chart.series.count < 2 {
            chart_legend_set_position(self, UInt8(LXW_CHART_LEGEND_NONE.rawValue))
        } else {
            chart_legend_set_position(self, UInt8(LXW_CHART_LEGEND_BOTTOM.rawValue))
            if !hidden.isEmpty {
                hidden.append(-1)
                chart_legend_delete_series(self, &hidden)
            }
        }
        // The library calls the axis of names x, also where it stands upright.
        let (names, values) = (pointee.x_axis, pointee.y_axis)
        switch chart.kind {
        case .bars:
            // Bars lie, and the library turns the axes with them: the names are on its y axis.
            chart_axis_set_reverse(values)
            chart_axis_major_gridlines_set_visible(names, 0)
            if chart.hasLabels { chart_axis_off(names) }
        case .columns, .stackedColumns, .lines:
            chart_axis_set_num_format(values, chart.numberFormat)
            var line = lxw_chart_line()
            line.color = 0xE0_E3E8
            line.width = 0.75
            chart_axis_major_gridlines_set_line(values, &line)
            // Names below the lowest number, not across the bars that go below zero.
            chart_axis_set_label_position(names, UInt8(LXW_CHART_AXIS_LABEL_POSITION_LOW.rawValue))
        }
        if chart.kind == .stackedColumns {
            chart_set_series_overlap(self, 100)
            chart_set_series_gap(self, 40)
        }
    }
}
