internal import CXLSXWriter

extension WorkbookHandle {
    /// Gives rows of a column a rule.
    func apply(
        _ rule: CellRule, rows: ClosedRange<Int>, column: Int, of sheet: Sheet
    ) throws(SpreadsheetError) {
        guard let worksheet = sheet.pointer else { return }
        var format = lxw_conditional_format()
        switch rule {
        case .bars(let color):
            format.type = UInt8(LXW_CONDITIONAL_DATA_BAR.rawValue)
            format.bar_color = color.rawValue
            format.bar_solid = 1
            format.data_bar_2010 = 1
        case .comparison(let comparison, let number, let style):
            format.type = UInt8(LXW_CONDITIONAL_TYPE_CELL.rawValue)
            format.criteria = UInt8(comparison.nativeCriterion.rawValue)
            format.value = number
            format.format = self.format(forRule: style)
        }
        let (first, last) = (lxw_row_t(rows.lowerBound), lxw_row_t(rows.upperBound))
        let column = lxw_col_t(column)
        try check(
            worksheet_conditional_format_range(worksheet, first, column, last, column, &format))
    }
}

extension CellRule.Comparison {
    fileprivate var nativeCriterion: lxw_conditional_criteria {
        switch self {
        case .greater: LXW_CONDITIONAL_CRITERIA_GREATER_THAN
        case .atLeast: LXW_CONDITIONAL_CRITERIA_GREATER_THAN_OR_EQUAL_TO
        case .less: LXW_CONDITIONAL_CRITERIA_LESS_THAN
        case .atMost: LXW_CONDITIONAL_CRITERIA_LESS_THAN_OR_EQUAL_TO
        case .equal: LXW_CONDITIONAL_CRITERIA_EQUAL_TO
        }
    }
}
