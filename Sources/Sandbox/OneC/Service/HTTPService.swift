/// An HTTP service as integrators write one in 1C's own language: `/hs/exchange/‹habit›/‹entity›`.
///
/// There is no standard for such services; the four habits are those that are met most.
struct HTTPService {
    /// How the developer writes JSON.
    enum Habit: String, CaseIterable {
        /// A bare array with everything in it, named like the attributes in 1C.
        case plain
        /// `{"data":[…]}` with Latin names; `?page=1&limit=500`.
        case data
        /// `{"Контрагенты":[…],"Итого":123}`; `?offset=0&limit=500`; numbers, dates and flags are
        /// written as people read them.
        case named
        /// `{"success":true,"error":"","items":[…]}` after a byte order mark, as `text/html`;
        /// `?page=1&limit=500`.
        case items
    }

    /// The service's own code failed.
    static let exception = SandboxReply(
        status: 500, contentType: "text/plain; charset=utf-8",
        body: Array(
            """
            {HTTPСервис.Обмен.Модуль(42)}: Поле объекта не обнаружено (ИНН)
            \tСтруктура.Вставить("ИНН", Выборка.ИНН);
            """.utf8))

    let world: World
    let options: InfobaseOptions

    /// Answers a request; `path` holds the decoded segments after `hs`.
    func respond(_ request: SandboxRequest, path: [String]) -> SandboxReply {
        guard path.count == 3, path[0] == "exchange", let habit = Habit(rawValue: path[1]),
            let entity = ServiceEntity(rawValue: path[2])
        else { return PlatformAnswer.page(404, "Страница не найдена") }
        guard request.method == "GET" else { return PlatformAnswer.page(405, "Метод не найден") }
        let query = FormDecoding.parameters(request.query)
        var rows = entity.rows(of: world)
        if let from = query["from"]?.text {
            rows = rows.filter { row in
                guard case .moment(let date)? = row.first(where: { $0.russian == "Дата" })?.value
                else { return true }
                return Moment.local(Int64(date)) >= from
            }
        }
        let count = rows.count
        if habit != .plain {
            let limit = query["limit"]?.integer.map { Int($0) } ?? 500
            let page = query["page"]?.integer.map { Int($0) } ?? 1
            let offset = query["offset"]?.integer.map { Int($0) } ?? 0
            let skipped = habit == .named ? offset : (page - 1) * limit
            rows = Array(rows.dropFirst(max(0, skipped)).prefix(max(0, limit)))
        }
        return ServiceWriter(habit: habit).reply(entity, rows, count: count)
    }
}

/// Writes rows as a habit has it.
struct ServiceWriter {
    let habit: HTTPService.Habit

    /// The answer.
    func reply(_ entity: ServiceEntity, _ rows: [[ServiceField]], count: Int) -> SandboxReply {
        var writer = ByteWriter(capacity: 256 + rows.count * 512)
        switch habit {
        case .plain: list(rows, to: &writer)
        case .data:
            writer.raw("{\"data\":")
            list(rows, to: &writer)
            writer.raw("}")
        case .named:
            writer.raw("{\"\(entity.title)\":")
            list(rows, to: &writer)
            writer.raw(",\"Итого\":\(count)}")
        case .items:
            writer.raw(PlatformAnswer.mark)
            writer.raw("{\"success\":true,\"error\":\"\",\"items\":")
            list(rows, to: &writer)
            writer.raw("}")
        }
        let type = habit == .items ? "text/html" : "application/json; charset=utf-8"
        return SandboxReply(contentType: type, body: writer.bytes)
    }

    private func list(_ rows: [[ServiceField]], to writer: inout ByteWriter) {
        writer.byte(UInt8(ascii: "["))
        for row in rows {
            writer.byte(UInt8(ascii: "{"))
            for field in row {
                writer.string(habit == .data ? field.latin : field.russian)
                writer.byte(UInt8(ascii: ":"))
                value(field, to: &writer)
                writer.byte(UInt8(ascii: ","))
            }
            writer.dropLast(UInt8(ascii: ","))
            writer.raw("},")
        }
        writer.dropLast(UInt8(ascii: ","))
        writer.byte(UInt8(ascii: "]"))
    }

    private func value(_ field: ServiceField, to writer: inout ByteWriter) {
        if let rows = field.rows { return list(rows, to: &writer) }
        switch (habit, field.value) {
        case (.named, .boolean(let flag)): writer.string(flag ? "Да" : "Нет")
        case (.named, .number): writer.string(Self.grouped(field.value.text))
        case (.named, .moment(let seconds)): writer.string(Self.dotted(seconds))
        default: field.value.write(to: &writer)
        }
    }

    /// `1 234,56`: what 1C's `Строка(Число)` gives, with spaces that do not break.
    private static func grouped(_ text: String) -> String {
        let halves = text.split(separator: ".")
        var digits = ""
        for (index, digit) in (halves.first ?? "0").reversed().enumerated() {
            if index > 0, index % 3 == 0, digit != "-" { digits.append("\u{A0}") }
            digits.append(digit)
        }
        return String(digits.reversed()) + (halves.count > 1 ? ",\(halves[1])" : "")
    }

    /// `15.01.2024 10:30:00`.
    private static func dotted(_ seconds: UInt32) -> String {
        guard seconds > 0 else { return "" }
        return "\(Moment.russianDate(seconds)) \(Moment.local(Int64(seconds)).suffix(8))"
    }
}
