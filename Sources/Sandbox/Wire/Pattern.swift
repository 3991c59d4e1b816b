/// An SQL `LIKE` pattern: `%` stands for any text, `_` for any character.
struct Pattern {
    private let pattern: [Character]

    init(_ pattern: String) { self.pattern = Array(pattern) }

    /// Whether the whole text fits.
    func matches(_ text: String) -> Bool {
        let text = Array(text)
        var (place, position) = (0, 0)
        // Where to go on from when the last `%` has to take in one character more.
        var retry: (place: Int, position: Int)?
        while position < text.count {
            if place < pattern.count, pattern[place] == "%" {
                retry = (place, position)
                place += 1
            } else if place < pattern.count,
                pattern[place] == "_" || pattern[place] == text[position]
            {
                place += 1
                position += 1
            } else if let (last, taken) = retry {
                retry = (last, taken + 1)
                place = last + 1
                position = taken + 1
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == "%" }
    }
}
