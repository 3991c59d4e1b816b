/// What is known about words, found without the cost of general hashing: each word of each name is
/// looked up several times.
struct WordTable<Value: Sendable>: Sendable {
    private var slots: [Int32]
    private var words: [[UInt16]] = []
    private var values: [Value] = []
    private let longest: Int

    init(_ known: [[UInt16]: Value]) {
        var capacity = 16
        while capacity < known.count * 3 { capacity *= 2 }
        slots = [Int32](repeating: -1, count: capacity)
        longest = known.keys.reduce(0) { max($0, $1.count) }
        for (word, value) in known {
            var slot = Self.hash(word) & (capacity - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (capacity - 1) }
            slots[slot] = Int32(words.count)
            words.append(word)
            values.append(value)
        }
    }

    /// What is known about a word.
    subscript(word: ArraySlice<UInt16>) -> Value? {
        guard word.count <= longest else { return nil }
        var slot = Self.hash(word) & (slots.count - 1)
        while slots[slot] >= 0 {
            let place = Int(slots[slot])
            if words[place].elementsEqual(word) { return values[place] }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// Whether a word is known.
    func contains(_ word: ArraySlice<UInt16>) -> Bool { self[word] != nil }

    private static func hash(_ word: some Sequence<UInt16>) -> Int {
        var hash: UInt32 = 0x811C_9DC5
        for letter in word { hash = (hash ^ UInt32(letter)) &* 0x0100_0193 }
        return Int(hash ^ hash &>> 15)
    }
}
