internal import Bitrix24
internal import Collection
internal import Definitions
internal import Foundation
internal import Records
internal import Sandbox

#if canImport(Glibc)
    internal import Glibc
#endif

// Measures the Bitrix24 collector by itself: the sandbox plays the portal in another process.
//
//     bitrix24-benchmark serve SIZE [free]              prints the webhook and serves until killed
//     bitrix24-benchmark read WEBHOOK FOLDER [free] ENTITY…
//
// With `free` neither side has a limit of requests, so that the time is the work's own. FOLDER is
// `templates`. For each entity one line: records, requests, megabytes, seconds of wall and of
// processor time, microseconds of processor time per record, and the peak of resident memory so far.

/// The processor time that this process has used, in seconds.
func processorSeconds() -> Double {
    var usage = rusage()
    getrusage(numericCast(RUSAGE_SELF.rawValue), &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
}

/// The most memory that this process has had, in megabytes.
func peakMegabytes() -> Int {
    var usage = rusage()
    getrusage(numericCast(RUSAGE_SELF.rawValue), &usage)
    return Int(usage.ru_maxrss) / 1_024
}

func serve(_ arguments: [String]) async throws {
    var options = SandboxOptions(world: WorldOptions(size: Int(arguments[0]) ?? 1_000, seed: 1))
    if arguments.contains("free") {
        options.portal.requestsPerSecond = nil
        options.portal.operatingLimit = nil
    }
    let sandbox = Sandbox(options)
    print(try await sandbox.start().bitrixWebhook)
    fflush(nil)
    try await Task.sleep(for: .seconds(3_600))
    await sandbox.stop()
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
    let clock = ContinuousClock()
    for entity in entities {
        let (start, begin) = (processorSeconds(), clock.now)
        let certificate = try await source.collect(entity, progress: { _, _ in }) { _ in }
        let spent = processorSeconds() - start
        let perRecord = spent * 1e6 / Double(max(1, certificate.deliveredCount))
        print(
            "\(entity.name): \(certificate.deliveredCount) records, "
                + "\(certificate.requests) requests (\(certificate.failureCounts)), "
                + "\(certificate.byteCount / 1_048_576) MB, \(clock.now - begin) wall, "
                + "\(spent) s processor, \(perRecord.formatted(.number.precision(.fractionLength(1)))) "
                + "µs per record, peak \(peakMegabytes()) MB, "
                + (certificate.isCertified ? "certified" : "in doubt"))
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
