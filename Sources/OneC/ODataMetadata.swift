internal import Foundation
#if canImport(FoundationXML)
    internal import FoundationXML
#endif

/// What an infobase publishes about one entity set, from its `$metadata`.
///
/// The document reaches 17 MB; it is read as a stream of events of which only the set's own are
/// kept.
struct ODataMetadata: Sendable {
    /// Why the document is of no use.
    enum Fault: Error, Hashable, Sendable {
        /// The root element is another: a login or error page.
        case notMetadata(root: String)
        /// It is not XML, or ends in the middle.
        case broken(line: Int)
    }

    /// Whether the set is published.
    private(set) var isPublished = false
    /// The types of the set's properties by name.
    private(set) var properties: [String: String] = [:]
    /// The names of the columns of a tabular section by the section's row type.
    private(set) var columns: [String: Set<String>] = [:]
    /// How many sets are published in all.
    private(set) var setCount = 0

    /// Reads a document.
    init(_ bytes: [UInt8], set: String) throws(Fault) {
        let listener = Listener(set: set)
        let parser = XMLParser(data: Data(bytes))
        parser.delegate = listener
        let isWhole = parser.parse()
        if let root = listener.root, root.lowercased() != "edmx" {
            throw .notMetadata(root: root)
        }
        // Not every parser minds that a document ends in the middle.
        guard isWhole, listener.isClosed else { throw .broken(line: parser.lineNumber) }
        self = listener.found
    }

    private init() {}

    /// The columns of a tabular section; `nil` when the property is none.
    func columns(of property: String) -> Set<String>? {
        guard let type = properties[property], type.hasPrefix("Collection(") else { return nil }
        let row = type.dropFirst("Collection(".count).dropLast()
        return columns[String(row.split(separator: ".").last ?? row)] ?? []
    }

    private final class Listener: NSObject, XMLParserDelegate {
        let set: String
        var found = ODataMetadata()
        var root: String?
        /// Whether the root element was closed.
        var isClosed = false
        private var type: String?
        private var isOwnEntity = false

        init(set: String) { self.set = set }

        func parser(
            _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
            qualifiedName: String?, attributes: [String: String]
        ) {
            let name = elementName.split(separator: ":").last.map(String.init) ?? elementName
            if root == nil {
                root = name
                if name.lowercased() != "edmx" { parser.abortParsing() }
            }
            switch name {
            case "EntityType":
                isOwnEntity = attributes["Name"] == set
                type = nil
            case "ComplexType":
                isOwnEntity = false
                let name = attributes["Name"] ?? ""
                type = name.hasPrefix(set + "_") ? name : nil
                if let type { found.columns[type] = [] }
            case "Property":
                guard let property = attributes["Name"] else { return }
                if isOwnEntity { found.properties[property] = attributes["Type"] ?? "" }
                if let type { found.columns[type]?.insert(property) }
            case "EntitySet":
                found.setCount += 1
                if attributes["Name"] == set { found.isPublished = true }
            default: break
            }
        }

        func parser(
            _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?,
            qualifiedName: String?
        ) {
            let name = elementName.split(separator: ":").last.map(String.init) ?? elementName
            switch name {
            case root: isClosed = true
            case "EntityType": isOwnEntity = false
            case "ComplexType": type = nil
            default: break
            }
        }
    }
}
