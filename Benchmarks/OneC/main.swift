internal import Collection
internal import Definitions
internal import Foundation
internal import OneC
internal import Records
internal import Sandbox

#if canImport(Glibc)
    internal import Glibc
#endif

// Measures the 1C collector by itself: the sandbox plays the infobase in another process.
//
//     onec-benchmark serve SIZE [METADATA-BYTES]        prints the address and serves until killed
//     onec-benchmark read ADDRESS USER PASSWORD FOLDER MAPPING ENTITY…
//
// For each entity one line: records, requests, megabytes, seconds of wall and of user and system
// time, microseconds of processor time per record, and the peak of resident memory so far.

/// The processor time that this process has used, in seconds.
func processorSeconds() -> Double {
    var usage = rusage()
    getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
}

/// The most memory that this process has had, in megabytes.
func peakMegabytes() -> Int {
    var usage = rusage()
    getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
    return Int(usage.ru_maxrss) / 1_024
}

func serve(_ arguments: [String]) async throws {
    var options = SandboxOptions(world: WorldOptions(size: Int(arguments[0]) ?? 1_000, seed: 1))
    options.infobase.configuration = .ut11
    options.infobase.metadataByteCount = arguments.count > 1 ? Int(arguments[1]) ?? 0 : 0
    let sandbox = Sandbox(options)
    let addresses = try await sandbox.start()
    print("\(addresses.infobase)\t\(addresses.login)\t\(addresses.password)")
    fflush(nil)
    try await Task.sleep(for: .seconds(3_600))
    await sandbox.stop()
}

func read(_ arguments: [String]) async throws {
    let folder = URL(filePath: arguments[3])
    let names = arguments[5...]
    let entities = try names.map {
        try EntityFile.read(folder.appending(path: "entities/\($0).yaml"))
    }
    let source = OneCSource(
        name: SourceName("infobase"),
        address: try InfobaseAddress(arguments[0], user: arguments[1], password: arguments[2]),
        mapping: try MappingFile.read(
            folder.appending(path: "mappings/\(arguments[4]).yaml"), entities: entities),
        transport: AsyncHTTPTransport())
    var start = processorSeconds()
    let clock = ContinuousClock()
    var begin = clock.now
    let metadata = try await source.metadata()
    print(
        "metadata: \(metadata.setCount) sets, \(clock.now - begin) wall, "
            + "\(processorSeconds() - start) s processor, peak \(peakMegabytes()) MB")
    for entity in entities {
        (start, begin) = (processorSeconds(), clock.now)
        let certificate = try await source.collect(entity, progress: { _, _ in }) { _ in }
        let spent = processorSeconds() - start
        let count = max(1, certificate.deliveredCount)
        print(
            "\(entity.name): \(certificate.deliveredCount) records, "
                + "\(certificate.requests) requests, \(certificate.byteCount / 1_048_576) MB, "
                + "\(clock.now - begin) wall, \(spent) s processor, "
                + "\(Int(spent * 1e7 / Double(count)) / 10).\(Int(spent * 1e7 / Double(count)) % 10) "
                + "µs per record, peak \(peakMegabytes()) MB, "
                + (certificate.isCertified ? "certified" : "in doubt"))
    }
}

let arguments = Array(CommandLine.arguments.dropFirst())
switch arguments.first {
case "serve" where arguments.count >= 2: try await serve(Array(arguments.dropFirst()))
case "read" where arguments.count >= 7: try await read(Array(arguments.dropFirst()))
default:
    print(
        "usage: onec-benchmark serve SIZE [METADATA-BYTES] | read ADDRESS USER PASSWORD "
            + "TEMPLATES MAPPING ENTITY…")
    exit(2)
}
