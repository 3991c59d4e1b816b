@testable import Bitrix24
import Collection
import Testing

@Suite("Whose rows are asked for")
struct OwnerNumbersTests {
    @Test(
        "ids come in order and once, and each object knows its own",
        arguments: [
            // Ascending, as a list gives them; then repeated, out of order, and of any spelling.
            ("[1, 2, 30]", ["1", "2", "30"], [0, 1, 2]),
            ("[3, 5, 5, 3, 9]", ["3", "5", "9"], [0, 1, 1, 0, 2]),
            (#"[9, "7", 9, "7", 8]"#, ["9", "7", "8"], [0, 1, 0, 1, 2]),
            (#"[7, "07", "a", "", 7]"#, ["7", "07", "a", ""], [0, 1, 2, 3, 0]),
            ("[null, 4, true, 4, {}]", ["4"], [nil, 0, nil, 0, nil]),
        ] as [(String, [String], [Int?])])
    func numbers(values: String, ids: [String], numbers: [Int?]) throws {
        let objects = try JSONDocument(parsing: values).root.elements.map { value in
            try JSONDocument(parsing: #"{"OWNER":\#(value.jsonText)}"#).root
        }
        let owners = OwnerNumbers(of: objects, JSONKey("OWNER"))
        #expect(owners.ids == ids)
        #expect(owners.numbers == numbers)
    }
}
