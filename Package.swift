// swift-tools-version: 6.2
import Foundation
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// A target of `Sources/`; what it may import is the table in docs/architecture.md.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// The test target of a module; its fixtures stand beside it and are found through `#filePath`.
func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    let fixtures = "\(Context.packageDirectory)/Tests/\(name)Tests/Fixtures"
    return .testTarget(
        name: "\(name)Tests", dependencies: [.byName(name: name), "TestSupport"] + dependencies,
        exclude: FileManager.default.fileExists(atPath: fixtures) ? ["Fixtures"] : [],
        swiftSettings: settings)
}

let asyncHTTPClient = Target.Dependency.product(
    name: "AsyncHTTPClient", package: "async-http-client")
let argumentParser = Target.Dependency.product(
    name: "ArgumentParser", package: "swift-argument-parser")
let hummingbird: [Target.Dependency] = [
    .product(name: "Hummingbird", package: "hummingbird"),
    .product(name: "HummingbirdCore", package: "hummingbird"),
    .product(name: "HTTPTypes", package: "swift-http-types"),
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "Logging", package: "swift-log"),
]
let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOHTTP1", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
    .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
    .product(name: "NIOSSL", package: "swift-nio-ssl"),
]
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")

/// Everything at the root but the resources and their one source file, so that nothing is taken
/// for a part of the `Resources` target, which has to stand at the root.
func besidesResources() throws -> [String] {
    let root = Context.packageDirectory
    func names(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).filter { !$0.hasPrefix(".") }
    }
    let kept: Set = ["sql", "reports", "templates", "Sources", "Package.swift", "Package.resolved"]
    return try names(root).filter { !kept.contains($0) }
        + names(root + "/Sources").filter { $0 != "Resources" }.map { "Sources/\($0)" }
}

let package = try Package(
    name: "sverka",
    products: [
        .executable(name: "sverka", targets: ["sverka"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(
            url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(
            name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
        .systemLibrary(
            name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(
            name: "CXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

        module("Records"),
        // Optimised in debug builds too: without, linking takes thirty times as long, and the tests
        // that link would take minutes.
        .target(
            name: "RecordLinkage", dependencies: ["Records"],
            swiftSettings: settings + [.unsafeFlags(["-O"], .when(configuration: .debug))]),
        module("Reconciliation", ["Records"]),
        module("PostgresClient", ["CLibPQ", crypto, subprocess]),
        module("Spreadsheet", ["CXLSXWriter"]),
        module("Mail", ["CCurl"]),
        module("Channels", [asyncHTTPClient, crypto] + nio),
        module("XMLStream", ["CXML2"]),
        module("Archives", ["CZlib"]),
        module("RemoteFiles", ["CCurl"]),
        module("Collection", ["Records", asyncHTTPClient] + nio),
        module("Bitrix24", ["Collection", "Records", crypto]),
        module("OneC", ["Collection", "Records", "XMLStream", crypto]),
        module("FileSource", ["Archives", "Collection", "Records", "RemoteFiles", "XMLStream"]),
        module("Definitions", ["Records", yams]),
        module("Journal", ["Records"]),
        module("Storage", ["Records", "PostgresClient", crypto]),
        module(
            "Reporting",
            [
                "Archives", "Records", "Definitions", "Storage", "Spreadsheet", "XMLStream",
                mustache,
            ]),
        module("Alerting", ["Records", "Definitions"]),
        module("Sandbox", hummingbird),
        // sql/, reports/ and templates/ stand at the root, where a customer looks for them.
        .target(
            name: "Resources", path: ".",
            exclude: besidesResources(),
            sources: ["Sources/Resources"],
            resources: [.copy("sql"), .copy("reports"), .copy("templates")],
            swiftSettings: settings),
        module(
            "Operations",
            [
                "Records", "RecordLinkage", "Reconciliation", "PostgresClient", "Spreadsheet",
                "Mail", "Channels", "Collection", "Bitrix24", "OneC", "RemoteFiles", "FileSource",
                "Definitions", "Journal", "Alerting",
                "Storage",
                "Reporting", "Resources", mustache, subprocess,
            ]),
        module("WebConsole", ["Operations", "Records", "Storage"] + hummingbird),
        .executableTarget(
            name: "sverka",
            dependencies: [
                "Alerting", "FileSource", "Operations", "RecordLinkage", "Records", "Sandbox",
                "Storage", "WebConsole", argumentParser,
            ],
            swiftSettings: settings),

        // Measured by scripts/bench, see docs/benchmarks.md.
        .executableTarget(
            name: "ingest-benchmark", dependencies: ["PostgresClient"],
            path: "Benchmarks/Ingest", swiftSettings: settings),
        .executableTarget(
            name: "journal-benchmark", dependencies: ["Operations", "PostgresClient"],
            path: "Benchmarks/Journal", swiftSettings: settings),
        .executableTarget(
            name: "alerts-benchmark",
            dependencies: ["Alerting", "Operations", "PostgresClient", "Storage", "TestSupport"],
            path: "Benchmarks/Alerts", exclude: ["fill.sql"], swiftSettings: settings),
        .executableTarget(
            name: "xml-benchmark",
            dependencies: ["Collection", "Definitions", "FileSource", "Records"],
            path: "Benchmarks/XML", swiftSettings: settings),
        .executableTarget(
            name: "faults-benchmark",
            dependencies: [
                "Bitrix24", "Collection", "CollectorTestSupport", "Definitions", "OneC", "Records",
                "Resources", "Sandbox", "TestSupport",
            ],
            path: "Benchmarks/Faults", swiftSettings: settings),
        .executableTarget(
            name: "outbox-benchmark",
            dependencies: ["Mail", "Operations", "PostgresClient", "Storage", "TestSupport"],
            path: "Benchmarks/Outbox", swiftSettings: settings),

        // What the two below share.
        .target(
            name: "Measuring", dependencies: ["Records", "Sandbox"],
            path: "Benchmarks/Measuring", swiftSettings: settings),
        .executableTarget(
            name: "classifier-benchmark", dependencies: ["Definitions", "Journal", "Resources"],
            path: "Benchmarks/ErrorClassifier", swiftSettings: settings),
        .executableTarget(
            name: "monthly-benchmark", dependencies: ["Operations", "PostgresClient", "Storage"],
            path: "Benchmarks/MonthlyReport", exclude: ["fill_findings.sql", "fill_journal.sql"],
            swiftSettings: settings),
        .executableTarget(
            name: "onec-benchmark",
            dependencies: ["Collection", "Definitions", "Measuring", "OneC", "Records", "Sandbox"],
            path: "Benchmarks/OneC", swiftSettings: settings),
        .executableTarget(
            name: "bitrix24-benchmark",
            dependencies: [
                "Bitrix24", "Collection", "Definitions", "Measuring", "Records", "Sandbox",
            ],
            path: "Benchmarks/Bitrix24", exclude: ["fast_bitrix24_read.py"],
            swiftSettings: settings),

        .executableTarget(
            name: "changed-benchmark", dependencies: ["Definitions", "RecordLinkage", "Records"],
            path: "Benchmarks/ChangedNight", swiftSettings: settings),
        .executableTarget(
            name: "workbook-benchmark", dependencies: ["Spreadsheet"],
            path: "Benchmarks/Workbook", exclude: ["yardstick.c"], swiftSettings: settings),

        // What tests share; a library, so that each test target can import it.
        .target(
            name: "TestSupport", path: "Tests/TestSupport",
            exclude: ["Mail/smtp_server.py", "Remote/file_server.py"],
            swiftSettings: settings),
        // Judges what collectors read against the world that the sandbox plays.
        .target(
            name: "CollectorTestSupport", dependencies: ["Collection", "Records", "Sandbox"],
            path: "Tests/CollectorTestSupport", swiftSettings: settings),
        // Lends each test a database of the test run's own private cluster.
        .target(
            name: "DatabaseTestSupport", dependencies: ["PostgresClient", "TestSupport"],
            path: "Tests/DatabaseTestSupport", swiftSettings: settings),
        tests("Records"),
        tests("RecordLinkage", ["Records", "Definitions"]),
        tests("Reconciliation", ["Records", "Definitions"]),
        tests("PostgresClient", ["DatabaseTestSupport"]),
        tests("Spreadsheet"),
        tests("Mail"),
        tests("Channels", hummingbird),
        tests("XMLStream"),
        tests("Archives"),
        tests("RemoteFiles"),
        tests("Collection", ["Records"]),
        tests(
            "Bitrix24",
            ["Collection", "CollectorTestSupport", "Definitions", "Records", "Sandbox"]),
        tests(
            "OneC", ["Collection", "CollectorTestSupport", "Definitions", "Records", "Sandbox"]),
        tests(
            "FileSource",
            [
                "Archives", "Collection", "Definitions", "Records", "RemoteFiles", "Sandbox",
                "XMLStream",
            ]),
        tests("Definitions", ["Records"]),
        tests("Journal", ["Definitions", "Records"]),
        tests(
            "Storage",
            ["DatabaseTestSupport", "PostgresClient", "Reconciliation", "Records", "Definitions"]),
        tests("Reporting", ["Records", "Storage", "Spreadsheet"]),
        tests("Alerting", ["Records"]),
        tests("Sandbox", [asyncHTTPClient]),
        tests(
            "Operations",
            [
                "Alerting", "Channels", "DatabaseTestSupport", "Mail", "PostgresClient",
                "RecordLinkage", "Records", "Reporting", "Sandbox", "Spreadsheet",
                "Storage", yams,
            ]),
        tests("WebConsole", ["Operations", "Records", "Storage", asyncHTTPClient] + nio),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "sverka", "DatabaseTestSupport", "PostgresClient", "Sandbox", "Storage",
                "TestSupport",
            ],
            swiftSettings: settings),
    ]
)

/// Leaves out what a person who works on some targets does not need, with their test targets kept:
/// `SVERKA_ONLY=Sandbox,OneC swift build --build-tests`.
if let names = Context.environment["SVERKA_ONLY"] {
    let byName = Dictionary(uniqueKeysWithValues: package.targets.map { ($0.name, $0) })
    var open = names.split(separator: ",").flatMap { [String($0), "\($0)Tests"] }
    var kept: Set<String> = []
    while let name = open.popLast() {
        guard let target = byName[name], kept.insert(name).inserted else { continue }
        for case .byNameItem(let name, _) in target.dependencies { open.append(name) }
    }
    package.targets.removeAll { !kept.contains($0.name) }
    package.products.removeAll { !kept.contains($0.name) }
}
