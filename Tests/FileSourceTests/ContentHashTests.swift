@testable import FileSource
import Testing

@Suite("Hashes of contents")
struct ContentHashTests {
    @Test("stay the same in later versions: rows without ids are known by them, and files")
    func pinned() {
        #expect(
            ContentHash.bytes(of: Array("foobar".utf8)) == [
                0x34, 0x3e, 0x16, 0x62, 0x79, 0x3c, 0x64, 0xbf, 0x6f, 0x0d, 0x35, 0x97, 0xba, 0x44,
                0x6f, 0x18,
            ])
        var names = RowNames()
        #expect(names.name(of: ["a", "b"]) == "697222d0e0757277b806e9775b4e0ce2")
        #expect(names.name(of: ["a", "b"]) == "697222d0e0757277b806e9775b4e0ce2-2")
    }
}
