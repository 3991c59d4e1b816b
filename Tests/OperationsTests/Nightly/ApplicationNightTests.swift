import Foundation
import Records
import Sandbox
import TestSupport
import Testing

@testable import Operations

@Suite("A night as a local application", .timeLimit(.minutes(10)))
struct ApplicationNightTests {
    /// Reads the scene's portal as its local application.
    private func asApplication(_ scene: NightScene, in folder: URL) throws -> NightScene {
        var scene = scene
        let addresses = scene.addresses
        let server = String(addresses.bitrixOAuth.dropLast("/oauth/".count))
        scene.configuration.sources[.right]?.address = server
        scene.configuration.sources[.right]?.application = .init(
            clientID: addresses.clientID, clientSecret: addresses.clientSecret, server: server,
            tokenFile: folder.appending(path: "new/portal.tokens"),
            key: .text(String(repeating: "0f", count: 32)))
        return scene
    }

    @Test("is turned away until an administrator lets it in, and then reads everything")
    func authorized() async throws {
        let folder = try TemporaryFolder()
        try await NightScene.play { scene in
            let scene = try asApplication(scene, in: folder.url)
            let resources = ResourceFolders(overrides: nil)
            let before = try await scene.night()
            let access = try ApplicationAccess(
                scene.configuration, source: nil, resources: resources)
            let code = scene.sandbox.authorizationCode()
            try await access.install(code: "https://own.example/?state=sverka&code=\(code)")
            let after = try await scene.night()

            #expect(before.exitCode == 3)
            #expect(before.incomplete.first?.contains("has no tokens") == true)
            #expect(after.exitCode == 0, "\(after.incomplete)")
            #expect(after.entities.first?.recordCounts[.right] == NightScene.world.rightCount)
            let kept = try Data(contentsOf: folder.url.appending(path: "new/portal.tokens"))
            #expect(!String(decoding: kept, as: UTF8.self).contains("access"), "encrypted")
        }
    }

    @Test("takes the code itself, or out of the address to which the browser was sent")
    func code() {
        #expect(ApplicationAccess.code(in: " abc \n") == "abc")
        #expect(ApplicationAccess.code(in: "https://x.example/?code=a1&state=sverka") == "a1")
    }

    @Test("says so when no source is read as an application")
    func none() async throws {
        try await NightScene.play { scene in
            let error = #expect(throws: ConfigurationError.self) {
                try ApplicationAccess(
                    scene.configuration, source: nil, resources: ResourceFolders(overrides: nil))
            }
            #expect(error?.description.contains("has an 'application:' section") == true)
        }
    }
}
