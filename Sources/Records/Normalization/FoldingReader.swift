/// Reads the scalars of a text once and cuts it into folded words.
struct FoldingReader {
    /// The letters of all words one after another; a word is a slice of them.
    private var letters: [UInt16] = []
    /// Where the word begins that is being read.
    private var wordStart = 0
    private var digitCount = 0
    private var cyrillicCount = 0
    private var latinCount = 0
    private var lowerCount = 0
    private var bracketDepth = 0
    private var isQuoted = false
    /// Whether what is read next stands at a hyphen behind another word.
    private var followsHyphen = false

    /// Reads a text of valid UTF-8.
    mutating func read(_ text: UnsafeBufferPointer<UInt8>, into words: inout [FoldedWord]) {
        letters.reserveCapacity(text.count)
        if text.contains(UInt8(ascii: "&")) {
            var decoded = HTMLEntities.decode(String(decoding: text, as: UTF8.self))
            decoded.withUTF8 { readScalars($0, into: &words) }
        } else {
            readScalars(text, into: &words)
        }
        endWord(into: &words)
        // One piece of memory for all words.
        for index in words.indices { words[index].takeLetters(of: letters) }
    }

    private mutating func readScalars(
        _ text: UnsafeBufferPointer<UInt8>, into words: inout [FoldedWord]
    ) {
        var index = 0
        while index < text.count {
            let first = UInt32(text[index])
            if first < 0x80 {
                take(first, into: &words)
                index += 1
                continue
            }
            let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
            guard index + length <= text.count else { break }
            var value = first & (0x7F &>> UInt32(length))
            for offset in 1..<length { value = value &<< 6 | UInt32(text[index + offset]) & 0x3F }
            take(value, into: &words)
            index += length
        }
    }

    private mutating func take(_ value: UInt32, into words: inout [FoldedWord]) {
        switch value {
        case 0x61...0x7A: latin(UInt16(value), isLower: true)
        case 0x41...0x5A: latin(UInt16(value) + 32, isLower: false)
        case 0x30...0x39:
            letters.append(UInt16(value))
            digitCount += 1
        case 0x451: cyrillic(0x435, isLower: true)
        case 0x401: cyrillic(0x435, isLower: false)
        case 0x430...0x45F: cyrillic(UInt16(value), isLower: true)
        case 0x410...0x42F: cyrillic(UInt16(value) + 0x20, isLower: false)
        case 0x400...0x40F: cyrillic(UInt16(value) + 0x50, isLower: false)
        case 0x22, 0xAB, 0xBB, 0x201C...0x201F, 0x2039, 0x203A: quote(value, into: &words)
        case 0x28, 0x5B:
            endWord(into: &words)
            bracketDepth += 1
        case 0x29, 0x5D:
            endWord(into: &words)
            bracketDepth = max(0, bracketDepth - 1)
        case 0x27, 0x60, 0x2018, 0x2019, 0x02BC:
            // An apostrophe inside a word belongs to it (O'Neil); elsewhere it is a quote.
            break
        case 0x2D:
            let isBehindWord = letters.count > wordStart
            endWord(into: &words)
            followsHyphen = isBehindWord
        case 0x2E: endWord(isBeforeDot: true, into: &words)
        case 0..<0x80: endWord(into: &words)
        case 0x300...0x36F: combine(value)
        case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060, 0xFEFF: break
        case 0xFF01...0xFF5E:
            take(value - 0xFEE0, into: &words)
        default: if let scalar = Unicode.Scalar(value) { takeOther(scalar, into: &words) }
        }
    }

    private mutating func latin(_ letter: UInt16, isLower: Bool) {
        letters.append(letter)
        latinCount += 1
        if isLower { lowerCount += 1 }
    }

    private mutating func cyrillic(_ letter: UInt16, isLower: Bool) {
        letters.append(letter)
        cyrillicCount += 1
        if isLower { lowerCount += 1 }
    }

    private mutating func quote(_ value: UInt32, into words: inout [FoldedWord]) {
        endWord(into: &words)
        switch value {
        case 0xAB, 0x201C, 0x201E, 0x2039: isQuoted = true
        case 0xBB, 0x201D, 0x203A: isQuoted = false
        default: isQuoted.toggle()
        }
    }

    /// `и` and a breve are `й`; `e` and a diaeresis `ё`, that is `е`; other marks fall away.
    private mutating func combine(_ mark: UInt32) {
        guard letters.count > wordStart, let last = letters.last else { return }
        if mark == 0x306, last == 0x438 { letters[letters.count - 1] = 0x439 }
        if mark == 0x30C, last == 0x73 || last == 0x63 || last == 0x7A {
            latin(0x68, isLower: true)
        }
    }

    private mutating func takeOther(_ scalar: Unicode.Scalar, into words: inout [FoldedWord]) {
        if let base = LatinLetters.base(of: scalar.value) {
            for letter in base { latin(letter, isLower: true) }
        } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
            for lower in scalar.properties.lowercaseMapping.unicodeScalars.prefix(1) {
                letters.append(lower.value <= 0xFFFF ? UInt16(lower.value) : 0xFFFD)
            }
            lowerCount += 1
        } else {
            endWord(into: &words)
        }
    }

    private mutating func endWord(isBeforeDot: Bool = false, into words: inout [FoldedWord]) {
        let isBehindHyphen = followsHyphen
        followsHyphen = false
        guard letters.count > wordStart else { return }
        var marks: WordMarks = isBeforeDot ? [.dotted] : []
        if isBehindHyphen, !words.isEmpty {
            marks.insert(.afterHyphen)
            words[words.count - 1].marks.insert(.beforeHyphen)
        }
        words.append(
            FoldedWord(
                place: wordStart..<letters.count, isInBrackets: bracketDepth > 0,
                isQuoted: isQuoted, marks: marks,
                isUpperCase: lowerCount == 0 && latinCount + cyrillicCount > 1,
                digitCount: digitCount, cyrillicCount: cyrillicCount, latinCount: latinCount))
        wordStart = letters.count
        digitCount = 0
        cyrillicCount = 0
        latinCount = 0
        lowerCount = 0
    }
}
