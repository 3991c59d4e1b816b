@testable import Bitrix24
import Collection
import TestSupport
import Testing

@Suite("Operating time")
struct OperatingLedgerTests {
    @Test("a method is not called again before there is room for what its last call cost")
    func waits() {
        var ledger = OperatingLedger(limit: 100)
        ledger.note(40, of: "a", at: .seconds(0))
        #expect(ledger.pause(before: "a", at: .seconds(10)) == .zero)
        ledger.note(80, of: "a", at: .seconds(20))
        // 80 + 40 would pass 90: the first 40 have to be given back.
        #expect(ledger.pause(before: "a", at: .seconds(30)) == .seconds(630))
        #expect(ledger.pause(before: "b", at: .seconds(30)) == .zero)
        #expect(ledger.pause(before: "a", at: .seconds(660)) == .zero)
    }

    @Test("what the portal tells counts for more than what was remembered")
    func portalDecides() {
        var ledger = OperatingLedger(limit: 100)
        ledger.note(60, of: "a", at: .seconds(0))
        ledger.note(62, of: "a", at: .seconds(1))
        // The portal has given the first minute back already.
        ledger.note(3, of: "a", at: .seconds(2))
        #expect(ledger.pause(before: "a", at: .seconds(3)) == .zero)
        // Others who use the same webhook are seen in the sum.
        ledger.note(95, of: "a", at: .seconds(4))
        #expect(ledger.pause(before: "a", at: .seconds(5)) > .zero)
    }

    @Test("what a method had cost before is not taken for the cost of one call")
    func beginsWithSum() {
        var ledger = OperatingLedger(limit: 480)
        ledger.note(300, of: "a", at: .seconds(0))
        #expect(ledger.pause(before: "a", at: .seconds(1)) == .zero)
        ledger.note(304, of: "a", at: .seconds(2))
        #expect(ledger.pause(before: "a", at: .seconds(3)) == .zero)
        // What its answer tells of the first call counts at once: 432 - 140 is less than 300.
        ledger.note(300, of: "b", costing: 140, at: .seconds(0))
        #expect(ledger.pause(before: "b", at: .seconds(1)) == .seconds(659))
    }

    @Test("readings with the same credentials know of each other's time")
    func shared() {
        let time = OperatingTime(limit: 100, clock: MonotonicClock(ManualClock()))
        time.note(40, of: "a")
        time.note(80, of: "a")
        #expect(time.pause(before: "a") == .seconds(660))
        #expect(time.pause(before: "b") == .zero)
    }

    @Test("without a limit nothing waits")
    func box() {
        var ledger = OperatingLedger(limit: nil)
        ledger.note(10_000, of: "a", at: .zero)
        #expect(ledger.pause(before: "a", at: .zero) == .zero)
    }

    @Test("a long reading never passes the limit", arguments: [1.0, 7.5, 30.0, 90.0])
    func neverPasses(cost: Double) {
        // A portal that counts in whole minutes and gives back after ten.
        var ledger = OperatingLedger(limit: 480)
        var spent: [(minute: Int64, cost: Double)] = []
        var now: Int64 = 0
        for _ in 0..<400 {
            let pause = ledger.pause(before: "a", at: .seconds(now))
            now += pause.components.seconds + (pause.components.attoseconds > 0 ? 1 : 0)
            spent.removeAll { ($0.minute + 10) * 60 <= now }
            let before = spent.reduce(0) { $0 + $1.cost }
            #expect(before < 480, "the portal would refuse")
            spent.append((now / 60, cost))
            ledger.note(before + cost, of: "a", at: .seconds(now))
            now += Int64(cost.rounded(.up))
        }
    }
}
