import Testing

@testable import Operations

@Suite("Hashes that are stored")
struct StableHashTests {
    @Test(
        "stay the same in later versions",
        arguments: [
            // Keys of links, models and messages: another value makes all of them anew.
            ([String](), "cbf29ce484222325"), (["a", "b"], "d2b371819297f98a"),
            (["ab"], "e7202e190542452f"), (["Сверка"], "ad1cfbe1297a9fa9"),
        ])
    func pinned(texts: [String], digits: String) {
        #expect(StableHash.of(texts) == digits)
    }
}
