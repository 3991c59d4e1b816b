import Records
import Testing

@Suite("Stable hashes")
struct HashingTests {
    @Test(
        "of 64 bits are those of FNV-1a",
        arguments: [
            ("", "cbf29ce484222325"), ("a", "af63dc4c8601ec8c"), ("foobar", "85944171f73967e8"),
        ])
    func short(text: String, digits: String) {
        var hash = FNV1a64()
        for byte in text.utf8 { hash.add(byte) }
        #expect(String(hash.value, radix: 16) == digits)
    }

    @Test(
        "of 128 bits are those of FNV-1a",
        arguments: [
            ("", "6c62272e07bb014262b821756295c58d"), ("a", "d228cb696f1a8caf78912b704e4a8964"),
            ("foobar", "343e1662793c64bf6f0d3597ba446f18"),
        ])
    func long(text: String, digits: String) {
        var hash = FNV1a128()
        for byte in text.utf8 { hash.add(byte) }
        #expect(String(hash.value, radix: 16) == digits)
    }

    @Test("tell where a text ends and the next begins")
    func parts() {
        var (short, long, whole) = (FNV1a64(), FNV1a128(), FNV1a64())
        for part in ["a", "b"] {
            short.addPart(part)
            long.addPart(part)
        }
        whole.addPart("ab")
        #expect(short.value == 0xd2b3_7181_9297_f98a)
        #expect(whole.value == 0xe720_2e19_0542_452f)
        #expect(String(long.value, radix: 16) == "697222d0e0757277b806e9775b4e0ce2")
    }
}
