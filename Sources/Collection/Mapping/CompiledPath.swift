internal import Records

/// A path made ready for many payloads: names compared fast, and what several paths share found once.
struct CompiledPath: Sendable {
    /// The shared beginning, by its number in ``PathTable``; `nil` when there is none.
    let base: Int?
    /// The names after it; every choice among rows is in the beginning.
    let members: [MemberName]
}

/// Steps that lead on from a row, with or without choices among rows.
struct CompiledSteps: Sendable {
    private let steps: [CompiledStep]
    /// The names, where there is nothing but names.
    private let members: [MemberName]?

    init(_ path: MappingPath) {
        steps = path.steps.map(CompiledStep.init)
        let members = steps.compactMap(\.member)
        self.members = members.count == steps.count ? members : nil
    }

    /// Hands over everything that is reached from a row.
    func forEach(from row: JSONPlace, _ body: (JSONPlace) -> Void) {
        if let members { return row.forEach(reachedBy: members, body) }
        var reached: [JSONPlace] = []
        for place in CompiledStep.follow(steps, from: row, through: &reached) { body(place) }
    }
}

enum CompiledStep: Sendable {
    case member(MemberName)
    case matching([CompiledTest])
    case first
    case rest

    init(_ step: MappingPath.Step) {
        switch step {
        case .member(let name): self = .member(MemberName(name))
        case .matching(let tests): self = .matching(tests.map(CompiledTest.init))
        case .first: self = .first
        case .rest: self = .rest
        }
    }

    /// The name of a member, where the step is one.
    var member: MemberName? { if case .member(let name) = self { name } else { nil } }

    /// What is reached from a value by some steps.
    ///
    /// - Parameters:
    ///   - steps: The steps.
    ///   - place: Where they begin.
    ///   - places: Takes what each step reaches, one after another; what is in it stays.
    /// - Returns: What the last step reached.
    static func follow(
        _ steps: [CompiledStep], from place: JSONPlace, through places: inout [JSONPlace]
    ) -> ArraySlice<JSONPlace> {
        var start = places.count
        places.append(place)
        for step in steps {
            let end = places.count
            guard start < end else { break }
            step.reach(from: start..<end, in: &places)
            start = end
        }
        return places[start...]
    }

    /// Appends what is reached by this step from places that were reached before.
    private func reach(from range: Range<Int>, in places: inout [JSONPlace]) {
        switch self {
        case .member(let name):
            for number in range {
                let place = places[number]
                if place.kind == .array {
                    place.forEachElement { element in
                        if let member = element.member(name) { places.append(member) }
                    }
                } else if let member = place.member(name) {
                    places.append(member)
                }
            }
        case .matching(let tests):
            appendElements(of: range, in: &places) { row, _ in
                tests.allSatisfy { $0.passes(row) }
            }
        case .first: appendElements(of: range, in: &places) { $1 == 0 }
        case .rest: appendElements(of: range, in: &places) { $1 > 0 }
        }
    }

    /// Appends values, with the elements of lists in place of the lists, that pass by what they are
    /// and how many came before them.
    private func appendElements(
        of range: Range<Int>, in places: inout [JSONPlace],
        where passes: (JSONPlace, Int) -> Bool
    ) {
        var number = 0
        for position in range {
            let place = places[position]
            if place.kind == .array {
                place.forEachElement { element in
                    if passes(element, number) { places.append(element) }
                    number += 1
                }
            } else if !place.isNull {
                if passes(place, number) { places.append(place) }
                number += 1
            }
        }
    }
}

struct CompiledTest: Sendable {
    private let member: MemberName
    private let values: ComparedTexts
    private let isNegated: Bool

    init(_ test: MappingPath.Test) {
        member = MemberName(test.member)
        values = ComparedTexts(test.values)
        isNegated = test.isNegated
    }

    /// Whether a row passes; a missing member reads as an empty text.
    func passes(_ row: JSONPlace) -> Bool {
        (row.member(member).flatMap { values.contains($0) } ?? values.holdsEmpty) != isNegated
    }
}

/// What is shared by everything compiled for one payload: the beginnings that several paths have in
/// common, so that a record's requisites are chosen once, and the lookups.
struct PathTable: Sendable {
    let lookups: LookupTables
    /// The members that stand for the names of properties; several where lists differ.
    private let properties: [String: [String]]
    private(set) var beginnings: [[CompiledStep]] = []
    private var numbers: [[MappingPath.Step]: Int] = [:]

    init(lookups: LookupTables, properties: [String: [String]] = [:]) {
        self.lookups = lookups
        self.properties = properties
    }

    /// The paths that stand for one that begins with the name of a property, else the path itself.
    func resolved(_ path: MappingPath) -> [MappingPath] {
        guard case .member(let name) = path.steps.first, let members = properties[name] else {
            return [path]
        }
        return members.map { MappingPath(steps: [.member($0)] + path.steps.dropFirst()) }
    }

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

    private static func members(_ steps: ArraySlice<MappingPath.Step>) -> [MemberName] {
        steps.compactMap { if case .member(let name) = $0 { MemberName(name) } else { nil } }
    }
}

/// One payload while it is read, with the shared beginnings that were already followed.
struct PayloadReader {
    let root: JSONPlace
    private let table: PathTable
    /// What the steps of all beginnings reached, one after another.
    private var places: [JSONPlace] = []
    /// Where in it stands what each beginning leads to; `nil` before it was followed.
    private var followed: [Range<Int>?]

    init(_ root: JSONPlace, table: PathTable) {
        self.root = root
        self.table = table
        followed = Array(repeating: nil, count: table.beginnings.count)
    }

    /// Hands over everything at a place; lists are not opened.
    mutating func forEach(at path: CompiledPath, _ body: (JSONPlace) -> Void) {
        guard let base = path.base else { return root.forEach(reachedBy: path.members, body) }
        for number in beginning(base) { places[number].forEach(reachedBy: path.members, body) }
    }

    /// Everything at a place; lists are not opened.
    mutating func values(at path: CompiledPath) -> [JSONPlace] {
        var values: [JSONPlace] = []
        forEach(at: path) { values.append($0) }
        return values
    }

    private mutating func beginning(_ base: Int) -> Range<Int> {
        if let range = followed[base] { return range }
        let reached = CompiledStep.follow(table.beginnings[base], from: root, through: &places)
        let range = reached.startIndex..<reached.endIndex
        followed[base] = range
        return range
    }
}

extension JSONPlace {
    /// Hands over what is reached by names one after another; in a list, each element is looked into.
    func forEach(reachedBy names: [MemberName], from first: Int = 0, _ body: (JSONPlace) -> Void) {
        guard first < names.count else { return body(self) }
        if kind == .array {
            forEachElement { element in
                element.member(names[first])?.forEach(reachedBy: names, from: first + 1, body)
            }
        } else {
            member(names[first])?.forEach(reachedBy: names, from: first + 1, body)
        }
    }
}
