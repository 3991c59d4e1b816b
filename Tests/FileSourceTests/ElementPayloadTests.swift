import Collection
import TestSupport
import Testing
import XMLStream

@testable import FileSource

@Suite("Elements as JSON")
struct ElementPayloadTests {
    /// An element of a made-up document.
    private struct Tree {
        var name: String
        var attributes: [(name: String, value: String)] = []
        /// What stands in it: texts and elements in turn.
        var texts: [String] = []
        var children: [Tree] = []

        init(_ name: String) { self.name = name }

        static func random(_ random: inout SeededNumbers, depth: Int) -> Tree {
            let names = ["Ид", "Товар", "a", "b\u{301}", "Цена"]
            var tree = Tree(names.randomElement(using: &random) ?? "a")
            for name in ["x", "Код"] where Bool.random(using: &random) {
                tree.attributes.append((name, text(&random)))
            }
            let count = depth == 0 ? 0 : Int.random(in: 0...4, using: &random)
            tree.children = (0..<count).map { _ in Tree.random(&random, depth: depth - 1) }
            tree.texts = (0...count).map { _ in Bool.random(using: &random) ? text(&random) : "" }
            return tree
        }

        private static func text(_ random: inout SeededNumbers) -> String {
            ["", " ", "шт", "a\"\\b", "<&>", "x\ty", "№ 1"].randomElement(using: &random) ?? ""
        }

        var xml: String {
            func escaped(_ text: String) -> String {
                text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
                    .replacing("\"", with: "&quot;").replacing("\t", with: "&#9;")
            }
            let own = attributes.map { " \($0.name)=\"\(escaped($0.value))\"" }.joined()
            var content = ""
            for (index, text) in texts.enumerated() {
                content += escaped(text) + (index < children.count ? children[index].xml : "")
            }
            return "<\(name)\(own)>\(content)</\(name)>"
        }

        /// The slow, obvious twin: what the element is as JSON.
        func write(to writer: inout JSONWriter, isRecord: Bool) {
            let text = texts.joined()
            let hasWords = text.utf8.contains { $0 > 0x20 }
            guard isRecord || !attributes.isEmpty || !children.isEmpty else {
                return writer.write(text)
            }
            writer.object { writer in
                var members: [(name: String, values: [Tree])] = []
                let own = attributes.map { attribute in
                    var tree = Tree(attribute.name)
                    tree.texts = [attribute.value]
                    return tree
                }
                for child in own + children {
                    if let known = members.firstIndex(where: { $0.name == child.name }) {
                        members[known].values.append(child)
                    } else {
                        members.append((child.name, [child]))
                    }
                }
                for (name, values) in members {
                    writer.name(name)
                    if values.count == 1 {
                        values[0].write(to: &writer, isRecord: false)
                    } else {
                        writer.array { writer in
                            for value in values { value.write(to: &writer, isRecord: false) }
                        }
                    }
                }
                if hasWords {
                    writer.name("text()")
                    writer.write(text)
                }
            }
        }
    }

    @Test("random elements give what the slow twin gives", arguments: 0..<60)
    func random(seed: UInt64) throws {
        var random = SeededNumbers(seed: seed)
        let trees = (0..<20).map { _ in Tree.random(&random, depth: 4) }
        let list = "<r><l>" + trees.map(\.xml).joined(separator: "\n") + "</l></r>"
        let names = Set(trees.map(\.name)).map { "l/" + $0 }.sorted().joined(separator: " | ")
        var found: [String] = []
        let pattern = try #require(ElementPattern(names))
        let parser = XMLStreamParser(
            handler: RecordElements(pattern, changes: nil) { element, _ in
                found.append(element.jsonText)
            })
        let size = Int.random(in: 1...300, using: &random)
        var rest = Array(list.utf8)[...]
        while !rest.isEmpty {
            try parser.feed(Array(rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        try parser.finish()
        try #require(found.count == trees.count)
        for (found, tree) in zip(found, trees) {
            var writer = JSONWriter()
            tree.write(to: &writer, isRecord: true)
            #expect(found == writer.text)
        }
    }
}
