internal import Collection
internal import Definitions
internal import Foundation
internal import Measuring
internal import OneC
internal import Records
internal import Sandbox

// Measures the 1C collector by itself: the sandbox plays the infobase in another process.
//
//     onec-benchmark serve SIZE [METADATA-BYTES]        prints the address and serves until killed
//     onec-benchmark read ADDRESS USER PASSWORD FOLDER MAPPING ENTITY…
//
// FOLDER is `templates`; `read` prints a line for $metadata and one for each entity.

func serve(_ arguments: [String]) async throws {
    var options = SandboxOptions(world: WorldOptions(size: Int(arguments[0]) ?? 1_000, seed: 1))
    options.infobase.configuration = .ut11
    options.infobase.metadataByteCount = arguments.count > 1 ? Int(arguments[1]) ?? 0 : 0
    try await serve(options) { "\($0.infobase)\t\($0.login)\t\($0.password)" }
}

func read(_ arguments: [String]) async throws {
    let folder = URL(filePath: arguments[3])
    let entities = try arguments[5...].map {
        try EntityFile.read(folder.appending(path: "entities/\($0).yaml"))
    }
    let source = OneCSource(
        name: SourceName("infobase"),
        address: try InfobaseAddress(arguments[0], user: arguments[1], password: arguments[2]),
        mapping: try MappingFile.read(
            folder.appending(path: "mappings/\(arguments[4]).yaml"), entities: entities),
        transport: AsyncHTTPTransport())
    let start = processorSeconds()
    let metadata = try await source.metadata()
    print(
        "metadata: \(metadata.setCount) sets, \(processorSeconds() - start) s processor, "
            + "peak \(peakMegabytes()) MB")
    for entity in entities {
        try await measure(entity.name) {
            try await source.collect(entity, progress: { _, _ in }) { _ in }
        }
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
