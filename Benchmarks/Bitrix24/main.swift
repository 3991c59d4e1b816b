internal import Bitrix24
internal import Collection
internal import Definitions
internal import Foundation
internal import Measuring
internal import Records
internal import Sandbox

// Measures the Bitrix24 collector by itself: the sandbox plays the portal in another process.
//
//     bitrix24-benchmark serve SIZE [free]              prints the webhook and serves until killed
//     bitrix24-benchmark read WEBHOOK FOLDER [free] ENTITY…
//
// With `free` neither side has a limit of requests, so that the time is the work's own. FOLDER is
// `templates`; `read` prints a line for each entity.

func serve(_ arguments: [String]) async throws {
    var options = SandboxOptions(world: WorldOptions(size: Int(arguments[0]) ?? 1_000, seed: 1))
    if arguments.contains("free") {
        options.portal.requestsPerSecond = nil
        options.portal.operatingLimit = nil
    }
    try await serve(options) { $0.bitrixWebhook }
}

func read(_ arguments: [String]) async throws {
    let folder = URL(filePath: arguments[1])
    let isFree = arguments[2] == "free"
    let entities = try arguments[(isFree ? 3 : 2)...].map {
        try EntityFile.read(folder.appending(path: "entities/\($0).yaml"))
    }
    let plan: PortalPlan = isFree ? .box : .standard
    let source = Bitrix24Source(
        name: SourceName("portal"), access: try Webhook(arguments[0]),
        mapping: try MappingFile.read(
            folder.appending(path: "mappings/bitrix24.yaml"), entities: entities),
        transport: AsyncHTTPTransport(), limiter: plan.limiter(),
        operatingLimit: plan.operatingLimit)
    for entity in entities {
        try await measure(entity.name) {
            try await source.collect(entity, progress: { _, _ in }) { _ in }
        }
    }
}

let arguments = Array(CommandLine.arguments.dropFirst())
switch arguments.first {
case "serve" where arguments.count >= 2: try await serve(Array(arguments.dropFirst()))
case "read" where arguments.count >= 4: try await read(Array(arguments.dropFirst()))
default:
    print("usage: bitrix24-benchmark serve SIZE [free] | read WEBHOOK TEMPLATES [free] ENTITY…")
    exit(2)
}
