public import Records

/// Links in order, some of which a memory keeps: those become values when they are asked for.
///
/// Of a million links nearly all stand from one night to the next; to write them, their bytes are enough.
public struct LinkList: RandomAccessCollection, Sendable {
    private enum Storage: Sendable {
        case values([Link])
        case kept(KeptLinks)
    }

    private let storage: Storage

    /// Links that are values.
    public init(_ links: [Link]) { storage = .values(links) }

    init(_ kept: KeptLinks) { storage = .kept(kept) }

    /// The first place.
    public var startIndex: Int { 0 }
    /// How many links there are.
    public var endIndex: Int {
        switch storage {
        case .values(let links): links.count
        case .kept(let links): links.count
        }
    }

    /// A link.
    public subscript(position: Int) -> Link {
        switch storage {
        case .values(let links): links[position]
        case .kept(let links): links[position]
        }
    }

    /// The probabilities of all links.
    public var probabilities: [Double] {
        switch storage {
        case .values(let links): links.map(\.probability)
        case .kept(let links): links.probabilities
        }
    }

    /// The kinds of the reasons of all links.
    var kinds: [LinkReason.Kind] {
        switch storage {
        case .values(let links): links.map(\.reason.kind)
        case .kept(let links): links.kinds
        }
    }

    /// What a link says, its texts as bytes.
    public struct Fields {
        /// The bytes of the left id.
        public var left: UnsafeBufferPointer<UInt8>
        /// The bytes of the right id.
        public var right: UnsafeBufferPointer<UInt8>
        /// The kind of its reason.
        public var kind: LinkReason.Kind
        /// The bytes of the detail of its reason.
        public var detail: UnsafeBufferPointer<UInt8>
        /// How probable it is, 0 to 1.
        public var probability: Double
        /// The match weight in bits.
        public var weightBits: Double
        /// Whether the pair is of the one-to-one assignment.
        public var isAssigned: Bool
    }

    /// Hands over what some links say.
    ///
    /// - Parameters:
    ///   - positions: Their places.
    ///   - body: Takes each; the bytes live as long as the call.
    public func forEachFields(of positions: Range<Int>, _ body: (Fields) -> Void) {
        switch storage {
        case .kept(let links): links.forEachFields(of: positions, body)
        case .values(let links): for link in links[positions] { Self.withFields(link, body) }
        }
    }

    static func withFields(_ link: Link, _ body: (Fields) -> Void) {
        var (left, right, detail) = (link.left.rawValue, link.right.rawValue, link.reason.detail)
        left.withUTF8 { left in
            right.withUTF8 { right in
                detail.withUTF8 { detail in
                    body(
                        Fields(
                            left: left, right: right, kind: link.reason.kind, detail: detail,
                            probability: link.probability, weightBits: link.weightBits,
                            isAssigned: link.isAssigned))
                }
            }
        }
    }
}

extension LinkList: Hashable {
    /// Whether two lists have the same links in the same order.
    public static func == (left: LinkList, right: LinkList) -> Bool { left.elementsEqual(right) }

    /// Hashes all links.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(count)
        for link in self { hasher.combine(link) }
    }
}

extension LinkList: ExpressibleByArrayLiteral {
    /// Links that are values.
    public init(arrayLiteral links: Link...) { self.init(links) }
}
