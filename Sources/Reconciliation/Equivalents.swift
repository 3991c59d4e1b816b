/// Texts of which each system has its own for one meaning: `Закрыт` in 1C, `WON` in Bitrix24.
struct Equivalents {
    /// The meanings of a text in lower case; a text may have several.
    private let meanings: [String: Set<String>]

    /// Makes a table of the texts of each meaning; the meaning's own name is one of them.
    init(_ texts: [String: [String]]) {
        var meanings: [String: Set<String>] = [:]
        for (meaning, texts) in texts {
            for text in texts + [meaning] {
                meanings[text.lowercased(), default: []].insert(meaning)
            }
        }
        self.meanings = meanings
    }

    /// Whether two texts have a meaning in common.
    func areSame(_ left: String, _ right: String) -> Bool {
        guard let left = meanings[left.lowercased()], let right = meanings[right.lowercased()]
        else { return false }
        return !left.isDisjoint(with: right)
    }
}
