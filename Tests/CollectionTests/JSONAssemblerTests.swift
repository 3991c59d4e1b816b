import Foundation
import Testing

@testable import Collection

@Suite("JSON assembler")
struct JSONAssemblerTests {
    /// The text of a document, which is its one value.
    private func text(_ document: JSONDocument) -> UnsafeBufferPointer<UInt8> {
        document.content(document.root.rawRange)
    }

    /// Whether two values have the same tokens, which is more than to read the same.
    private func areSame(_ left: JSONDocument, _ right: JSONDocument) -> Bool {
        guard text(left).elementsEqual(text(right)) else { return false }
        let count = Int(left.tokens[0].next)
        guard count == Int(right.tokens[0].next) else { return false }
        return (0..<count).allSatisfy { index in
            let (a, b) = (left.tokens[index], right.tokens[index])
            return (a.start, a.end, a.next, a.count) == (b.start, b.end, b.next, b.count)
                && a.kind == b.kind && a.flags == b.flags
        }
    }

    @Test("makes what a reader makes of the same text", arguments: 0..<60 as Range<UInt64>)
    func likeReader(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let parts = try (0..<Int.random(in: 0...5, using: &generator)).map { _ in
            try JSONDocument(parsing: RandomJSON.document(using: &generator)).root
        }
        var assembler = JSONAssembler(capacity: 16)
        assembler.array { target in
            for part in parts {
                target.object(extending: part) { target in
                    target.name("ряд \"1\"")
                    target.array { target in
                        for other in parts { target.append(other) }
                    }
                    target.name("around")
                    target.object { $0.members(of: part, except: ComparedTexts(["0", ""])) }
                }
                target.append(part)
            }
        }
        let document = assembler.finish()
        #expect(areSame(document, try JSONDocument(parsing: Array(text(document)))))
    }

    @Test("keeps what was mended in a value, for the object that it comes to stand in")
    func mended() throws {
        let broken = try JSONDocument(parsing: #"{"a": "x\u0000"}"#).root
        let whole = try JSONDocument(parsing: #"{"b": 1}"#).root
        var assembler = JSONAssembler(capacity: 64)
        assembler.array { target in
            target.object(extending: whole) { target in
                target.name("c")
                target.array { $0.append(broken) }
            }
            target.append(whole)
        }
        let root = assembler.finish().root
        #expect(root[0]?.hadNUL == true && root[1]?.hadNUL == false && root.hadNUL)
        #expect(root[0]?.jsonText == #"{"b":1,"c":[{"a":"x"}]}"#)
    }

    @Test("gives anything but an object no members")
    func other() throws {
        let list = try JSONDocument(parsing: "[1, 2]").root
        var assembler = JSONAssembler(capacity: 16)
        assembler.object(extending: list) { target in
            target.name("a")
            target.append(list)
        }
        #expect(assembler.finish().root.jsonText == #"{"a":[1, 2]}"#)
    }
}
