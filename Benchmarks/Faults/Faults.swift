import CollectorTestSupport
import Foundation
import Sandbox

/// Reads both sandbox systems through seeded random mixes of all their faults, and judges what came
/// of it against the world that is played.
///
///     faults-benchmark [SEEDS [FIRST]]
///
/// Each seed is a sandbox of its own: another world, another configuration of 1C, other behaviours
/// where portals and infobases are known to differ. Every entity that a system keeps is read through
/// faults: see ``FaultVerdict``. Ends with 1 when a snapshot was certified that is not true, or when one
/// was doubted or refused for a reason that none of its faults explains.
@main
struct Faults {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst().compactMap { UInt64($0) }
        let (count, first) = (arguments.first ?? 200, arguments.dropFirst().first ?? 1)
        let soak = try Soak()
        var tally = Tally()
        for configuration in InfobaseConfiguration.allCases {
            try await soak.playWithoutFaults(configuration, &tally)
        }
        for seed in first..<first + count { try await soak.play(seed: seed, &tally) }
        print("\(count) seeds from \(first), \(Soak.size) counterparties")
        for line in tally.lines { print(line) }
        if tally.isWrong { exit(1) }
    }
}
