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
            let state = try #require(
                URLComponents(string: access.address)?.queryItems?.first { $0.name == "state" }?
                    .value)
            let host = access.address.split(separator: "/")[1]
            // What was pasted by mistake costs no code and is told.
            for (mistake, remedy) in [
                ("https://own.example/?error=access_denied", "has 'code=' in it"),
                ("https://own.example/?code=\(code)&state=old", "of an earlier attempt"),
                ("https://own.example/?code=\(code)&domain=other.example", "portal other.example"),
            ] {
                let error = await #expect(throws: ConfigurationError.self) {
                    try await access.install(code: mistake)
                }
                #expect(error?.description.contains(remedy) == true)
            }
            try await access.install(
                code: " https://own.example/?state=\(state)&code=\(code)&domain=\(host) \n")
            let after = try await scene.night()

            #expect(before.exitCode == 3)
            #expect(before.incomplete.first?.contains("has no tokens") == true)
            #expect(after.exitCode == 0, "\(after.incomplete)")
            #expect(after.entities.first?.recordCounts[.right] == NightScene.world.rightCount)
            let kept = try Data(contentsOf: folder.url.appending(path: "new/portal.tokens"))
            #expect(!String(decoding: kept, as: UTF8.self).contains("access"), "encrypted")
        }
    }

    @Test("takes the code alone as well")
    func code() async throws {
        let folder = try TemporaryFolder()
        try await NightScene.play { scene in
            let scene = try asApplication(scene, in: folder.url)
            let access = try ApplicationAccess(
                scene.configuration, source: nil, resources: ResourceFolders(overrides: nil))
            try await access.install(code: " \(scene.sandbox.authorizationCode()) \n")
            #expect(try await scene.night().exitCode == 0)
        }
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
