extension Operation {
    /// Writes the entry as the integration does, as a line of JSON.
    func writeLine(to writer: inout ByteWriter) {
        let (seconds, rest) = timestamp.quotientAndRemainder(dividingBy: 1000)
        writer.raw("{\"id\":")
        writer.number(id)
        writer.raw(",\"timestamp\":\"")
        writer.raw(Moment.local(seconds))
        writer.raw(".")
        writer.number(rest, digits: 3)
        writer.raw("+03:00\"")
        for (name, value) in [
            ("operation", action.rawValue), ("type", object.rawValue),
            ("source_system", source), ("target_system", target),
            ("object_id", objectID), ("status", status),
            ("details", details),
        ] {
            writer.raw(",\"\(name)\":")
            writer.string(value)
        }
        writer.raw(",\"duration_ms\":")
        writer.number(Int64(durationMilliseconds))
        writer.raw(",\"error_code\":")
        writer.optionalString(failure?.rawValue)
        writer.raw("}\n")
    }
}

extension World {
    /// What the integration noted on the day before the night, as JSON Lines.
    var lastDayJournal: [UInt8] {
        var writer = ByteWriter(capacity: 1 << 20)
        guard let last = operations.last?.timestamp else { return [] }
        for operation in operations where operation.timestamp > last - 86_400_000 {
            operation.writeLine(to: &writer)
        }
        return writer.bytes
    }
}
