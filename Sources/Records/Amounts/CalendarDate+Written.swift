// Dates as people and other programs write them, beside the plain ways of `CalendarDate/init(_:)`.
extension CalendarDate {
    /// Years of two digits up to this one are of the century from 2000, later ones of that before:
    /// contracts end in 2039 more often than customers were born in 1939.
    private static let lastYearOfCentury = 39

    /// Reads a date that is written otherwise than `2026-01-31` or `31.01.2026`.
    static func written(_ text: String) -> CalendarDate? {
        guard let first = text.first else { return nil }
        guard isDigit(first) else { return inWords(text) }
        return inNumbers(text) ?? inWords(text)
    }

    /// `31.01.26`, `31/1/2026`, `2026/01/31`, `20260131`.
    private static func inNumbers(_ text: String) -> CalendarDate? {
        var rest = text[...]
        let first = takeDigits(&rest)
        if first.count == 8 { return mayFollow(rest) ? compact(first) : nil }
        guard let mark = rest.first, mark == "." || mark == "/" else { return nil }
        rest.removeFirst()
        let second = takeDigits(&rest)
        guard rest.first == mark else { return nil }
        rest.removeFirst()
        let third = takeDigits(&rest)
        guard mayFollow(rest), (1...2).contains(second.count), let middle = Int(second) else {
            return nil
        }
        if first.count == 4, (1...2).contains(third.count), let year = Int(first) {
            return Int(third).flatMap { CalendarDate(year: year, month: middle, day: $0) }
        }
        guard (1...2).contains(first.count), let number = Int(first),
            let year = Self.year(third)
        else { return nil }
        let russian = CalendarDate(year: year, month: middle, day: number)
        // Nobody writes the month first before a dot.
        guard mark == "/" else { return russian }
        return russian ?? CalendarDate(year: year, month: number, day: middle)
    }

    /// Eight digits are a date where the year is one of ours; else they may be any number.
    private static func compact(_ digits: Substring) -> CalendarDate? {
        guard let year = Int(digits.prefix(4)), (1900...2099).contains(year),
            let month = Int(digits.dropFirst(4).prefix(2)), let day = Int(digits.suffix(2))
        else { return nil }
        return CalendarDate(year: year, month: month, day: day)
    }

    /// `5 марта 2021 г.`, `«5» марта 2021`, `5 Mar 2021`, `March 5, 2021`, `05-MAR-21`.
    private static func inWords(_ text: String) -> CalendarDate? {
        var rest = text.drop { quotes.contains($0) }
        guard let initial = rest.first, initial.isLetter || isDigit(initial) else { return nil }
        let (first, second, third) = (takePart(&rest), takePart(&rest), takePart(&rest))
        guard mayFollow(rest) else { return nil }
        guard let month = Self.month(second) else {
            return Self.month(first).flatMap { date(third, $0, second) }
        }
        if first.count == 4 { return date(first, month, third) }
        // «8 Марта 12» is an address, `8-MAR-12` a date.
        let before = text[..<third.startIndex].last
        return date(third, month, first, isJoined: before == "-" || before == ".")
    }

    private static func date(
        _ year: Substring, _ month: Int, _ day: Substring, isJoined: Bool = false
    ) -> CalendarDate? {
        guard year.count == 4 || isJoined, let year = Self.year(year),
            (1...2).contains(day.count), let day = Int(day)
        else { return nil }
        return CalendarDate(year: year, month: month, day: day)
    }

    /// A year of four digits, or of two.
    private static func year(_ digits: Substring) -> Int? {
        guard let number = Int(digits) else { return nil }
        switch digits.count {
        case 4: return number
        case 2: return number + (number <= lastYearOfCentury ? 2000 : 1900)
        default: return nil
        }
    }

    /// The month that a word names, of which three letters or more are there: `мар`, `марта`, `Sept`.
    private static func month(_ word: Substring) -> Int? {
        guard word.count >= 3 else { return nil }
        let word = word.lowercased()
        let names = monthNames.firstIndex { $0.contains { $0.hasPrefix(word) } }
        return names.map { $0 + 1 }
    }

    private static let monthNames: [[Substring]] = """
        январь января january, февраль февраля february, март марта march, апрель апреля april, \
        май мая may, июнь июня june, июль июля july, август августа august, \
        сентябрь сентября september, октябрь октября october, ноябрь ноября november, \
        декабрь декабря december
        """.split(separator: ",").map { $0.split(separator: " ") }

    private static let quotes: [Character] = ["«", "\"", "“", "„"]

    /// Whether a rest can stand behind a date: a time, «г.», or nothing.
    private static func mayFollow(_ rest: Substring) -> Bool {
        guard let first = rest.first else { return true }
        return first.isWhitespace || [",", "T", "г", "Г"].contains(first)
    }

    private static func isDigit(_ character: Character) -> Bool {
        character.isASCII && character.isNumber
    }

    private static func takeDigits(_ rest: inout Substring) -> Substring {
        let digits = rest.prefix(while: isDigit)
        rest = rest[digits.endIndex...]
        return digits
    }

    /// Takes the next letters or digits, and what stands before them.
    private static func takePart(_ rest: inout Substring) -> Substring {
        rest = rest.drop { !$0.isLetter && !isDigit($0) }
        guard let first = rest.first, !isDigit(first) else { return takeDigits(&rest) }
        let letters = rest.prefix { $0.isLetter }
        rest = rest[letters.endIndex...]
        return letters
    }
}
