import Foundation
import Sandbox
import Testing

@Suite("Random faults")
struct FaultMixTests {
    private func statuses(_ text: String, count: Int = 120) async throws -> [Int] {
        try await withSandbox(size: 20) { client, sandbox in
            sandbox.inject(try FaultMix(text: text))
            var statuses: [Int] = []
            for _ in 0..<count {
                // A broken connection counts as no status.
                statuses.append((try? await client.call("profile").status) ?? 0)
            }
            return statuses
        }
    }

    @Test("are the same for the same seed and requests, others for another seed")
    func deterministic() async throws {
        let mix = "rate=0.3,faults=html502|internalError|queryLimit|html504"
        let first = try await statuses("seed=7,\(mix)")
        let again = try await statuses("seed=7,\(mix)")
        let other = try await statuses("seed=8,\(mix)")
        #expect(first == again)
        #expect(first != other)
        #expect((15...60).contains(first.count { $0 != 200 }))
        #expect(Set(first).isSuperset(of: [200, 500, 502, 503]))
    }

    @Test("let one request through after as many in a row as were met")
    func run() async throws {
        let always = try await statuses("rate=1,run=2,faults=html502", count: 9)
        #expect(always == [502, 502, 200, 502, 502, 200, 502, 502, 200])
    }

    @Test("meet the infobase too, or only one of the two systems")
    func systems() async throws {
        try await withSandbox(size: 20) { client, sandbox in
            sandbox.inject(try FaultMix(text: "rate=1,system=onec,faults=noSession"))
            #expect(try await client.call("profile").status == 200)
            #expect(try await client.odata("").status == 406)
            #expect(sandbox.counters.faults == [.noSession: 1])
            sandbox.clearFaults()
            #expect(try await client.odata("").status == 200)
        }
    }

    @Test("are read from a line, which is written back the same")
    func text() throws {
        let mix = try FaultMix(text: "seed=3,rate=0.05,system=bitrix24,faults=reset|slow,run=4")
        #expect(mix.seed == 3 && mix.rate == 0.05 && mix.run == 4)
        #expect(mix.systems == [.bitrix24] && mix.faults == [.reset, .slow])
        #expect(try FaultMix(text: mix.text) == mix)

        let rule = try FaultRule(text: "slow,on=crm.company.list,skip=3,times=2,seconds=5")
        #expect(rule.fault == .slow && rule.system == .bitrix24 && rule.seconds == 5)
        #expect(rule.subject == "crm.company.list" && rule.skip == 3 && rule.times == 2)
        #expect(try FaultRule(text: rule.text) == rule)
        #expect(try FaultRule(text: "maintenance").system == .onec)
    }

    @Test(
        "say which part of a line is wrong",
        arguments: [
            ("html503", "no fault is called 'html503'"), ("reset,times=x", "'times=x'"),
            ("reset,system=sap", "the systems are bitrix24 and onec"),
            ("reset,often=2", "'often=2' is no part of a fault"),
        ])
    func wrong(text: String, complaint: String) {
        let error = #expect(throws: SandboxTextError.self) { try FaultRule(text: text) }
        #expect(error?.description.contains(complaint) == true)
        #expect(throws: SandboxTextError.self) { try FaultMix(text: "rate=2") }
    }
}
