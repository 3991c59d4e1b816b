import Records
import Testing

@testable import Collection

/// Names are told apart by their ends first; every length around the words that are compared is tried.
struct MemberNameTests {
    private func document(_ names: [String]) throws -> JSONDocument {
        var writer = JSONWriter()
        writer.object { writer in
            for (number, name) in names.enumerated() {
                writer.name(name)
                writer.write(number)
            }
        }
        return try JSONDocument(parsing: writer.utf8)
    }

    private func number(of name: String, in document: JSONDocument) -> Int64? {
        document.root.withPlace { $0.member(MemberName(name))?.integer }
    }

    @Test("names of every length up to 40 are found, by themselves and as the text of a search")
    func lengths() throws {
        let names = (0...40).map { String("Наименование_полное_и_ещё_что-нибудь_abc".prefix($0)) }
        let document = try document(names)
        for (expected, name) in names.enumerated() {
            #expect(number(of: name, in: document) == Int64(expected))
            #expect(document.root[name]?.integer == Int64(expected))
        }
    }

    @Test(
        "names that differ in one byte are not the same",
        arguments: [1, 7, 8, 9, 15, 16, 17, 24, 33])
    func differing(length: Int) throws {
        let name = String(repeating: "a", count: length)
        for position in 0..<length {
            var other = Array(name.utf8)
            other[position] = UInt8(ascii: "b")
            let document = try document([String(decoding: other, as: UTF8.self)])
            #expect(number(of: name, in: document) == nil)
            #expect(number(of: name + "a", in: document) == nil)
        }
    }

    @Test("a name with escapes is found, and the last of several counts")
    func escaped() throws {
        let document = try JSONDocument(parsing: #"{"a\u0062":1,"ab":2,"b":3,"a\u0062":4}"#)
        #expect(number(of: "ab", in: document) == 4)
        #expect(number(of: "b", in: document) == 3)
        #expect(number(of: "c", in: document) == nil)
    }

    @Test("what is no object has no members")
    func others() throws {
        let document = try JSONDocument(parsing: #"[["a",1],"a",1,null]"#)
        for element in document.root.elements {
            #expect(element.withPlace { $0.member(MemberName("a")) == nil })
        }
    }
}
