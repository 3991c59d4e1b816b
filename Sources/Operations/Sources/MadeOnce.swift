internal import Synchronization

/// Things of which there is one for each key, made when it is first asked for.
final class MadeOnce<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private let made = Mutex<[Key: Value]>([:])

    /// The thing of a key.
    ///
    /// - Parameters:
    ///   - key: What it belongs to.
    ///   - make: Makes it; must not ask for another one.
    /// - Returns: What was made for the key first.
    func value(of key: Key, make: () -> Value) -> Value {
        made.withLock { made in
            if let known = made[key] { return known }
            let new = make()
            made.updateValue(new, forKey: key)
            return new
        }
    }

    /// Everything that was made, in no order.
    var values: [Value] { made.withLock { Array($0.values) } }

    /// Forgets what was made; it lives on where it is in use.
    func forget() { made.withLock { $0 = [:] } }
}
