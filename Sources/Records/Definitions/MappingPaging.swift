/// One thing that a list which is computed is told: `Dimensions`.
public struct MappingArgument: Hashable, Sendable {
    /// The parameter's name.
    public var name: String
    /// The text that it gets.
    public var value: String

    /// Makes an argument.
    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// How a hand-written service hands out a list in parts.
public struct MappingPaging: Hashable, Sendable {
    /// How the next part is asked for.
    public enum Advance: Hashable, Sendable {
        /// There are no parts: the first answer holds everything.
        case none
        /// By its number in this parameter; the first has this number.
        case page(parameter: String, first: Int)
        /// By the number of rows before it in this parameter.
        case offset(parameter: String)
        /// By what stands at a place of the answer: an address, or with a parameter a mark that
        /// goes there. Nothing there means the end.
        case next(MappingPath, parameter: String?)
    }

    /// How the next part is asked for.
    public var advance: Advance
    /// Where the rows stand in an answer; `nil` when the answer is the list itself.
    public var rows: MappingPath?
    /// Where an answer says how many rows there are in all; `nil` when it does not.
    public var total: MappingPath?
    /// The parameter that takes the number of rows of a part; `nil` when there is none.
    public var sizeParameter: String?
    /// How many rows a part has; shorter ones are the last.
    public var size: Int?

    /// Makes a way of paging.
    public init(
        advance: Advance = .none, rows: MappingPath? = nil, total: MappingPath? = nil,
        sizeParameter: String? = nil, size: Int? = nil
    ) {
        self.advance = advance
        self.rows = rows
        self.total = total
        self.sizeParameter = sizeParameter
        self.size = size
    }
}
