import Collection
import Foundation

/// Random JSON texts, and a slow comparison with what Foundation makes of them.
enum RandomJSON {
    static func document(using generator: inout SeededGenerator) -> String {
        value(depth: 0, using: &generator)
    }

    private static func value(depth: Int, using generator: inout SeededGenerator) -> String {
        let space = ["", " ", "\n\t", ""].randomElement(using: &generator) ?? ""
        let kind = Int.random(in: depth > 4 ? 3..<8 : 0..<8, using: &generator)
        let text: String
        switch kind {
        case 0, 1:
            let count = Int.random(in: 0..<6, using: &generator)
            // Names differ, since readers disagree on which of two equal ones counts.
            let members = (0..<count).map { number in
                "\(string(prefix: "\(number)", using: &generator)):"
                    + value(depth: depth + 1, using: &generator)
            }
            text = "{" + members.joined(separator: ",") + space + "}"
        case 2:
            let count = Int.random(in: 0..<6, using: &generator)
            let elements = (0..<count).map { _ in value(depth: depth + 1, using: &generator) }
            text = "[" + elements.joined(separator: ",") + space + "]"
        case 3: text = "true"
        case 4: text = "null"
        case 5: text = "\(Int.random(in: -1_000_000...1_000_000, using: &generator))"
        case 6: text = "\(Double(Int.random(in: -999...999, using: &generator)) / 8)"
        default: text = string(prefix: "", using: &generator)
        }
        return space + text + space
    }

    private static func string(prefix: String, using generator: inout SeededGenerator) -> String {
        let pieces = [
            "a", "ООО", " ", #"\""#, #"\\"#, #"\/"#, #"\n"#, #"\u0416"#, #"\uD83D\uDE00"#, "😀",
            "№", "«Ромашка»", #"\t"#, "é",
        ]
        let count = Int.random(in: 0..<8, using: &generator)
        let content = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }
        return "\"" + prefix + content.joined() + "\""
    }

    static func isSame(_ value: JSONValue, _ expected: Any) -> Bool {
        switch value.kind {
        case .null: return expected is NSNull
        case .true, .false: return (expected as? Bool) == value.boolean
        case .number:
            return (expected as? NSNumber)?.doubleValue == Double(value.scalarText ?? "")
        case .string: return (expected as? String) == value.string
        case .array:
            guard let list = expected as? [Any], list.count == value.count else { return false }
            return zip(value.elements, list).allSatisfy { isSame($0, $1) }
        case .object:
            guard let map = expected as? [String: Any], map.count == value.count else {
                return false
            }
            return value.members.allSatisfy { name, member in
                map[name].map { isSame(member, $0) } ?? false
            }
        }
    }
}
