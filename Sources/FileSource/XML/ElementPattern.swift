internal import XMLStream

/// Which elements of a document are meant: `Каталог/Товары/Товар`,
/// `Справочник[Имя=Контрагенты]/Элемент`, `A/B | C/B`.
///
/// As in XSLT's match patterns the names are those of the element and of what is around it, so that
/// the root and what else stands outside need not be known. A beginning `/` means the root. A
/// bracket asks for an attribute.
struct ElementPattern: Hashable, Sendable {
    struct Step: Hashable, Sendable {
        var name: String
        var tests: [Test]
    }

    struct Test: Hashable, Sendable {
        var attribute: String
        var values: [String]
        var isNegated: Bool
    }

    struct Path: Hashable, Sendable {
        /// From the outside inwards.
        var steps: [Step]
        var isFromRoot: Bool
    }

    /// An element matches when one of them does.
    let paths: [Path]

    /// Reads a pattern as the `list` of a mapping writes it; `nil` when it is none.
    init?(_ text: String) {
        var paths: [Path] = []
        for alternative in Self.split(text, at: "|") {
            let isFromRoot = alternative.hasPrefix("/")
            var steps: [Step] = []
            for part in Self.split(isFromRoot ? alternative.dropFirst() : alternative, at: "/") {
                guard let step = Self.step(part) else { return nil }
                steps.append(step)
            }
            guard !steps.isEmpty else { return nil }
            paths.append(Path(steps: steps, isFromRoot: isFromRoot))
        }
        guard !paths.isEmpty else { return nil }
        self.paths = paths
    }

    /// The attributes that are asked for.
    var attributes: Set<String> {
        Set(paths.flatMap(\.steps).flatMap(\.tests).map(\.attribute))
    }

    /// Whether the innermost of the open elements is meant.
    func matches(_ open: [OpenElement]) -> Bool {
        paths.contains { Self.matches($0.steps[...], open[...], isFromRoot: $0.isFromRoot) }
    }

    /// Whether the innermost of the open elements is what is directly around one that is meant.
    func holds(_ open: [OpenElement]) -> Bool {
        paths.contains { path in
            path.steps.count > 1
                && Self.matches(path.steps.dropLast(), open[...], isFromRoot: path.isFromRoot)
        }
    }

    private static func matches(
        _ steps: ArraySlice<Step>, _ open: ArraySlice<OpenElement>, isFromRoot: Bool
    ) -> Bool {
        guard open.count >= steps.count, !isFromRoot || open.count == steps.count else {
            return false
        }
        return zip(steps.reversed(), open.reversed()).allSatisfy { step, element in
            step.name == element.name.text
                && step.tests.allSatisfy { test in
                    test.values.contains(element.attributes[test.attribute] ?? "")
                        != test.isNegated
                }
        }
    }

    /// Splits at a sign outside brackets.
    private static func split(_ text: some StringProtocol, at sign: Character) -> [Substring] {
        var parts: [Substring] = []
        var depth = 0
        var start = text.startIndex
        for index in text.indices {
            if text[index] == "[" { depth += 1 }
            if text[index] == "]" { depth -= 1 }
            if text[index] == sign, depth == 0 {
                parts.append(trimmed(text[start..<index]))
                start = text.index(after: index)
            }
        }
        return parts + [trimmed(text[start...])]
    }

    private static func step(_ text: Substring) -> Step? {
        let name = text.prefix { $0 != "[" }
        guard !name.isEmpty, !name.contains("]"), !name.contains(" ") else { return nil }
        var step = Step(name: String(name), tests: [])
        var rest = text.dropFirst(name.count)
        while !rest.isEmpty {
            guard rest.first == "[", let end = rest.firstIndex(of: "]") else { return nil }
            let content = rest[rest.index(after: rest.startIndex)..<end]
            guard let sign = content.firstIndex(of: "=") else { return nil }
            let isNegated = content[..<sign].last == "!"
            let attribute = trimmed(content[..<sign].dropLast(isNegated ? 1 : 0))
            guard !attribute.isEmpty else { return nil }
            step.tests.append(
                Test(
                    attribute: String(attribute),
                    values: split(content[content.index(after: sign)...], at: "|").map(String.init),
                    isNegated: isNegated))
            rest = rest[rest.index(after: end)...]
        }
        return step
    }

    private static func trimmed(_ text: some StringProtocol) -> Substring {
        var text = Substring(text)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}

/// An element that has begun and not ended, with the attributes that somebody asks for.
struct OpenElement {
    let name: XMLName
    var attributes: [String: String] = [:]
    /// Whether it says that what is in it are changes only; `nil` when it says nothing of it.
    var isOfChanges: Bool?
}
