import Bitrix24
import Collection
import Definitions
import Foundation
import OneC
import Records
import Resources
import Sandbox
import TestSupport

/// Reads both sandbox systems through seeded random mixes of faults, and judges what came of it.
///
///     faults-benchmark [SEEDS [FIRST]]
///
/// Each seed is a sandbox of its own. Every entity that a system gives is read without faults, then
/// with them, then without again: see ``Judgement``. Ends with 1 when a snapshot was certified that
/// is not true.
@main
struct Faults {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst().compactMap { UInt64($0) }
        let (count, first) = (arguments.first ?? 200, arguments.dropFirst().first ?? 1)
        let soak = try Soak()
        var tally = Tally()
        for seed in first..<first + count { try await soak.play(seed: seed, &tally) }
        print("\(count) seeds from \(first), \(soak.world.options.size) counterparties")
        for line in tally.lines { print(line) }
        if tally.isWrong { exit(1) }
    }
}

/// The parts that every seed shares.
struct Soak {
    let world = World(WorldOptions(size: 150, seed: 5))
    private let entities: [EntityDefinition]
    private let portal: MappingDefinition
    private let infobase: MappingDefinition

    init() throws {
        let templates = Resources.directory.appending(path: "templates")
        let entities = try FileManager.default.contentsOfDirectory(
            at: templates.appending(path: "entities"), includingPropertiesForKeys: nil
        ).sorted { $0.path < $1.path }.map { try EntityFile.read($0) }
        self.entities = entities
        func mapping(_ name: String) throws -> MappingDefinition {
            try MappingFile.read(
                templates.appending(path: "mappings/\(name).yaml"), entities: entities)
        }
        portal = try mapping("bitrix24")
        infobase = try mapping("onec-bp30")
    }

    func play(seed: UInt64, _ tally: inout Tally) async throws {
        var options = SandboxOptions(world: world.options)
        options.portal.requestsPerSecond = nil
        let sandbox = Sandbox(options, world: world)
        let addresses = try await sandbox.start()
        // From one request in a hundred to one in five.
        let rate = 0.01 + 0.19 * Double(seed % 8) / 7
        for entity in entities {
            for (system, mapping) in [(SandboxSystem.bitrix24, portal), (.onec, infobase)]
            where mapping[entity.name] != nil {
                func read() async -> Reading {
                    do {
                        return await Reading(of: entity, try source(system, mapping, addresses))
                    } catch {
                        return Reading(failure: error)
                    }
                }
                let before = await read()
                sandbox.resetCounters()
                sandbox.inject(FaultMix(seed: seed, rate: rate, systems: [system]))
                let reading = await read()
                sandbox.inject(nil)
                let met = sandbox.counters.faults
                let after = await read()
                let judgement = Judgement(
                    of: reading, before: before, after: after, met: met,
                    created: Set(
                        sandbox.portalChanges.filter { $0.kind == .created }.map { "\($0.id)" }
                            + sandbox.infobaseChanges.filter { $0.kind == .created }.map(\.key)))
                tally.add(judgement, entity: entity.name, system: system, seed: seed, met: met)
            }
        }
        await sandbox.stop()
    }

    private func source(
        _ system: SandboxSystem, _ mapping: MappingDefinition, _ addresses: SandboxAddresses
    ) throws -> any SnapshotSource {
        // Pauses cost no time: the clock jumps.
        let clock = MonotonicClock(ManualClock())
        let transport = AsyncHTTPTransport(AsyncHTTPTransport.Settings(readTimeout: .seconds(30)))
        switch system {
        case .bitrix24:
            return Bitrix24Source(
                name: SourceName("bitrix24"), access: try Webhook(addresses.bitrixWebhook),
                mapping: mapping, transport: transport, limiter: nil, clock: clock)
        case .onec:
            return OneCSource(
                name: SourceName("1c"),
                address: try InfobaseAddress(
                    addresses.infobase, user: addresses.login, password: addresses.password),
                mapping: mapping, transport: transport, clock: clock)
        }
    }
}
