internal import Records

/// A path made ready for many payloads: names as bytes, and what several paths share found once.
struct CompiledPath: Sendable {
    /// The shared beginning, by its number in ``PathTable``; `nil` when there is none.
    let base: Int?
    /// The steps after it.
    let steps: [CompiledStep]
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
    private let values: [String]
    private let isNegated: Bool

    init(_ test: MappingPath.Test) {
        member = Array(test.member.utf8)
        values = test.values
        isNegated = test.isNegated
    }

    /// Whether a row passes; a missing member reads as an empty text.
    func passes(_ row: JSONValue) -> Bool {
        let found = member.withUnsafeBufferPointer { row.member(named: $0) }
        let text = found?.conditionText ?? ""
        return values.contains(text) != isNegated
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
            return CompiledPath(base: nil, steps: path.steps.map(CompiledStep.init))
        }
        let beginning = Array(path.steps[...choice])
        let number = numbers[beginning] ?? beginnings.count
        if number == beginnings.count {
            numbers[beginning] = number
            beginnings.append(beginning.map(CompiledStep.init))
        }
        return CompiledPath(
            base: number, steps: path.steps[(choice + 1)...].map(CompiledStep.init))
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

    /// Everything at a place; lists are not opened.
    mutating func values(at path: CompiledPath) -> [JSONValue] {
        guard let base = path.base else {
            // Most paths are one name; those need no lists on the way.
            if path.steps.count == 1, case .member(let name) = path.steps[0] {
                return name.withUnsafeBufferPointer { root.member(named: $0) }.map { [$0] } ?? []
            }
            return Self.follow(path.steps, from: [root])
        }
        if let values = followed[base] { return Self.follow(path.steps, from: values) }
        let values = Self.follow(table.beginnings[base], from: [root])
        followed[base] = values
        return Self.follow(path.steps, from: values)
    }

    static func follow(_ steps: [CompiledStep], from values: [JSONValue]) -> [JSONValue] {
        var values = values
        for step in steps {
            guard !values.isEmpty else { break }
            values = step.reached(from: values)
        }
        return values
    }
}

extension JSONValue {
    /// The value as conditions compare it: texts and numbers as they are, `true`, `false`.
    var conditionText: String? {
        switch kind {
        case .true: "true"
        case .false: "false"
        case .string: string.map(TextCleaning.trimmed)
        case .number: scalarText
        default: nil
        }
    }
}
