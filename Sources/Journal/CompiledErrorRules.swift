internal import Records

/// The rules of classification, folded as messages are.
struct CompiledErrorRules: Sendable {
    private struct Rule: Sendable {
        let type: Int
        let codes: [[UInt8]]
        /// Codes that are looked for in the message too.
        let codesInText: [[UInt8]]
        /// Each phrase as the pieces between its stars.
        let phrases: [[[UInt8]]]
    }

    /// The names that rules refer to by number.
    let typeNames: [String]
    /// Numbers that stand in phrases, such as `503`; a shape keeps them.
    let numbers: Set<[UInt8]>
    private let rules: [Rule]

    init(_ types: ErrorTypes) {
        typeNames = types.types.map(\.name)
        var fold = ErrorShape(keeping: [], leavesNames: true, leavesNumbers: true)
        var numbers: Set<[UInt8]> = []
        var rules: [Rule] = []
        for rule in types.rules {
            guard let type = types.types.firstIndex(where: { $0.name == rule.type }) else {
                continue
            }
            let phrases = rule.phrases.map { phrase in
                phrase.split(separator: "*").map { piece in fold.folding(String(piece)) }
                    .filter { !$0.isEmpty }
            }
            for piece in phrases.joined() { numbers.formUnion(Self.numbers(in: piece)) }
            let codes = rule.codes.map { fold.folding($0) }
            rules.append(
                Rule(
                    type: type, codes: codes,
                    codesInText: codes.filter { $0.contains(UInt8(ascii: "_")) },
                    phrases: phrases.filter { !$0.isEmpty }))
        }
        self.numbers = numbers
        self.rules = rules
    }

    /// The kind that the first fitting rule names.
    func fitting(code: ArraySlice<UInt8>, text: ArraySlice<UInt8>) -> Int? {
        rules.first { rule in
            let fitsCode =
                rule.codes.contains { code.elementsEqual($0) }
                || rule.codesInText.contains { Self.hasWord($0, in: text) }
            let fitsText = rule.phrases.contains { Self.has($0, in: text) }
            return (rule.codes.isEmpty || fitsCode) && (rule.phrases.isEmpty || fitsText)
        }?.type
    }

    private static func numbers(in piece: [UInt8]) -> [[UInt8]] {
        piece.split { !($0 >= 48 && $0 <= 57) }.map(Array.init)
    }

    private static func has(_ pieces: [[UInt8]], in text: ArraySlice<UInt8>) -> Bool {
        var rest = text
        for piece in pieces {
            guard let found = find(piece, in: rest) else { return false }
            rest = rest[(found + piece.count)...]
        }
        return true
    }

    private static func hasWord(_ word: [UInt8], in text: ArraySlice<UInt8>) -> Bool {
        var rest = text
        while let found = find(word, in: rest) {
            let end = found + word.count
            let isOpen = found == text.startIndex || !isWordByte(text[found - 1])
            if isOpen, end == text.endIndex || !isWordByte(text[end]) { return true }
            rest = rest[(found + 1)...]
        }
        return false
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || byte >= 0x80 || (byte >= 48 && byte <= 57)
            || (byte | 0x20 >= 97 && byte | 0x20 <= 122)
    }

    private static func find(_ piece: [UInt8], in text: ArraySlice<UInt8>) -> Int? {
        guard let first = piece.first, piece.count <= text.count else { return nil }
        var start = text.startIndex
        while start + piece.count <= text.endIndex {
            if text[start] == first, text[start..<start + piece.count].elementsEqual(piece) {
                return start
            }
            start += 1
        }
        return nil
    }
}
