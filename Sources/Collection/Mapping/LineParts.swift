public import Records

/// The texts that the parts of one line gave.
public struct LineParts {
    private var texts = [String?](repeating: nil, count: LinesMapping.Part.allCases.count)

    /// Makes a line of which nothing is said yet.
    public init() {}

    /// The text of a part, cleaned and not empty; `nil` where nothing is said of it.
    public subscript(part: LinesMapping.Part) -> String? {
        get { texts[part.place] }
        set { texts[part.place] = newValue }
    }

    /// Goes on to another line, in the same memory.
    mutating func clear() {
        for place in texts.indices { texts[place] = nil }
    }

    /// The line; `nil` when none of its parts says anything.
    public var line: DocumentLine? {
        guard texts.contains(where: { $0 != nil }) else { return nil }
        var line = DocumentLine(
            product: self[.product], name: self[.name], quantity: number(.quantity),
            sum: number(.sum), vat: self[.vat].map { Quantity($0)?.description ?? $0 })
        if line.sum == nil, let price = number(.price), let quantity = line.quantity {
            line.sum = DocumentLine.sum(price: price, quantity: quantity)
        }
        if let sum = line.sum, let tax = number(.tax) { line.sum = sum.adding(tax) }
        return line
    }

    private func number(_ part: LinesMapping.Part) -> Quantity? {
        self[part].flatMap { FieldConversion.quantity($0) }
    }
}

extension LinesMapping.Part {
    fileprivate var place: Int {
        switch self {
        case .product: 0
        case .name: 1
        case .quantity: 2
        case .price: 3
        case .sum: 4
        case .tax: 5
        case .vat: 6
        }
    }
}
