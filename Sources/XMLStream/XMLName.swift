/// The local name of elements and attributes; one object for each name of a document.
///
/// The namespace is left out, since 1C writes a version into it: `urn:1C.ru:commerceml_2`,
/// `http://v8.1c.ru/edi/edi_stnd/EnterpriseData/1.20`.
public final class XMLName: Sendable {
    /// The names of a document are numbered from 0 as they come.
    public let index: Int
    /// The name.
    public let text: String
    /// The name in UTF-8.
    public let utf8: [UInt8]

    init(index: Int, utf8: [UInt8]) {
        self.index = index
        self.utf8 = utf8
        text = String(decoding: utf8, as: UTF8.self)
    }
}

/// The names of a document, found by the addresses at which the parser keeps each once.
struct XMLNameTable {
    private var names: [UnsafePointer<UInt8>: XMLName] = [:]
    /// What was found last, by the middle bits of the address: a document has some fifty names.
    private var recentAddresses: [UnsafePointer<UInt8>?]
    private var recentNames: [XMLName?]

    init() {
        recentAddresses = Array(repeating: nil, count: 256)
        recentNames = Array(repeating: nil, count: 256)
    }

    var count: Int { names.count }

    mutating func name(at address: UnsafePointer<UInt8>) -> XMLName {
        let slot = Int(bitPattern: address) >> 3 & 255
        if recentAddresses[slot] == address, let name = recentNames[slot] { return name }
        let name: XMLName
        if let known = names[address] {
            name = known
        } else {
            var end = address
            while end.pointee != 0 { end += 1 }
            name = XMLName(
                index: names.count,
                utf8: Array(UnsafeBufferPointer(start: address, count: end - address)))
            names[address] = name
        }
        recentAddresses[slot] = address
        recentNames[slot] = name
        return name
    }
}
