internal import Definitions
internal import Foundation

/// Reads the section `outgoing` of the configuration.
enum OutgoingSection {
    static func settings(from node: YAMLNode?) throws(DefinitionError) -> Configuration.Outgoing {
        var settings = Configuration.Outgoing()
        guard let node else { return settings }
        try node.allow(keys: ["personal_data", "attach", "retry_for", "first_retry"])
        if let value = try node.optional("personal_data") {
            settings.masksPersonalData = try SubscriptionsSection.masks(value)
        }
        if let value = try node.optional("attach") { settings.attaches = try value.boolean() }
        if let value = try node.optional("retry_for") {
            settings.retryFor = try ScheduleSection.duration(value)
        }
        if let value = try node.optional("first_retry") {
            settings.firstRetry = try ScheduleSection.duration(value)
        }
        return settings
    }

    /// A size as `500K` or `20M`: thousands and millions of bytes.
    static func byteCount(_ node: YAMLNode) throws(DefinitionError) -> Int {
        let text = try node.text()
        let units: [Character: Int] = ["K": 1_000, "M": 1_000_000]
        guard let unit = text.last.flatMap({ units[$0] }), let number = Int(text.dropLast()),
            (1...1_000_000).contains(number)
        else { throw node.error("expected a size such as 500K or 20M") }
        return number * unit
    }
}
