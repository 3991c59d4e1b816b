/// Words in a row that begin with a capital letter: a person's name when there are two or more.
struct NameRun: Sendable {
    var start = 0
    var end = 0
    private var words = 0
    private var hasInitial = false

    init() {}

    init(start: Int) { (self.start, self.end) = (start, start) }

    /// Whether a word that is about to be written continues the run.
    func goesOn(in bytes: [UInt8]) -> Bool {
        guard words > 0 else { return false }
        switch bytes.count - end {
        case 0: return false
        case 1: return bytes[end] == 0x20 || (hasInitial && bytes[end] == 0x2E)
        case 2: return hasInitial && bytes[end] == 0x2E && bytes[end + 1] == 0x20
        default: return false
        }
    }

    mutating func take(isInitial: Bool, end: Int) {
        words += 1
        hasInitial = hasInitial || isInitial
        self.end = end
    }

    var isName: Bool { words >= 2 }
}
