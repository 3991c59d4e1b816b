/// Which components are decided again.
struct Openings {
    private let changes: RecordChanges
    private let components: Frozen<UInt32>
    /// By the component's name.
    private(set) var isOpen: [Bool]

    init(_ changes: RecordChanges, _ components: Frozen<UInt32>) {
        (self.changes, self.components) = (changes, components)
        isOpen = [Bool](repeating: false, count: components.count)
        for base in 0..<UInt32(components.count)
        where changes.isChanged[Int(changes.jointOfBase[Int(base)])] { open(base: base) }
    }

    mutating func open(base: UInt32) { isOpen[Int(components[Int(base)])] = true }

    mutating func open(number: UInt32) {
        let base = changes.baseOfNow[Int(number)]
        if base != RecordChanges.none { open(base: base) }
    }

    /// Whether a record is decided about again.
    func isOpen(number: UInt32) -> Bool {
        let base = changes.baseOfNow[Int(number)]
        return base == RecordChanges.none || isOpen[Int(components[Int(base)])]
    }

    /// A pair is no candidate any more; it matters where it was evidence.
    mutating func lost(_ pair: UInt64) {
        let (a, b) = (Int(pair >> 32), Int(pair & 0xFFFF_FFFF))
        // What is gone, or changed, is open anyway.
        guard a < changes.nowCount, b < changes.nowCount else { return }
        let (first, second) = (changes.baseOfNow[a], changes.baseOfNow[b])
        guard first != RecordChanges.none, second != RecordChanges.none else { return }
        if components[Int(first)] == components[Int(second)] { open(base: first) }
    }

    /// The records of then that open components have.
    func records(_ count: Int) -> Bits {
        var bits = Bits(count: count)
        for base in 0..<count where isOpen[Int(components[base])] { bits.mark(base) }
        return bits
    }

    /// The records of now that open components have, and those that are new.
    func records() -> [UInt32] {
        (0..<UInt32(changes.nowCount)).filter { isOpen(number: $0) }
    }
}
