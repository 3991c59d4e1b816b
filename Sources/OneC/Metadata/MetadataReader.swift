internal import Records
internal import XMLStream

/// Reads `$metadata` piece by piece: no tree is made of it.
final class MetadataReader: XMLHandler {
    /// Why a document is of no use.
    enum Fault: Error, Hashable, Sendable {
        /// The root element is another: a login or error page.
        case notMetadata(root: String)
        /// It is not XML, or ends in the middle.
        case broken(String)
    }

    private static let pieceLength = 65_536

    private var found = InfobaseMetadata()
    private var numbers: [String: UInt32] = [:]
    private var hasRoot = false
    /// The type that is open, and the function.
    private var type: (name: String, shape: InfobaseMetadata.TypeShape)?
    private var function: (name: String, rows: String)?

    /// Reads a document.
    static func read(_ bytes: [UInt8]) throws(Fault) -> InfobaseMetadata {
        let reader = MetadataReader()
        let parser = XMLStreamParser(handler: reader)
        do {
            var start = 0
            while start < bytes.count {
                let end = min(start + pieceLength, bytes.count)
                try parser.feed(Array(bytes[start..<end]))
                start = end
            }
            try parser.finish()
        } catch let fault as Fault {
            throw fault
        } catch let error as XMLError {
            if error.problem == .doctype { throw .notMetadata(root: "!DOCTYPE") }
            throw .broken(error.description)
        } catch {
            throw .broken("\(error)")
        }
        return reader.found
    }

    func startElement(_ name: XMLName, attributes: XMLAttributes) throws {
        guard hasRoot else {
            hasRoot = true
            guard name.text.lowercased() == "edmx" else { throw Fault.notMetadata(root: name.text) }
            return
        }
        switch name.text {
        case "Property": takeProperty(attributes)
        case "PropertyRef":
            if let key = attributes["Name"] { type?.shape.key.append(number(of: key)) }
        case "EntityType", "ComplexType":
            type = attributes["Name"].map { ($0, InfobaseMetadata.TypeShape()) }
        case "EntitySet":
            guard let set = attributes["Name"] else { return }
            found.sets[set] = attributes["EntityType"].map(InfobaseMetadata.localName) ?? set
            mix(["set", set])
        case "FunctionImport":
            function = attributes["Name"].map {
                ($0, attributes["ReturnType"].map(InfobaseMetadata.localName) ?? "")
            }
            if let set = attributes["EntitySetPath"] { bindFunction(to: set) }
        case "Parameter":
            if attributes["Name"] == "bindingParameter", let set = attributes["Type"] {
                bindFunction(to: InfobaseMetadata.localName(set))
            }
        default: break
        }
    }

    func text(_ piece: Span<UInt8>) throws {}

    func endElement(_ name: XMLName) throws {
        switch name.text {
        case "EntityType", "ComplexType":
            if let type { found.types[type.name] = type.shape }
            type = nil
        case "FunctionImport": function = nil
        default: break
        }
    }

    private func takeProperty(_ attributes: XMLAttributes) {
        guard let name = attributes["Name"], let open = type?.name else { return }
        let kind = attributes["Type"] ?? ""
        type?.shape.fields.append(.init(name: number(of: name), type: number(of: kind)))
        mix([open, name, kind])
    }

    private func bindFunction(to set: String) {
        guard let function, !function.rows.isEmpty else { return }
        found.functions["\(set)/\(function.name)"] = function.rows
        mix(["function", set, function.name])
    }

    private func number(of text: String) -> UInt32 {
        if let known = numbers[text] { return known }
        let number = UInt32(found.texts.count)
        numbers[text] = number
        found.texts.append(text)
        return number
    }

    /// Adds a fact to the fingerprint; sums do not depend on the order of the facts.
    private func mix(_ fact: [String]) {
        var hash = FNV1a64()
        for part in fact { hash.addPart(part) }
        found.hash &+= hash.value
    }
}
