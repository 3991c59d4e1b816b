internal import Records

/// Which lines of two documents are the same line.
///
/// Neither system keeps a link between lines. A line is recognised by its product, where the two
/// products are linked, else by what the product is called, else by its quantity and sum; of several
/// that fit, lines that agree in everything find each other first, then those in the order of their
/// documents.
struct LinePairing {
    /// Lines that are the same, by their places.
    private(set) var pairs: [(left: Int, right: Int)] = []
    /// Lines that only one document has.
    private(set) var onlyLeft: [Int] = []
    private(set) var onlyRight: [Int] = []

    init(_ left: [DocumentLine], _ right: [DocumentLine], products: ReferenceLinks?) {
        onlyLeft = Array(left.indices)
        onlyRight = Array(right.indices)
        let names = (left.map(Self.name), right.map(Self.name))
        /// Whether two lines are of one product; `nil` when it cannot be told.
        func areSame(_ l: Int, _ r: Int) -> Bool? {
            guard let products, let a = left[l].product, let b = right[r].product else {
                return nil
            }
            return products.areSame([a], [b])
        }
        func areSameName(_ l: Int, _ r: Int) -> Bool {
            guard let a = names.0[l], let b = names.1[r] else { return false }
            return a.isSame(as: b)
        }
        func agree(_ l: Int, _ r: Int) -> Bool {
            left[l].quantity == right[r].quantity && left[l].sum == right[r].sum
        }
        func agreePartly(_ l: Int, _ r: Int) -> Bool {
            left[l].quantity == right[r].quantity || left[l].sum == right[r].sum
        }
        pair { areSame($0, $1) == true && agree($0, $1) }
        // A product whose link leads astray is still what the line calls it.
        pair { areSameName($0, $1) && agree($0, $1) }
        pair { areSame($0, $1) == true && agreePartly($0, $1) }
        pair { areSame($0, $1) == true }
        pair { areSame($0, $1) == nil && areSameName($0, $1) && agreePartly($0, $1) }
        pair { areSame($0, $1) == nil && areSameName($0, $1) }
        pair { areSame($0, $1) == nil && agree($0, $1) }
        pairs.sort { ($0.left, $0.right) < ($1.left, $1.right) }
    }

    private static func name(_ line: DocumentLine) -> Meaning? {
        line.name.map { Meaning(of: $0, type: .text) }
    }

    /// Pairs lines that are left, each with the first that fits.
    private mutating func pair(_ fits: (Int, Int) -> Bool) {
        guard !onlyLeft.isEmpty, !onlyRight.isEmpty else { return }
        var rest: [Int] = []
        for l in onlyLeft {
            if let place = onlyRight.firstIndex(where: { fits(l, $0) }) {
                pairs.append((l, onlyRight.remove(at: place)))
            } else {
                rest.append(l)
            }
        }
        onlyLeft = rest
    }
}
