public import Records

extension Certificate.Doubt {
    /// The doubt in words, for the terminal and the log.
    public var explanation: String {
        switch self {
        case .countDiffers(let announced, let delivered):
            "\(announced) records announced, \(delivered) delivered"
        case .changedWhileReading(let before, let after):
            "the number of records changed while reading, from \(before) to \(after)"
        case .suddenDrop(let previous, let current):
            "only \(current) records, last time \(previous); nothing is held to be deleted"
        case .recordsSkipped(let count):
            "\(count) records could not be read and were left out"
        case .rightsLost(let detail): "rights: \(detail)"
        case .partial(let detail): detail
        }
    }
}
