/// Words of a name written as their initials: `ТПК Амфора` for «Торгово-производственная компания
/// Амфора».
enum Initials {
    /// Whether two names say the same when some words of either are written as initials.
    ///
    /// At least one word must stand in both as it is, or three words be written as one: initials of two
    /// prove nothing. Those of three and more do for records that are known to be the same thing, by
    /// which names are asked whether they differ; they do not link records.
    static func areSame(_ left: [FoldedWord], _ right: [FoldedWord]) -> Bool {
        var (i, j) = (0, 0)
        var (hasWord, longest) = (false, 0)
        while i < left.count, j < right.count {
            if left[i].soundKey == right[j].soundKey {
                hasWord = true
                (i, j) = (i + 1, j + 1)
            } else if isInitials(left[i], of: right[j...]) {
                longest = max(longest, left[i].letters.count)
                (i, j) = (i + 1, j + left[i].letters.count)
            } else if isInitials(right[j], of: left[i...]) {
                longest = max(longest, right[j].letters.count)
                (i, j) = (i + right[j].letters.count, j + 1)
            } else {
                return false
            }
        }
        return (hasWord || longest >= 3) && i == left.count && j == right.count
    }

    private static func isInitials(_ word: FoldedWord, of words: ArraySlice<FoldedWord>) -> Bool {
        let count = word.letters.count
        return (2...5).contains(count) && words.count >= count
            && zip(word.letters, words).allSatisfy { letter, word in
                word.letters.count > 1 && word.letters.first == letter
            }
    }
}
