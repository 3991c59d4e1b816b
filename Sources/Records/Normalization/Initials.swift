/// Words of a name written as their initials: `ТПК Амфора` for «Торгово-производственная компания
/// Амфора».
enum Initials {
    /// Whether two names say the same when some words of either are written as initials.
    ///
    /// At least one word must stand in both as it is: initials alone prove nothing.
    static func areSame(_ left: [FoldedWord], _ right: [FoldedWord]) -> Bool {
        var (i, j) = (0, 0)
        var hasWord = false
        while i < left.count, j < right.count {
            if left[i].soundKey == right[j].soundKey {
                hasWord = true
                (i, j) = (i + 1, j + 1)
            } else if isInitials(left[i], of: right[j...]) {
                (i, j) = (i + 1, j + left[i].letters.count)
            } else if isInitials(right[j], of: left[i...]) {
                (i, j) = (i + right[j].letters.count, j + 1)
            } else {
                return false
            }
        }
        return hasWord && i == left.count && j == right.count
    }

    private static func isInitials(_ word: FoldedWord, of words: ArraySlice<FoldedWord>) -> Bool {
        let count = word.letters.count
        return (2...5).contains(count) && words.count >= count
            && zip(word.letters, words).allSatisfy { letter, word in
                word.letters.count > 1 && word.letters.first == letter
            }
    }
}
