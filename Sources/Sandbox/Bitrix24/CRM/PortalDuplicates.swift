/// `crm.duplicate.findbycomm`: who has a telephone number or an e-mail address.
struct PortalDuplicates {
    private let world: World
    private let type: String
    private let values: Set<String>
    private let entity: String?

    init(_ call: PortalCall) throws(PortalError) {
        guard let type = call.parameter("type")?.text, !type.isEmpty else {
            throw PortalError(
                status: 400, code: .text("Communication type is not defined"),
                description: "Parameter 'type' is required.")
        }
        guard ["PHONE", "EMAIL"].contains(type) else {
            throw PortalError(
                status: 400, code: .text("Communication type is not supported"),
                description: "Communication type '\(type)' is not supported in current context.")
        }
        let given = call.parameter("values")?.entries.compactMap(\.value.text) ?? []
        guard !given.isEmpty else {
            throw PortalError(
                status: 400, code: .text("Communication values is not defined"),
                description: "Parameter 'values' must be array.")
        }
        world = call.world
        self.type = type
        values = Set(given.prefix(20).map { Self.normal($0, type) })
        entity = call.parameter("entity_type")?.text?.uppercased()
    }

    /// The records by kind: native numbers, and an empty list when nothing is found.
    func answer() -> MethodAnswer {
        var found: [(kind: String, ids: [Int64])] = []
        if entity ?? "CONTACT" == "CONTACT" {
            let ids = world.portal.contacts.lazy.filter { contact in
                fits(contact.phoneTexts, contact.email.map { [$0.text] } ?? [])
            }.map(\.id)
            found.append(("CONTACT", Array(ids.prefix(20))))
        }
        // With twenty found of one kind the search goes no further.
        if entity ?? "COMPANY" == "COMPANY", found.first?.ids.count ?? 0 < 20 {
            let ids = world.companies.lazy.filter {
                fits($0.multiField.phones, $0.multiField.emails)
            }.map(\.id)
            found.append(("COMPANY", Array(ids.prefix(20))))
        }
        let parts = found.filter { !$0.ids.isEmpty }.map { kind, ids in
            "\"\(kind)\":[\(ids.map { String($0) }.joined(separator: ","))]"
        }
        return MethodAnswer(json: parts.isEmpty ? "[]" : "{\(parts.joined(separator: ","))}")
    }

    private func fits(_ phones: [String], _ emails: [String]) -> Bool {
        (type == "PHONE" ? phones : emails).contains { values.contains(Self.normal($0, type)) }
    }

    /// Digits without the country's and without an extension; an address in small letters.
    private static func normal(_ text: String, _ type: String) -> String {
        guard type == "PHONE" else { return text.lowercased() }
        let digits = text.prefix { !"дdх;,x".contains($0) }.filter(\.isNumber)
        return String(digits.suffix(10))
    }
}
