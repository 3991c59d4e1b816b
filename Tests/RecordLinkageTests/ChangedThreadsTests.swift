import Records
import Testing

@testable import RecordLinkage

@Suite("A night on which little changed, on any number of threads")
struct ChangedThreadsTests {
    private static func onThreads(_ count: Int, _ night: Night) -> Night {
        var night = night
        night.options.threads = count
        return night
    }

    @Test("is linked the same", arguments: [UInt64](1...4))
    func threads(seed: UInt64) throws {
        let then = try Night(seed: seed, verdicts: 3, sharing: 8)
        let (_, memory) = try then.remembered()
        var night = then
        night.change(records: 9)
        night.share(more: true)
        let one = try Self.onThreads(1, night).link(memory)
        #expect(one.changes.changed > 0 && !one.result.leftClusters.isEmpty)
        for count in [2, 5] {
            let on = Self.onThreads(count, night)
            let other = try on.link(memory)
            Night.expectSame(other.result, one.result)
            #expect(other.changes == one.changes)
            Night.expectSame(try on.link(memory, knowing: then), one.result)
        }
    }

    @Test("is linked the same where there is one source only", arguments: [UInt64](1...2))
    func single(seed: UInt64) throws {
        var night = try Night(seed: seed, isSingle: true)
        let (_, memory) = try night.remembered()
        night.change(records: 9)
        let one = try Self.onThreads(1, night).link(memory)
        let other = try Self.onThreads(4, night).link(memory)
        Night.expectSame(other.result, one.result)
        #expect(other.changes == one.changes)
    }

    @Test("refuses ids that a side repeats")
    func repeated() throws {
        for isLeft in [true, false] {
            var night = try Night(seed: 7)
            let (_, memory) = try night.remembered()
            if isLeft {
                night.left.append(night.left[3])
            } else {
                night.right.append(night.right[3])
            }
            for count in [1, 4] {
                #expect(throws: MemoryRefusal.repeatedIDs) {
                    try Self.onThreads(count, night).link(memory)
                }
            }
        }
    }
}
