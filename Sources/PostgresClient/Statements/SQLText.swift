/// What can be told about SQL without a server.
enum SQLText {
    /// How many statements a text holds; comments and white space are none.
    ///
    /// Knows comments (nested, as PostgreSQL has them), quoted strings, quoted names and dollar
    /// quotes, so that a semicolon inside of them does not count.
    static func statementCount(of text: String) -> Int {
        var scanner = Scanner(bytes: Array(text.utf8))
        return scanner.count()
    }

    /// A text with parameters by name, `:name`, as one with parameters by number, and the names in
    /// the order of their numbers.
    ///
    /// A cast, `::date`, is none, nor is a colon before a digit.
    static func numberingParameters(of text: String) -> (text: String, names: [String]) {
        var scanner = Scanner(bytes: Array(text.utf8))
        return scanner.numberParameters()
    }

    private struct Scanner {
        let bytes: [UInt8]
        var at = 0

        mutating func count() -> Int {
            var count = 0
            var inside = false
            while at < bytes.count {
                switch bytes[at] {
                case UInt8(ascii: ";"):
                    if inside { count += 1 }
                    inside = false
                    at += 1
                case UInt8(ascii: " "), 9, 10, 12, 13: at += 1
                case UInt8(ascii: "-") where next == UInt8(ascii: "-"): skipLine()
                case UInt8(ascii: "/") where next == UInt8(ascii: "*"): skipBlockComment()
                case UInt8(ascii: "'"):
                    inside = true
                    let previous = at > 0 ? bytes[at - 1] | 0x20 : 0
                    skipQuoted(by: UInt8(ascii: "'"), backslash: previous == UInt8(ascii: "e"))
                case UInt8(ascii: "\""):
                    inside = true
                    skipQuoted(by: UInt8(ascii: "\""), backslash: false)
                case UInt8(ascii: "$"):
                    inside = true
                    skipDollarQuoted()
                default:
                    inside = true
                    at += 1
                }
            }
            return inside ? count + 1 : count
        }

        mutating func numberParameters() -> (text: String, names: [String]) {
            var (result, names, copied) = ([UInt8](), [String](), 0)
            while at < bytes.count {
                switch bytes[at] {
                case UInt8(ascii: ":") where next == UInt8(ascii: ":"): at += 2
                case UInt8(ascii: ":"):
                    let start = at + 1
                    var end = start
                    while end < bytes.count, isTag(bytes[end], first: end == start) { end += 1 }
                    at = max(end, start)
                    guard end > start else { continue }
                    let name = String(decoding: bytes[start..<end], as: UTF8.self)
                    if !names.contains(name) { names.append(name) }
                    let number = (names.firstIndex(of: name) ?? 0) + 1
                    result += bytes[copied..<start - 1] + Array("$\(number)".utf8)
                    copied = end
                case UInt8(ascii: "-") where next == UInt8(ascii: "-"): skipLine()
                case UInt8(ascii: "/") where next == UInt8(ascii: "*"): skipBlockComment()
                case UInt8(ascii: "'"):
                    let previous = at > 0 ? bytes[at - 1] | 0x20 : 0
                    skipQuoted(by: UInt8(ascii: "'"), backslash: previous == UInt8(ascii: "e"))
                case UInt8(ascii: "\""): skipQuoted(by: UInt8(ascii: "\""), backslash: false)
                case UInt8(ascii: "$"): skipDollarQuoted()
                default: at += 1
                }
            }
            result += bytes[copied...]
            return (String(decoding: result, as: UTF8.self), names)
        }

        private var next: UInt8? { at + 1 < bytes.count ? bytes[at + 1] : nil }

        private mutating func skipLine() {
            while at < bytes.count, bytes[at] != 10 { at += 1 }
        }

        private mutating func skipBlockComment() {
            var depth = 0
            repeat {
                if bytes[at] == UInt8(ascii: "/"), next == UInt8(ascii: "*") {
                    depth += 1
                    at += 2
                } else if bytes[at] == UInt8(ascii: "*"), next == UInt8(ascii: "/") {
                    depth -= 1
                    at += 2
                } else {
                    at += 1
                }
            } while depth > 0 && at < bytes.count
        }

        private mutating func skipQuoted(by mark: UInt8, backslash: Bool) {
            at += 1
            while at < bytes.count {
                if backslash, bytes[at] == UInt8(ascii: "\\") {
                    at += 2
                } else if bytes[at] == mark {
                    // A doubled mark is read as the end and a new beginning: the same in effect.
                    at += 1
                    return
                } else {
                    at += 1
                }
            }
        }

        private mutating func skipDollarQuoted() {
            var end = at + 1
            while end < bytes.count, isTag(bytes[end], first: end == at + 1) { end += 1 }
            guard end < bytes.count, bytes[end] == UInt8(ascii: "$") else {
                at += 1  // a parameter: $1
                return
            }
            let tag = bytes[at...end]
            at = end + 1
            while at + tag.count <= bytes.count {
                if bytes[at..<at + tag.count].elementsEqual(tag) {
                    at += tag.count
                    return
                }
                at += 1
            }
            at = bytes.count
        }

        private func isTag(_ byte: UInt8, first: Bool) -> Bool {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "_"), 128...255:
                true
            case UInt8(ascii: "0")...UInt8(ascii: "9"): !first
            default: false
            }
        }
    }
}
