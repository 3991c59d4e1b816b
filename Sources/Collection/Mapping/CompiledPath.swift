internal import Records

/// A path made ready for many payloads: names compared fast, and what several paths share found once.
///
/// A class, since to copy its parts for each payload would count references.
final class CompiledPath: Sendable {
    /// The shared beginning, by its number in ``PathTable``; `nil` when there is none.
    let base: Int?
    /// The names after it; every choice among rows is in the beginning.
    let members: [MemberName]

    init(base: Int?, members: [MemberName]) {
        self.base = base
        self.members = members
    }
}

/// Steps that lead on from a row, with or without choices among rows.
final class CompiledSteps: Sendable {
    private let steps: [CompiledStep]
    /// The names, where there is nothing but names.
    private let members: [MemberName]?

    init(_ path: MappingPath, _ lookups: LookupTables) {
        steps = path.steps.map { CompiledStep($0, lookups) }
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

    init(_ step: MappingPath.Step, _ lookups: LookupTables) {
        switch step {
        case .member(let name): self = .member(MemberName(name))
        case .matching(let tests): self = .matching(tests.map { CompiledTest($0, lookups) })
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
        let start = places.count
        places.append(place)
        return places[follow(steps, from: start..<start + 1, in: &places)]
    }

    /// The range of what is reached by some steps from places that were reached before.
    static func follow(
        _ steps: [CompiledStep], from range: Range<Int>, in places: inout [JSONPlace]
    ) -> Range<Int> {
        var range = range
        for step in steps where !range.isEmpty {
            let end = places.count
            step.reach(from: range, in: &places)
            range = end..<places.count
        }
        return range
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

/// What is shared by everything compiled for one payload: the beginnings that several paths have in
/// common, so that a record's requisites are chosen once, and the lookups.
struct PathTable: Sendable {
    /// A beginning that ends in a choice among rows.
    struct Beginning: Sendable {
        /// The number of the beginning that it goes on from; `nil` for the payload itself.
        let base: Int?
        let steps: [CompiledStep]
    }

    let lookups: LookupTables
    /// The members that stand for the names of properties; several where lists differ.
    private let properties: [String: [String]]
    private(set) var beginnings: [Beginning] = []
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
        let length = Self.length(of: path.steps[...])
        return CompiledPath(
            base: beginning(path.steps[..<length]), members: Self.members(path.steps[length...]))
    }

    /// The steps up to the last choice among rows.
    private static func length(of steps: ArraySlice<MappingPath.Step>) -> Int {
        let choice = steps.lastIndex { if case .member = $0 { false } else { true } }
        return choice.map { $0 + 1 } ?? 0
    }

    /// The number of a beginning; each goes on from the choice before it, which others may share.
    private mutating func beginning(_ steps: ArraySlice<MappingPath.Step>) -> Int? {
        guard !steps.isEmpty else { return nil }
        if let known = numbers[Array(steps)] { return known }
        let shared = Self.length(of: steps.dropLast())
        let base = beginning(steps[..<shared])
        let number = beginnings.count
        numbers[Array(steps)] = number
        let lookups = lookups
        beginnings.append(
            Beginning(base: base, steps: steps[shared...].map { CompiledStep($0, lookups) }))
        return number
    }

    private static func members(_ steps: ArraySlice<MappingPath.Step>) -> [MemberName] {
        steps.compactMap { if case .member(let name) = $0 { MemberName(name) } else { nil } }
    }
}

/// One payload while it is read, with the shared beginnings that were already followed.
struct PayloadReader {
    private(set) var root: JSONPlace
    private let table: PathTable
    /// What the steps of all beginnings reached, one after another.
    private var places: [JSONPlace] = []
    /// Where in it stands what each beginning leads to; `nil` before it was followed.
    private var followed: [Range<Int>?]

    /// Makes a reader; a payload is to be begun before anything is looked for.
    init(table: PathTable) {
        root = Self.nothing
        self.table = table
        followed = Array(repeating: nil, count: table.beginnings.count)
    }

    /// The place of a document that is never given back.
    private nonisolated(unsafe) static let nothing = JSONPlace(
        nullDocument.bytes, nullDocument.tokens, 0)
    private static let nullDocument: JSONDocument = {
        var assembler = JSONAssembler(capacity: 2)
        assembler.array { _ in }
        return assembler.finish()
    }()

    /// Goes on to another payload, in the same memory.
    mutating func begin(_ root: JSONPlace) {
        self.root = root
        places.removeAll(keepingCapacity: true)
        for number in followed.indices { followed[number] = nil }
    }

    /// Hands over everything at a place; lists are not opened.
    @inline(__always)
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

    private mutating func beginning(_ number: Int) -> Range<Int> {
        if let range = followed[number] { return range }
        let beginning = table.beginnings[number]
        let start: Range<Int>
        if let base = beginning.base {
            start = self.beginning(base)
        } else {
            start = places.count..<places.count + 1
            places.append(root)
        }
        let range = CompiledStep.follow(beginning.steps, from: start, in: &places)
        followed[number] = range
        return range
    }
}

extension JSONPlace {
    /// Hands over what is reached by names one after another; in a list, each element is looked into.
    @inline(__always)
    func forEach(reachedBy names: [MemberName], _ body: (JSONPlace) -> Void) {
        names.withUnsafeBufferPointer { names in
            if names.count == 1, kind != .array {
                if let place = member(names[0]) { body(place) }
            } else {
                forEach(reachedBy: names, from: 0, body)
            }
        }
    }

    private func forEach(
        reachedBy names: UnsafeBufferPointer<MemberName>, from first: Int,
        _ body: (JSONPlace) -> Void
    ) {
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
