internal import Collection
public import Foundation
internal import Synchronization

/// What everything that reads one infobase as one user shares: that one request is sent at a time,
/// and that user or password is wrong.
///
/// 1C locks accounts that go on guessing. Credentials that were refused are therefore not sent again
/// before a person has acted: has written others into the configuration, or has asked for a new try
/// (``forgetRefusal()``). With a file that holds for other processes and later ones too.
public final class InfobaseAccess: Sendable {
    private struct State {
        var refusal: CollectionError?
        /// Whether the refusal stands in the file, so that it is over when the file is gone.
        var isKept = false
    }

    let gate: RequestGate
    private let address: InfobaseAddress
    private let file: RefusalFile?
    private let state = Mutex(State())

    /// Makes the access of one reader.
    ///
    /// - Parameters:
    ///   - address: The infobase and the credentials.
    ///   - folder: Where to keep that the credentials were refused; `nil` to keep it in memory only.
    ///   - neighbour: Another access to the same infobase, whose requests come one after another with
    ///     those of this one.
    public init(
        to address: InfobaseAddress, refusalsIn folder: URL? = nil,
        beside neighbour: InfobaseAccess? = nil
    ) {
        self.address = address
        gate = neighbour?.gate ?? RequestGate()
        file = folder.map { RefusalFile(of: address, in: $0) }
    }

    /// Tries the credentials again at the next request: a person has asked for it.
    public func forgetRefusal() {
        state.withLock { state in
            state = State()
            file?.remove()
        }
    }

    /// Remembers that user or password is wrong, if an answer says so.
    func learn(from response: HTTPResponse) {
        guard response.status == 401 else { return }
        let fault = InfobaseFault(status: response.status, body: response.body)
        guard fault.isWrongPassword else { return }
        let error = fault.answer(to: "the user", at: address.label).error
        state.withLock { state in
            guard state.refusal == nil else { return }
            state.refusal = error
            state.isKept = file?.write(error, of: address) ?? false
        }
    }

    /// Throws what the infobase said to these credentials before.
    func checkCredentials() throws(CollectionError) {
        let refusal = state.withLock { state -> CollectionError? in
            // Inside the lock: what was read before a refusal was written would undo it.
            let kept = file?.read(for: address)
            // Somebody has asked for a new try, in this process or another.
            if kept == nil, state.isKept { state = State() }
            return state.refusal ?? kept
        }
        if let refusal { throw refusal }
    }
}
