internal import Records

/// Compares the lines of two documents that are the same document.
struct LinesComparison {
    /// What the lines of one side say at all; what a side never says differs from nothing.
    struct Kept: OptionSet {
        let rawValue: UInt8

        static let quantity = Kept(rawValue: 1)
        static let sum = Kept(rawValue: 2)
        static let vat = Kept(rawValue: 4)
        static let all: Kept = [.quantity, .sum, .vat]
    }

    /// How the lines of two documents differ.
    struct Difference {
        /// A reason of ``FindingReason``.
        var reason: String
        /// The lines concerned, one after another, as each side has them: `3. Бумага А4: 10`.
        var leftValue: String?
        var rightValue: String?
        /// By how much the sums of the lines differ, left less right; `nil` where it is not known.
        var sum: Quantity?
    }

    /// Links of the products; `nil` where they are not known.
    var products: ReferenceLinks?
    /// What both sides say.
    var kept = Kept.all
    /// How far sums of lines may lie apart.
    var tolerance = Tolerance.none

    /// As many lines are told one by one.
    private static let mostLines = 5

    /// What differs; `nil` when nothing does.
    func difference(_ left: [DocumentLine], _ right: [DocumentLine]) -> Difference? {
        let pairing = LinePairing(left, right, products: products)
        var found: [(left: Int?, right: Int?, aspects: Set<Aspect>)] = []
        for (l, r) in pairing.pairs {
            let aspects = aspects(left[l], right[r])
            if !aspects.isEmpty { found.append((l, r, aspects)) }
        }
        for l in pairing.onlyLeft { found.append((l, nil, [.onlyLeft])) }
        for r in pairing.onlyRight { found.append((nil, r, [.onlyRight])) }
        let splits = SplitLines(left, right, pairing)
        found.removeAll { splits.addUp($0.left, $0.right, self) }
        guard !found.isEmpty else { return nil }
        found.sort { ($0.left ?? .max, $0.right ?? .max) < ($1.left ?? .max, $1.right ?? .max) }
        let aspects = found.reduce(into: Set<Aspect>()) { $0.formUnion($1.aspects) }
        let only = aspects.count == 1 ? aspects.first : nil
        func told(_ lines: [DocumentLine], _ others: [DocumentLine], _ side: Side) -> String? {
            let texts = found.compactMap { difference -> String? in
                let own = side == .left ? difference.left : difference.right
                let other = side == .left ? difference.right : difference.left
                guard let own else { return nil }
                let name =
                    lines[own].name ?? other.flatMap { others[$0].name } ?? lines[own].product
                return Self.text(own + 1, name, lines[own], only)
            }
            guard !texts.isEmpty else { return nil }
            let rest = texts.count - Self.mostLines
            return texts.prefix(Self.mostLines).joined(separator: "; ")
                + (rest > 0 ? "; … +\(rest)" : "")
        }
        return Difference(
            reason: only?.reason ?? FindingReason.linesDiffer,
            leftValue: told(left, right, .left), rightValue: told(right, left, .right),
            sum: kept.contains(.sum) ? Self.distance(left, right) : nil)
    }

    /// What of two lines that are the same differs.
    func aspects(_ left: DocumentLine, _ right: DocumentLine) -> Set<Aspect> {
        var aspects: Set<Aspect> = []
        let hasOtherQuantity =
            kept.contains(.quantity) && left.quantity != right.quantity
        if hasOtherQuantity { aspects.insert(.quantity) }
        if kept.contains(.sum), !areNear(left, right) {
            // Of another quantity another sum is the consequence, as long as the price is the same.
            if !hasOtherQuantity || !haveOnePrice(left, right) { aspects.insert(.price) }
        }
        if kept.contains(.vat), (left.vat ?? "0") != (right.vat ?? "0") { aspects.insert(.vat) }
        return aspects
    }

    /// Whether two sums of a line are the same: a price that was rounded to the kopeck makes another
    /// half of one for each unit.
    private func areNear(_ left: DocumentLine, _ right: DocumentLine) -> Bool {
        guard let a = left.sum, let b = right.sum else { return left.sum == right.sum }
        if tolerance.allows(a, b) { return true }
        guard let quantity = left.quantity ?? right.quantity else { return false }
        return Self.isWithin(a, b, halfKopecks: quantity)
    }

    /// Whether two numbers lie no further apart than so many halves of a hundredth.
    static func isWithin(_ a: Quantity, _ b: Quantity, halfKopecks: Quantity) -> Bool {
        let scale = max(a.scale, b.scale)
        let distance = (a.scaled(to: scale) - b.scaled(to: scale)).magnitude
        func power(_ exponent: UInt8) -> UInt128 {
            (0..<exponent).reduce(UInt128(1)) { power, _ in power * 10 }
        }
        let claimed = distance * 200 * power(halfKopecks.scale)
        return claimed <= UInt128(halfKopecks.units.magnitude) * power(scale)
    }

    private func haveOnePrice(_ left: DocumentLine, _ right: DocumentLine) -> Bool {
        guard let a = left.unitPrice, let b = right.unitPrice else { return false }
        return Tolerance.absolute(Quantity(units: 1, scale: 2)).allows(a, b)
    }

    /// The sum of the left lines less that of the right ones; `nil` when a line has none.
    private static func distance(_ left: [DocumentLine], _ right: [DocumentLine]) -> Quantity? {
        func total(_ lines: [DocumentLine]) -> Quantity? {
            lines.reduce(Quantity(units: 0, scale: 0)) { total, line in
                line.sum.flatMap { sum in total.flatMap { $0.adding(sum) } }
            }
        }
        guard let a = total(left), let b = total(right) else { return nil }
        return a.adding(Quantity(units: -b.units, scale: b.scale))
    }

    /// `3. Бумага А4: 10`, or all that the line says where several things differ.
    private static func text(
        _ number: Int, _ name: String?, _ line: DocumentLine, _ only: Aspect?
    ) -> String {
        let head = "\(number)." + (name.map { " \($0)" } ?? "")
        let quantity = line.quantity?.description ?? "?"
        let percent = (line.vat ?? "0") + " %"
        let price = line.unitPrice?.description ?? "?"
        return switch only {
        case .quantity: "\(head): \(quantity)"
        case .price: "\(head): \(quantity) × \(price)"
        case .vat: "\(head): \(percent)"
        case .onlyLeft, .onlyRight: "\(head): \(quantity) × \(price)"
        case nil: "\(head): \(quantity) × \(price), \(percent)"
        }
    }

    /// What can differ of a line.
    enum Aspect: Hashable {
        case quantity, price, vat, onlyLeft, onlyRight

        var reason: String {
            switch self {
            case .quantity: FindingReason.lineQuantity
            case .price: FindingReason.linePrice
            case .vat: FindingReason.lineVAT
            case .onlyLeft: FindingReason.lineOnlyLeft
            case .onlyRight: FindingReason.lineOnlyRight
            }
        }
    }
}
