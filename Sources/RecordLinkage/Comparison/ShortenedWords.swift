import Records

/// Words that are understood when they are shortened, with what they stand for.
enum ShortenedWords {
    /// By the hash of the short word, with a gap and without, what the word begins with that is meant.
    static let beginnings: [UInt64: [UInt8]] = {
        var beginnings: [UInt64: [UInt8]] = [:]
        for (short, meant) in Abbreviation.understood {
            let word = SoundKey.key(short)
            for key in [word, word + [Abbreviation.gap]] {
                beginnings[key.withUnsafeBufferPointer(TextHash.of)] = SoundKey.key(meant)
            }
        }
        return beginnings
    }()
}

extension TextColumn {
    /// Whether one of two words is short for the other: «торг.» for «торговый», «з-д» for «завод».
    ///
    /// A whole word is never short for another one.
    func isShort(_ first: UInt32, for second: UInt32) -> Bool {
        let (a, b) = (masks[Int(first)], masks[Int(second)])
        guard (a | b) & Self.mayBeShort != 0, (a | b) & Self.digits == 0 else { return false }
        return a & Self.mayBeShort != 0 && stands(first, for: second)
            || b & Self.mayBeShort != 0 && stands(second, for: first)
    }

    private func stands(_ short: UInt32, for long: UInt32) -> Bool {
        guard let full = lettersInOneRun(long) else { return false }
        if let beginning = ShortenedWords.beginnings[wordTable.hashes[Int(short)]],
            full.starts(with: beginning)
        {
            return true
        }
        let letters = wordTable[short]
        guard let gap = letters.firstIndex(of: Abbreviation.gap) else { return false }
        let (begin, end) = (letters[..<gap], letters[(gap + 1)...])
        return full.count >= begin.count + end.count + Self.fewestLeftOut
            && full.starts(with: begin) && full.suffix(end.count).elementsEqual(end)
    }

    /// Nobody leaves out less.
    private static let fewestLeftOut = 2

    /// The letters of a word, without the gap behind them; `nil` where one stands between them.
    func lettersInOneRun(_ word: UInt32) -> UnsafeBufferPointer<UInt8>? {
        let letters = wordTable[word]
        guard masks[Int(word)] & Self.mayBeShort != 0,
            let gap = letters.firstIndex(of: Abbreviation.gap)
        else { return letters }
        guard gap == letters.count - 1 else { return nil }
        return UnsafeBufferPointer(rebasing: letters[..<gap])
    }

    /// Whether two words are the same but for gaps: «торг.» and «торг».
    func haveSameLetters(_ first: UInt32, _ second: UInt32) -> Bool {
        wordTable[first].lazy.filter { $0 != Abbreviation.gap }
            .elementsEqual(wordTable[second].lazy.filter { $0 != Abbreviation.gap })
    }
}
