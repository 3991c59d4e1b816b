import Foundation
import TestSupport
import Testing

/// The tables of `scripts/bench tables`: figures about them can be repeated only where they can.
@Suite(
    "Made-up tables for measuring",
    .enabled(if: ExternalTool.python != nil, "there is no python3"))
struct BenchmarkTablesTests {
    private static let kinds = [
        "bank_clients", "building_goods", "clinic_patients", "leasing_vehicles", "publications",
        "restaurants", "shop_loyalty", "supplier_invoices",
    ]

    /// Makes tables of one kind, or of all; each kind has a folder of its own inside.
    private func make(_ kind: String, seed: String) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let python = try #require(ExternalTool.python)
        let script = ProjectFolders.root.appending(path: "Benchmarks/Tables/make.py")
        // Without -B the sources would get compiled files beside them.
        let outcome = try ExternalTool.run(
            python, ["-B", script.path, kind, folder.url.path, seed])
        #expect(outcome.status == 0)
        return folder
    }

    private func lines(_ name: String, of folder: TemporaryFolder) throws -> [Substring] {
        let file = folder.url.appending(path: "publications/\(name).csv")
        return try String(contentsOf: file, encoding: .utf8)
            .split(separator: "\n").dropFirst().map { $0 }
    }

    @Test("are the same bytes for the same seed, and others for another")
    func seeds() throws {
        let (first, again) = (try make("all", seed: "7"), try make("all", seed: "7"))
        let other = try make("all", seed: "8")

        for kind in Self.kinds {
            for name in ["left", "right", "truth"] {
                let path = "\(kind)/\(name).csv"
                let bytes = try [first, again, other].map {
                    try Data(contentsOf: $0.url.appending(path: path))
                }
                #expect(bytes[0] == bytes[1], "\(path)")
                #expect(bytes[0] != bytes[2], "\(path)")
            }
        }
    }

    @Test("hold every id of their truth once, and records without a counterpart")
    func truth() throws {
        let folder = try make("publications", seed: "1")

        let left = try lines("left", of: folder).compactMap { $0.split(separator: "\t").last }
        let right = try lines("right", of: folder).compactMap { $0.split(separator: ",").first }
        let pairs = try lines("truth", of: folder).map { $0.split(separator: ",") }
        let leftTrue = Set(pairs.map { $0[0] })
        let rightTrue = Set(pairs.map { $0[1] })

        #expect(Set(left).count == left.count && Set(right).count == right.count)
        #expect(leftTrue.isStrictSubset(of: left) && rightTrue.isStrictSubset(of: right))
        #expect(Set(pairs).count == pairs.count && pairs.count > 2_400)
    }
}
