/// Telephone numbers and e-mail addresses of a record, in both dialects.
struct MultiField {
    /// The record that they belong to.
    let owner: Int64
    let phones: [String]
    let emails: [String]

    /// The values of one kind: `PHONE` or `EMAIL`; none of `WEB` and `IM`.
    func values(_ kind: String) -> [String] {
        switch kind {
        case "PHONE": phones
        case "EMAIL": emails
        default: []
        }
    }

    /// Writes the values of one kind, as `crm.*.list` shows them.
    ///
    /// - Returns: `false`, having written nothing, when there are none.
    func write(_ kind: String, to writer: inout ByteWriter) -> Bool {
        let values = values(kind)
        guard !values.isEmpty else { return false }
        writer.byte(UInt8(ascii: "["))
        for (index, value) in values.enumerated() {
            if index > 0 { writer.byte(UInt8(ascii: ",")) }
            writer.raw("{\"ID\":\"")
            writer.number(id(kind, index))
            writer.raw("\",\"VALUE_TYPE\":\"")
            writer.raw(index == 0 ? "WORK" : "MOBILE")
            writer.raw("\",\"VALUE\":")
            writer.string(value)
            writer.raw(",\"TYPE_ID\":\"")
            writer.raw(kind)
            writer.raw("\"}")
        }
        writer.byte(UInt8(ascii: "]"))
        return true
    }

    /// Writes all values, as `fm` of `crm.item.list` shows them.
    func writeAll(to writer: inout ByteWriter) {
        writer.byte(UInt8(ascii: "["))
        for kind in ["PHONE", "EMAIL"] {
            for (index, value) in values(kind).enumerated() {
                writer.raw("{\"id\":")
                writer.number(id(kind, index))
                writer.raw(",\"valueType\":\"")
                writer.raw(index == 0 ? "WORK" : "MOBILE")
                writer.raw("\",\"value\":")
                writer.string(value)
                writer.raw(",\"typeId\":\"")
                writer.raw(kind)
                writer.raw("\"},")
            }
        }
        writer.dropLast(UInt8(ascii: ","))
        writer.byte(UInt8(ascii: "]"))
    }

    /// What the short fields of `crm.item.list` show: `phone`, `emailWork` and their like.
    func item(_ name: String) -> PortalValue? {
        switch name {
        case "phone", "phoneWork": .text(phones.first ?? "")
        case "phoneMobile": .text(phones.count > 1 ? phones[1] : "")
        case "email", "emailWork": .text(emails.first ?? "")
        case "phoneMailing", "emailHome", "emailMailing", "imol": .text("")
        default: nil
        }
    }

    private func id(_ kind: String, _ index: Int) -> Int64 {
        owner * 10 + Int64(index) + (kind == "PHONE" ? 0 : 5)
    }
}
