internal import Definitions
public import Foundation

/// The words of messages about alerts in one language; by keys such as `line.usual`.
public struct AlertWords: Sendable {
    /// The language: `ru`.
    public let language: String
    /// The zone in which times are written.
    public let timeZone: TimeZone
    private var texts: [String: String] = [:]

    /// Reads words.
    ///
    /// - Parameters:
    ///   - files: The texts of `templates/alerts/words/<language>.yaml`: ours, then a company's own,
    ///     whose keys take the place of ours.
    ///   - language: The language.
    ///   - timeZone: The zone in which times are written.
    /// - Throws: ``AlertRuleError`` with line and column.
    public init(
        _ files: [String], language: String, timeZone: TimeZone
    ) throws(AlertRuleError) {
        self.language = language
        self.timeZone = timeZone
        for file in files {
            do throws(DefinitionError) {
                let name = "templates/alerts/words/\(language).yaml"
                try add(YAMLNode(parsing: file, file: name), under: "")
            } catch {
                throw AlertRuleError(description: error.description)
            }
        }
    }

    private mutating func add(_ node: YAMLNode, under prefix: String) throws(DefinitionError) {
        for (key, value) in try node.pairs() {
            let path = prefix + key.value
            if value.isMapping {
                try add(value, under: path + ".")
            } else {
                texts[path] = try value.text()
            }
        }
    }

    /// The keys there are.
    public var keys: Set<String> { Set(texts.keys) }

    /// The text of a key; what stands after its last point where there is none.
    public subscript(key: String) -> String {
        texts[key] ?? key.split(separator: ".").last.map(String.init) ?? key
    }

    /// The text of a key with values in place of `{name}`.
    ///
    /// In one pass, so that a value with braces of its own stays what it is.
    public func text(_ key: String, _ values: [String: String] = [:]) -> String {
        var (result, name) = ("", String?.none)
        for character in self[key] {
            switch (character, name) {
            case ("{", nil): name = ""
            case ("}", .some(let found)):
                result += values[found] ?? "{\(found)}"
                name = nil
            case (_, .some(let found)): name = found + String(character)
            default: result.append(character)
            }
        }
        return name.map { result + "{" + $0 } ?? result
    }

    /// A whole number with its thousands apart.
    public func number(_ number: Int64) -> String {
        let digits = String(number.magnitude)
        var result = number < 0 ? "−" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { result += self["formats.group_mark"] }
            result.append(digit)
        }
        return result
    }

    /// A number of tenths with one digit after the mark: `12,4`.
    public func tenths(_ tenths: Int64) -> String {
        number(tenths / 10) + self["formats.decimal_mark"] + String(tenths.magnitude % 10)
    }

    /// An amount of minor units in whole ones: `12 345 ₽`.
    public func money(_ minor: Int64, _ currency: String) -> String {
        let symbol = texts["currencies.\(currency)"] ?? currency
        let whole = Int64((minor.magnitude + 50) / 100) * (minor < 0 ? -1 : 1)
        return text("formats.money", ["amount": number(whole), "currency": symbol])
    }

    /// A moment: `26.11.2026 15:00`.
    public func time(_ moment: Date) -> String { clock("formats.time", moment) }

    /// A day: `26.11.2026`.
    public func day(_ moment: Date) -> String { clock("formats.day", moment) }

    /// The end of a span whose beginning is written before it: without the day, if it is the same.
    public func time(_ moment: Date, after beginning: Date) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        let isSameDay = calendar.isDate(moment, inSameDayAs: beginning)
        return isSameDay ? clock("formats.clock", moment) : time(moment)
    }

    private func clock(_ key: String, _ moment: Date) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute], from: moment)
        func two(_ number: Int?) -> String { String((number ?? 0) + 100).suffix(2).description }
        return text(
            key,
            [
                "year": String(parts.year ?? 0), "month": two(parts.month),
                "day": two(parts.day), "hour": two(parts.hour), "minute": two(parts.minute),
            ])
    }
}
