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
//     bitrix24-benchmark pace WEBHOOK COUNT             sends so many small requests at the usual pace
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
        operating: OperatingTime(limit: plan.operatingLimit))
    for entity in entities {
        try await measure(entity.name) {
            try await source.collect(entity, progress: { _, _ in }) { _ in }
        }
    }
}

/// Sends requests that cost next to nothing, so that nothing but the limiter holds them back.
func pace(_ arguments: [String]) async throws {
    let count = Int(arguments[1]) ?? 200
    let request = HTTPRequest(
        method: "POST", url: arguments[0] + "profile",
        headers: [("Content-Type", "application/json")], body: Array("{}".utf8))
    let pipeline = RequestPipeline(
        transport: AsyncHTTPTransport(), limiter: PortalPlan.standard.limiter())
    let clock = ContinuousClock()
    let begin = clock.now
    for _ in 0..<count {
        try await pipeline.send("profile", request: { _ in request }) { response in
            guard response.status == 200 else {
                throw RefusedAnswer.transient(CollectionError(.limited, "refused"))
            }
        }
    }
    let traffic = await pipeline.traffic
    print(
        "pace: \(count) requests, refused: \(traffic.failures), \(clock.now - begin) wall; "
            + "\(max(0, count - 50) / 2) s by the limits, \(count / 2) s by the rate alone")
}

let arguments = Array(CommandLine.arguments.dropFirst())
switch arguments.first {
case "serve" where arguments.count >= 2: try await serve(Array(arguments.dropFirst()))
case "read" where arguments.count >= 4: try await read(Array(arguments.dropFirst()))
case "pace" where arguments.count == 3: try await pace(Array(arguments.dropFirst()))
default:
    print(
        "usage: bitrix24-benchmark serve SIZE [free] | read WEBHOOK TEMPLATES [free] ENTITY… | "
            + "pace WEBHOOK COUNT")
    exit(2)
}
