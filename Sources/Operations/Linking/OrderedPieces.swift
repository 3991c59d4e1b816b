internal import Dispatch
internal import Synchronization

/// Pieces that several threads make and that are taken in order, as soon as it is their turn; where taking
/// is slow, those that were made wait.
enum OrderedPieces {
    private struct State<Piece: Sendable>: Sendable {
        var made: [Int: Piece] = [:]
        var next = 0
        var isTaking = false
        var failure: (any Error)?

        /// The piece whose turn it is, for a thread that will take it; `nil` when it is not made yet,
        /// or another thread is at it.
        mutating func turn() -> Piece? {
            guard !isTaking, failure == nil, let piece = made.removeValue(forKey: next) else {
                return nil
            }
            next += 1
            isTaking = true
            return piece
        }
    }

    /// Makes and takes pieces.
    ///
    /// - Parameters:
    ///   - count: How many there are.
    ///   - make: Makes the piece of a number; called by several threads at once.
    ///   - take: Takes the next piece; called by one thread at a time, in order.
    /// - Throws: The first error of `take`; nothing is taken after it.
    static func make<Piece: Sendable>(
        count: Int, _ make: @Sendable (Int) -> Piece, take: @Sendable (Piece) throws -> Void
    ) throws {
        let state = Mutex(State<Piece>())
        DispatchQueue.concurrentPerform(iterations: count) { number in
            guard state.withLock({ $0.failure == nil }) else { return }
            let piece = make(number)
            var turn = state.withLock { state in
                state.made[number] = piece
                return state.turn()
            }
            while let piece = turn {
                let taken = Result { try take(piece) }
                turn = state.withLock { state in
                    state.isTaking = false
                    if case .failure(let error) = taken { state.failure = error }
                    return state.turn()
                }
            }
        }
        if let failure = state.withLock({ $0.failure }) { throw failure }
    }
}
