@testable import OneC
import TestSupport
import Testing

@Suite("The ledger of keys")
struct KeyLedgerTests {
    /// What was seen by a dictionary, obviously.
    private struct Twin {
        var passes: [String: Int] = [:]
        var current = 0

        mutating func note(_ key: String) -> (isNewInPass: Bool, isNew: Bool) {
            let before = passes.updateValue(current, forKey: key)
            return (before != current, before == nil)
        }
    }

    @Test("agrees with its slow twin on random keys in several passes", arguments: [0, 40, 3_000])
    func twin(reserved: Int) {
        var random = SeededNumbers(seed: UInt64(reserved) &+ 7)
        var (ledger, twin) = (KeyLedger(), Twin())
        #expect(!ledger.contains(RowKey("a")))
        for _ in 0..<4 {
            ledger.beginPass()
            ledger.reserve(reserved)
            twin.current += 1
            for _ in 0..<2_000 {
                let key = Self.key(random.next() % 3_000)
                let (new, expected) = (ledger.note(RowKey(key)), twin.note(key))
                #expect(new == expected)
            }
            #expect(ledger.count == twin.passes.count)
            for number in 0..<3_000 {
                let key = Self.key(UInt64(number))
                #expect(ledger.contains(RowKey(key)) == (twin.passes[key] == twin.current))
            }
        }
    }

    /// References that differ in few bits, as those of one server do, and other keys.
    private static func key(_ number: UInt64) -> String {
        let digits = String(number / 2, radix: 16)
        let padded = String(repeating: "0", count: 8 - digits.count) + digits
        return number.isMultiple(of: 2)
            ? padded + "-d629-11e5-0a9b-000c295e30eb" : "00-\(number)"
    }
}
