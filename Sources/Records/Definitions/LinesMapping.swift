/// Where the lines of a document stand, and what in a line is what.
public struct LinesMapping: Hashable, Sendable {
    /// What a line says; places begin in the line.
    public enum Part: String, Hashable, Sendable, CaseIterable {
        /// The id of the product.
        case product
        /// What it is called.
        case name
        /// How much of it.
        case quantity
        /// What one unit costs, after discounts and with VAT; for sources that have no ``sum``.
        case price
        /// What the line adds to the document, after discounts and with VAT.
        case sum
        /// VAT that ``sum`` is without, and that is added to it.
        case tax
        /// The rate of VAT in per cent.
        case vat
    }

    /// Where the lines stand in the document.
    public var path: MappingPath
    /// What gives the parts that are known.
    public var parts: [Part: MappingExpression]

    /// Makes a mapping.
    public init(path: MappingPath, parts: [Part: MappingExpression]) {
        self.path = path
        self.parts = parts
    }

    /// The parts in the order of their names.
    public var ordered: [(part: Part, expression: MappingExpression)] {
        Part.allCases.compactMap { part in parts[part].map { (part, $0) } }
    }

    /// The places that are read, from the document inwards.
    var paths: [MappingPath] {
        ordered.flatMap { $0.expression.paths.map { path.appending($0) } }
    }
}
