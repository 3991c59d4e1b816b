import FileSource
import Foundation
import Records
import Testing

@testable import Operations

@Suite("When exported files are taken")
struct FileIntakeTests {
    @Test(
        "when they rest, of either kind, unless a file says that the export has ended",
        arguments: [Configuration.Source.Kind.files, .xml])
    func completeness(kind: Configuration.Source.Kind) {
        let factory = SourceFactory(timeZone: .gmt, resources: ResourceFolders(overrides: nil))
        var source = Configuration.Source(
            name: SourceName("export"), kind: kind, address: "/srv/exchange", user: "",
            password: "", mapping: "")
        #expect(
            factory.intake(source, []).completeness
                == .stable(pause: .seconds(3), deadline: .seconds(900)))
        source.intake.readyFile = "done"
        #expect(factory.intake(source, []).completeness == .marker("done"))
    }
}
