/// Where a value stands in a source's payload: `PHONE[].VALUE`,
/// `КонтактнаяИнформация[Тип=Телефон].Представление`, `requisite[ACTIVE!=N][first].RQ_INN`.
///
/// Names are joined by points. A bracket after a name chooses among the elements of a list: `[]`
/// takes all, `[first]` and `[rest]` split off the first, and `[Name=A|B, Other!=C]` takes those
/// whose members read so; `[Kind_Key@kind=Legal]` those of which a lookup says so. Without a bracket,
/// a name that leads to a list takes all its elements.
public struct MappingPath: Hashable, Sendable {
    /// One step from a value to what is inside it.
    public enum Step: Hashable, Sendable {
        /// Into the member of this name.
        case member(String)
        /// To the elements that pass every test.
        case matching([Test])
        /// To the first of the elements reached so far.
        case first
        /// To all but the first of the elements reached so far.
        case rest
    }

    /// A question to one member of an element of a list.
    public struct Test: Hashable, Sendable {
        /// The member's name.
        public var member: String
        /// The lookup that says what its value means, when that is what is asked.
        public var lookup: String?
        /// The texts of which it must be one, or none when negated.
        public var values: [String]
        /// Whether the answer is turned round.
        public var isNegated: Bool

        /// Makes a test.
        public init(
            member: String, lookup: String? = nil, values: [String], isNegated: Bool
        ) {
            self.member = member
            self.lookup = lookup
            self.values = values
            self.isNegated = isNegated
        }
    }

    /// The steps, from the payload inwards; none means the payload itself.
    public var steps: [Step]

    /// Makes a path of its steps.
    public init(steps: [Step]) { self.steps = steps }

    /// Reads a path as mapping files write it.
    ///
    /// - Throws: ``MappingPathError`` that says what is wrong with it.
    public init(parsing text: String) throws(MappingPathError) {
        steps = []
        var rest = text[...]
        while true {
            let name = rest.prefix { $0 != "." && $0 != "[" && $0 != "]" }
            guard !name.isEmpty else { throw MappingPathError("a name is missing in '\(text)'") }
            steps.append(.member(name.trimmed))
            rest = rest.dropFirst(name.count)
            while rest.first == "[" {
                guard let closing = rest.firstIndex(of: "]") else {
                    throw MappingPathError("'[' is not closed in '\(text)'")
                }
                let content = rest[rest.index(after: rest.startIndex)..<closing]
                if let step = try Self.choice(content, in: text) { steps.append(step) }
                rest = rest[rest.index(after: closing)...]
            }
            guard let separator = rest.first else { return }
            guard separator == "." else {
                throw MappingPathError("'\(separator)' is not expected after ']' in '\(text)'")
            }
            rest = rest.dropFirst()
        }
    }

    /// The lookups that its choices among rows ask.
    public var lookups: [String] {
        steps.flatMap { step in
            if case .matching(let tests) = step { tests.compactMap(\.lookup) } else { [] }
        }
    }

    /// This path followed by another.
    public func appending(_ other: MappingPath) -> MappingPath {
        MappingPath(steps: steps + other.steps)
    }

    private static func choice(
        _ content: Substring, in text: String
    ) throws(MappingPathError) -> Step? {
        switch content.trimmed {
        case "": return nil
        case "first": return .first
        case "rest": return .rest
        default: break
        }
        var tests: [Test] = []
        for part in content.split(separator: ",") {
            guard let sign = part.firstIndex(of: "=") else {
                throw MappingPathError(
                    "'[\(content)]' in '\(text)' is none of [], [first], [rest], [Name=Value]")
            }
            let isNegated = sign > part.startIndex && part[part.index(before: sign)] == "!"
            let name = part[..<sign].dropLast(isNegated ? 1 : 0)
            let mark = name.firstIndex(of: "@")
            let member = name[..<(mark ?? name.endIndex)].trimmed
            let lookup = mark.map { name[name.index(after: $0)...].trimmed }
            guard !member.isEmpty, lookup != "" else {
                throw MappingPathError("a name is missing before '=' in '\(text)'")
            }
            let values = part[part.index(after: sign)...]
                .split(separator: "|", omittingEmptySubsequences: false).map(\.trimmed)
            tests.append(
                Test(member: member, lookup: lookup, values: values, isNegated: isNegated))
        }
        return .matching(tests)
    }
}

/// Why a path of a mapping file cannot be read.
public struct MappingPathError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public var description: String

    /// Makes an error.
    public init(_ description: String) { self.description = description }
}

extension Substring {
    /// The text without spaces around it.
    fileprivate var trimmed: String {
        var text = self
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
