extension ColumnFormat.Kind {
    /// Whether cells of this kind stand at the right.
    var isNumeric: Bool {
        switch self {
        case .count, .number, .change, .percent, .money, .duration: true
        default: false
        }
    }

    /// How wide a column of this kind is when nothing is said, in letters.
    var usualWidth: Double {
        switch self {
        case .text, .link, .errorType: 30
        case .message: 50
        case .errorAdvice: 70
        case .word, .entity, .field: 20
        case .side, .code, .money, .value: 18
        case .time: 19
        case .month: 16
        case .count, .number, .change, .percent, .date, .duration: 13
        }
    }
}
