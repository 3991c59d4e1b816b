/// A word, a text in quotes or a mark of `$filter`.
enum FilterToken: Equatable {
    case word(String)
    case text(String)
    case open, close, comma

    private static let marks = " (),'".unicodeScalars
    private static let others = "0123456789_./:-".unicodeScalars

    /// Takes a filter apart; `nil` when there is something in it that does not belong there.
    static func read(_ text: String) -> [FilterToken]? {
        var tokens: [FilterToken] = []
        var rest = text.unicodeScalars[...]
        while let first = rest.first {
            switch first {
            case " ": rest.removeFirst()
            case "(", ")", ",":
                tokens.append(first == "(" ? .open : first == ")" ? .close : .comma)
                rest.removeFirst()
            case "'":
                guard let value = quoted(&rest) else { return nil }
                tokens.append(.text(value))
            default:
                let word = rest.prefix { !marks.contains($0) }
                guard word.allSatisfy({ $0.properties.isAlphabetic || others.contains($0) }) else {
                    return nil
                }
                tokens.append(.word(String(word)))
                rest = rest[word.endIndex...]
            }
        }
        return tokens
    }

    /// A text from quote to quote; a quote inside is doubled.
    static func quoted(_ rest: inout Substring.UnicodeScalarView) -> String? {
        rest.removeFirst()
        var value = String.UnicodeScalarView()
        while let next = rest.popFirst() {
            if next == "'" {
                guard rest.first == "'" else { return String(value) }
                rest.removeFirst()
            }
            value.append(next)
        }
        return nil
    }
}
