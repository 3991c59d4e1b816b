/// The attributes of a start tag in the order in which they stand; namespaces are none of them.
public struct XMLAttributes: Sendable {
    private let names: [XMLName]
    private let bytes: [UInt8]
    private let ends: [Int]

    static let none = XMLAttributes(names: [], bytes: [], ends: [])

    /// Makes attributes of their names and the ends of their values among the bytes.
    init(names: [XMLName], bytes: [UInt8], ends: [Int]) {
        self.names = names
        self.bytes = bytes
        self.ends = ends
    }

    /// The number of attributes.
    public var count: Int { names.count }

    /// The name of an attribute by its position.
    public func name(at position: Int) -> XMLName { names[position] }

    /// The value of an attribute by its position, in UTF-8.
    public func value(at position: Int) -> ArraySlice<UInt8> {
        bytes[(position == 0 ? 0 : ends[position - 1])..<ends[position]]
    }

    /// The value of an attribute by its name; `nil` when there is none.
    public subscript(name: String) -> String? {
        names.firstIndex { $0.text == name }
            .map { String(decoding: value(at: $0), as: UTF8.self) }
    }
}
