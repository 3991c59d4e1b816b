internal import Records

/// A path made ready for many payloads: names as bytes, and what several paths share found once.
struct CompiledPath: Sendable {
    /// The shared beginning, by its number in ``PathTable``; `nil` when there is none.
    let base: Int?
    /// The names after it; every choice among rows is in the beginning.
    let members: [[UInt8]]
}

/// Steps that lead on from a row, with or without choices among rows.
struct CompiledSteps: Sendable {
    private let steps: [CompiledStep]
    /// The names, where there is nothing but names.
    private let members: [[UInt8]]?

    init(_ path: MappingPath) {
        steps = path.steps.map(CompiledStep.init)
        let members = steps.compactMap(\.member)
        self.members = members.count == steps.count ? members : nil
    }

    /// Hands over everything that is reached from a row.
    func forEach(from row: JSONValue, _ body: (JSONValue) -> Void) {
        if let members { return row.forEach(reachedBy: members, body) }
        for value in CompiledStep.follow(steps, from: [row]) { body(value) }
    }
}

enum CompiledStep: Sendable {
    case member([UInt8])
    case matching([CompiledTest])
    case first
    case rest

    init(_ step: MappingPath.Step) {
        switch step {
        case .member(let name): self = .member(Array(name.utf8))
        case .matching(let tests): self = .matching(tests.map(CompiledTest.init))
        case .first: self = .first
        case .rest: self = .rest
        }
    }

    /// The name of a member, where the step is one.
    var member: [UInt8]? { if case .member(let name) = self { name } else { nil } }

    /// What is reached from several values by some steps.
    static func follow(_ steps: [CompiledStep], from values: [JSONValue]) -> [JSONValue] {
        var values = values
        for step in steps {
            guard !values.isEmpty else { break }
            values = step.reached(from: values)
        }
        return values
    }

    /// What is reached from several values by this step.
    func reached(from values: [JSONValue]) -> [JSONValue] {
        switch self {
        case .member(let name):
            var reached: [JSONValue] = []
            name.withUnsafeBufferPointer { name in
                for value in values {
                    if value.kind == .array {
                        reached.append(
                            contentsOf: value.elements.lazy.compactMap {
                                $0.member(named: name)
                            })
                    } else if let member = value.member(named: name) {
                        reached.append(member)
                    }
                }
            }
            return reached
        case .matching(let tests):
            return Self.elements(of: values).filter { row in tests.allSatisfy { $0.passes(row) } }
        case .first: return Array(Self.elements(of: values).prefix(1))
        case .rest: return Array(Self.elements(of: values).dropFirst())
        }
    }

    /// The values with the elements of lists in place of the lists.
    private static func elements(of values: [JSONValue]) -> [JSONValue] {
        var elements: [JSONValue] = []
        for value in values {
            if value.kind == .array {
                elements.append(contentsOf: value.elements)
            } else if !value.isNull {
                elements.append(value)
            }
        }
        return elements
    }
}

struct CompiledTest: Sendable {
    private let member: [UInt8]
    private let values: ComparedTexts
    private let isNegated: Bool

    init(_ test: MappingPath.Test) {
        member = Array(test.member.utf8)
        values = ComparedTexts(test.values)
        isNegated = test.isNegated
    }

    /// Whether a row passes; a missing member reads as an empty text.
    func passes(_ row: JSONValue) -> Bool {
        let found = member.withUnsafeBufferPointer { row.member(named: $0) }
        return (found.flatMap { values.contains($0) } ?? values.holdsEmpty) != isNegated
    }
}

/// What is shared by everything compiled for one payload: the beginnings that several paths have in
/// common, so that a record's requisites are chosen once, and the lookups.
struct PathTable: Sendable {
    let lookups: LookupTables
    private(set) var beginnings: [[CompiledStep]] = []
    private var numbers: [[MappingPath.Step]: Int] = [:]

    init(lookups: LookupTables) { self.lookups = lookups }

    /// Compiles a path.
    mutating func compile(_ path: MappingPath) -> CompiledPath {
        let choice = path.steps.lastIndex { if case .member = $0 { false } else { true } }
        guard let choice else {
            return CompiledPath(base: nil, members: Self.members(path.steps[...]))
        }
        let beginning = Array(path.steps[...choice])
        let number = numbers[beginning] ?? beginnings.count
        if number == beginnings.count {
            numbers[beginning] = number
            beginnings.append(beginning.map(CompiledStep.init))
        }
        return CompiledPath(base: number, members: Self.members(path.steps[(choice + 1)...]))
    }

    private static func members(_ steps: ArraySlice<MappingPath.Step>) -> [[UInt8]] {
        steps.compactMap { if case .member(let name) = $0 { Array(name.utf8) } else { nil } }
    }
}

/// One payload while it is read, with the shared beginnings that were already followed.
struct PayloadReader {
    let root: JSONValue
    private let table: PathTable
    private var followed: [[JSONValue]?]

    init(_ root: JSONValue, table: PathTable) {
        self.root = root
        self.table = table
        followed = Array(repeating: nil, count: table.beginnings.count)
    }

    /// Hands over everything at a place; lists are not opened.
    mutating func forEach(at path: CompiledPath, _ body: (JSONValue) -> Void) {
        guard let base = path.base else { return root.forEach(reachedBy: path.members, body) }
        for value in beginning(base) { value.forEach(reachedBy: path.members, body) }
    }

    /// Everything at a place; lists are not opened.
    mutating func values(at path: CompiledPath) -> [JSONValue] {
        var values: [JSONValue] = []
        forEach(at: path) { values.append($0) }
        return values
    }

    private mutating func beginning(_ base: Int) -> [JSONValue] {
        if let values = followed[base] { return values }
        let values = CompiledStep.follow(table.beginnings[base], from: [root])
        followed[base] = values
        return values
    }
}

extension JSONValue {
    /// Hands over what is reached by names one after another; in a list, each element is looked into.
    func forEach(reachedBy names: [[UInt8]], from first: Int = 0, _ body: (JSONValue) -> Void) {
        guard first < names.count else { return body(self) }
        guard kind == .array else {
            names[first].withUnsafeBufferPointer { member(named: $0) }?
                .forEach(reachedBy: names, from: first + 1, body)
            return
        }
        for element in elements {
            names[first].withUnsafeBufferPointer { element.member(named: $0) }?
                .forEach(reachedBy: names, from: first + 1, body)
        }
    }
}
