internal import RecordLinkage

extension MemoryRefusal {
    /// Why, as the end of a sentence.
    var explanation: String {
        switch self {
        case .unfitting: "the memory is of other columns or settings"
        case .changedTooMuch(let share): "\(share / 100) % of the records changed"
        case .fieldFilled(let field): "\(field) was empty and is filled now"
        case .repeatedIDs: "ids are repeated"
        case .sourceChanged: "a file was written while it was read"
        }
    }
}
