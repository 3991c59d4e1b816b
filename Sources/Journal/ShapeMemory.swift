/// Remembers answers by the bytes of a shape, without making a key for each question.
///
/// Keyed by a hash of 64 bits whose bytes are compared, so that a clash costs speed and never a
/// wrong answer. When it is full it begins anew: a stream of ever new shapes stays bounded.
struct ShapeMemory<Answer: Sendable>: Sendable {
    private struct Entry {
        let start: Int
        let count: Int
        let answer: Answer
    }

    private var places: [UInt64: Int] = [:]
    private var entries: [Entry] = []
    private var bytes: [UInt8] = []
    private let limit = 16_384

    /// The answer to bytes that were remembered.
    subscript(key: [UInt8]) -> Answer? {
        guard let place = places[Self.hash(key)] else { return nil }
        let entry = entries[place]
        guard entry.count == key.count else { return nil }
        let isEqual = bytes.withUnsafeBufferPointer { kept in
            key.withUnsafeBufferPointer { key in
                kept[entry.start..<entry.start + entry.count].elementsEqual(key)
            }
        }
        return isEqual ? entry.answer : nil
    }

    mutating func remember(_ key: [UInt8], _ answer: Answer) {
        if entries.count >= limit || bytes.count > 64 * limit { self = Self() }
        places[Self.hash(key)] = entries.count
        entries.append(Entry(start: bytes.count, count: key.count, answer: answer))
        bytes.append(contentsOf: key)
    }

    private static func hash(_ key: [UInt8]) -> UInt64 {
        key.withUnsafeBytes { raw in
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ UInt64(raw.count)
            var index = 0
            while index + 8 <= raw.count {
                let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                hash = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
                hash ^= hash >> 29
                index += 8
            }
            while index < raw.count {
                hash = (hash ^ UInt64(raw[index])) &* 0x0000_0100_0000_01B3
                index += 1
            }
            return hash ^ (hash >> 32)
        }
    }
}
