import Foundation
import FoundationXML

/// `$metadata` as a reader sees it.
final class Edmx: NSObject, XMLParserDelegate {
    struct Kind {
        var keys: [String] = []
        /// EDM types by name.
        var properties: [String: String] = [:]
        var nullable: Set<String> = []
        var navigations: Set<String> = []
    }

    private(set) var kinds: [String: Kind] = [:]
    private(set) var sets: [String] = []
    private(set) var functions: [(name: String, boundTo: String, returns: String)] = []
    private var current = ""

    /// Reads a document; `nil` when it is not well-formed.
    init?(_ data: Data) {
        super.init()
        // As a stream: a document of 15 MB at once is more than the parser looks ahead.
        let parser = XMLParser(stream: InputStream(data: data))
        parser.delegate = self
        guard parser.parse() else { return nil }
    }

    func parser(
        _ parser: XMLParser, didStartElement element: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String] = [:]
    ) {
        let name = attributes["Name"] ?? ""
        switch element {
        case "EntityType", "ComplexType":
            current = name
            kinds[name] = Kind()
        case "PropertyRef": kinds[current]?.keys.append(name)
        case "Property":
            kinds[current]?.properties[name] = attributes["Type"]
            if attributes["Nullable"] != "false" { kinds[current]?.nullable.insert(name) }
        case "NavigationProperty": kinds[current]?.navigations.insert(name)
        case "EntitySet": sets.append(name)
        case "FunctionImport": functions.append((name, "", attributes["ReturnType"] ?? ""))
        case "Parameter" where name == "bindingParameter":
            functions[functions.count - 1].boundTo = attributes["Type"] ?? ""
        default: break
        }
    }

    /// The type that a collection is of.
    func rows(of type: String) -> Kind? {
        guard type.hasPrefix("Collection(StandardODATA.") else { return nil }
        return kinds[String(type.dropFirst("Collection(StandardODATA.".count).dropLast())]
    }
}
