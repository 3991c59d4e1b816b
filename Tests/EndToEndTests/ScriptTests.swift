import Foundation
import TestSupport
import Testing

@Suite("The scripts' own set-up")
struct ScriptTests {
    @Test("says which packages are missing, why, and what to ask for where it may not install them")
    func withoutRights() throws {
        let folder = try TemporaryFolder()
        for (name, text) in [
            ("dpkg-query", "exit 1"), ("id", "echo 1000"), ("sudo", "exit 1"),
            ("apt-get", "touch \"$(dirname \"$0\")/called\""),
        ] {
            let file = try folder.write("#!/bin/sh\n\(text)\n", to: name)
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755], ofItemAtPath: file.path)
        }
        let script = """
            export PATH='\(folder.url.path)':/usr/bin:/bin
            source '\(ProjectFolders.root.path)/scripts/lib/setup.sh'
            need_packages "libpq-dev:the PostgreSQL client library" </dev/null
            """
        let outcome = try ExternalTool.run("/bin/bash", ["-c", "{ \(script)\n} 2>&1"])

        let said = String(decoding: outcome.output, as: UTF8.self)
        #expect(outcome.status == 1)
        #expect(said.contains("libpq-dev") && said.contains("the PostgreSQL client library"))
        #expect(said.contains("ask an administrator for"))
        #expect(said.contains("apt-get install --no-install-recommends libpq-dev"))
        let called = folder.url.appending(path: "called").path
        #expect(!FileManager.default.fileExists(atPath: called))
    }
}
