internal import Synchronization

/// The faults that are switched on, one by one and as a random mix.
final class FaultSwitches: Sendable {
    /// A fault that meets a request, with what it needs to know.
    struct Met: Sendable {
        var fault: SandboxFault
        var seconds: Double
    }

    /// A place in the handling of a request that asks whether a fault belongs there.
    fileprivate struct Question {
        var system: SandboxSystem
        var subject: String
        var place: SandboxFault.Place
        /// What part of a mix's rate applies.
        var share = 1.0
        var wants: (SandboxFault) -> Bool = { _ in true }
    }

    fileprivate struct State {
        var rules: [FaultRule] = []
        var mix: FaultMix?
        /// Requests that the mix has seen, by system and place.
        var seen: [String: UInt64] = [:]
        /// How many requests in a row were met, by system and place.
        var run: [String: Int] = [:]
        /// How often each fault met a request.
        var met: [SandboxFault: Int] = [:]
    }

    private let state = Mutex(State())

    /// Switches a fault on.
    func add(_ rule: FaultRule) { state.withLock { $0.rules.append(rule) } }

    /// Switches a random mix on in place of the one before; `nil` switches it off.
    func mix(_ mix: FaultMix?) {
        state.withLock { state in
            state.mix = mix
            (state.seen, state.run) = ([:], [:])
        }
    }

    /// Switches all faults off.
    func clear() {
        state.withLock { state in
            state.rules = []
            state.mix = nil
        }
    }

    /// The rules that are not yet used up, and the mix.
    var active: (rules: [FaultRule], mix: FaultMix?) {
        state.withLock { state in (state.rules.filter { $0.times > 0 }, state.mix) }
    }

    /// How often each fault met a request.
    var met: [SandboxFault: Int] { state.withLock { $0.met } }

    /// Forgets how often each fault met a request.
    func forget() { state.withLock { $0.met = [:] } }

    // MARK: Questions

    /// The fault that meets a whole request, if one does; counts the request.
    ///
    /// Faults that pass have no meaning for this request and wait for another.
    func transport(
        system: SandboxSystem, subject: String, passes: Set<SandboxFault> = []
    ) -> Met? {
        first(
            Question(
                system: system, subject: subject, place: .request,
                wants: { !passes.contains($0) }))
    }

    /// The fault that meets a batch, if one does; counts the batch.
    func batch() -> SandboxFault? {
        first(Question(system: .bitrix24, subject: "batch", place: .batch))?.fault
    }

    /// The fault that meets a list method, if one does; counts the call.
    func list(
        _ method: String, system: SandboxSystem = .bitrix24, isInBatch: Bool
    ) -> SandboxFault? {
        first(
            Question(
                system: system, subject: method, place: .list, share: isInBatch ? 0.02 : 1))?
            .fault
    }

    /// Whether one certain fault meets this request; counts the request.
    func takes(_ fault: SandboxFault, system: SandboxSystem, subject: String) -> Bool {
        first(
            Question(
                system: system, subject: subject, place: fault.place, wants: { $0 == fault }))
            != nil
    }

    private func first(_ question: Question) -> Met? {
        state.withLock { state in
            let met = state.rule(question) ?? state.drawn(question)
            if let met { state.met[met.fault, default: 0] += 1 }
            return met
        }
    }
}

extension FaultSwitches.State {
    /// The first rule that fits; counts the request against it.
    fileprivate mutating func rule(_ question: FaultSwitches.Question) -> FaultSwitches.Met? {
        let subject = question.subject.lowercased()
        for index in rules.indices {
            let rule = rules[index]
            guard rule.fault.place == question.place, question.wants(rule.fault),
                rule.system == question.system, rule.times > 0,
                rule.subject.isEmpty || subject.contains(rule.subject.lowercased())
            else { continue }
            if rule.skip > 0 {
                rules[index].skip -= 1
                continue
            }
            rules[index].times -= 1
            return FaultSwitches.Met(fault: rule.fault, seconds: rule.seconds)
        }
        return nil
    }

    /// What the mix draws.
    fileprivate mutating func drawn(_ question: FaultSwitches.Question) -> FaultSwitches.Met? {
        guard let mix else { return nil }
        let kind = "\(question.system.rawValue) \(question.place)"
        let number = seen[kind, default: 0]
        seen[kind] = number + 1
        let choice = mix.faults.isEmpty ? SandboxFault.transient(on: question.system) : mix.faults
        let allowed = choice.filter { $0.place == question.place && question.wants($0) }
        guard run[kind, default: 0] < mix.run,
            let fault = mix.draw(
                number, system: question.system, place: question.place, allowed: allowed,
                share: question.share)
        else {
            run[kind] = 0
            return nil
        }
        run[kind, default: 0] += 1
        return FaultSwitches.Met(fault: fault, seconds: mix.seconds)
    }
}
