import Collection
import Foundation
import TestSupport
import Testing

@Suite("A private folder")
struct PrivateFolderTests {
    private func mode(_ place: URL) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: place.path)[.posixPermissions] as? Int
    }

    @Test("is closed with all below the data folder, through which the database passes under root")
    func modes() throws {
        let folder = try TemporaryFolder()
        let outer = folder.url.appending(path: "sverka/data")
        let inner = outer.appending(path: "reports/nightly/ru")
        try PrivateFolder.make(inner, in: outer)
        let passable = geteuid() == 0 ? 0o711 : 0o700
        #expect(try mode(outer.deletingLastPathComponent()) == passable)
        #expect(try mode(outer) == passable)
        for place in ["reports", "reports/nightly", "reports/nightly/ru"] {
            #expect(try mode(outer.appending(path: place)) == 0o700)
        }
    }

    @Test("leaves what is there as it is")
    func existing() throws {
        let folder = try TemporaryFolder()
        let outer = folder.url.appending(path: "data")
        try FileManager.default.createDirectory(
            at: outer, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o750])
        try PrivateFolder.make(outer.appending(path: "refused"), in: outer)
        #expect(try mode(outer) == 0o750)
    }
}
