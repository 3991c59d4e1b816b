/// What the platform answers before the OData interface has a say.
enum PlatformAnswer {
    /// The byte order mark that 1C likes to put before a body.
    static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// The user is not let in.
    static let unauthorized = SandboxReply(
        status: 401, headers: [("WWW-Authenticate", "Basic realm=\"1C:Enterprise 8.3\"")],
        contentType: "text/plain; charset=utf-8",
        body: Array("Идентификация пользователя не выполнена".utf8))

    /// Sessions are blocked: an exception of the platform, not an OData error.
    static let maintenance = maintenance(isJSON: true)

    /// The pool of sessions is exhausted.
    static let noSession = noSession(isJSON: true)

    static func maintenance(isJSON: Bool) -> SandboxReply {
        exception(
            403, "HTTP: Forbidden",
            [
                "Начало сеанса с информационной базой запрещено.\nВедутся технические работы",
                "Ведутся технические работы",
            ], isJSON: isJSON)
    }

    static func noSession(isJSON: Bool) -> SandboxReply {
        exception(406, "HTTP: Not Acceptable", ["Истекло время ожидания сеанса"], isJSON: isJSON)
    }

    /// Every licence is taken by a session.
    static func noLicence(isJSON: Bool) -> SandboxReply {
        exception(
            500, "HTTP: Internal Server Error", ["Не обнаружено свободной лицензии!"],
            isJSON: isJSON)
    }

    /// The session that a cookie names is not there any more.
    static func lostSession(isJSON: Bool) -> SandboxReply {
        exception(400, "HTTP: Bad Request", ["Сеанс не найден"], isJSON: isJSON)
    }

    /// The platform was updated and the web server's extension was not.
    static let versionMismatch = SandboxReply(
        status: 409, contentType: "text/plain; charset=utf-8",
        body: Array(
            "Различаются версии клиента и сервера (8.3.27.1719 - 8.3.27.2130), клиентское приложение: веб-сервис"
                .utf8))

    /// The temporary folder is full.
    static let diskFull = page(
        500, "The device is full '/tmp/v8_x.tmp'. 28(0x0000001C): No space left on device")

    /// A page of the platform's extension for web servers.
    static func page(_ status: Int, _ reason: String) -> SandboxReply {
        SandboxReply(
            status: status, contentType: "text/html; charset=utf-8",
            body: Array(
                """
                <!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN">\r
                <html><head><title>1C:Enterprise 8 application error</title></head><body>\r
                <h2>1C:Enterprise 8 application error:</h2>Unrecoverable error<br>\
                <b>by reason: </b><br>\(reason)</body></html>
                """.utf8))
    }

    private static let resource =
        "Ошибка при выполнении запроса GET к ресурсу /odata/standard.odata:"

    private static func exception(
        _ status: Int, _ title: String, _ causes: [String], isJSON: Bool
    ) -> SandboxReply {
        var writer = ByteWriter()
        writer.raw(mark)
        if isJSON {
            writer.raw(
                "{\"#exception\":\"{http://v8.1c.ru/8.2/virtual-resource-system}Exception\",")
            writer.raw("\"exception\":{\"reason\":\(status),\"descr\":")
            writer.string("\(title)\n\(resource)")
            for cause in causes {
                writer.raw(",\"inner\":{\"descr\":")
                writer.string(cause)
            }
            writer.raw(",\"creationStack\":\"\",\"data\":\"\"")
            writer.raw(String(repeating: "}", count: causes.count + 2))
        } else {
            writer.raw("<exception xmlns=\"http://v8.1c.ru/8.2/virtual-resource-system\" ")
            writer.raw("reason=\"\(status)\"><descr>")
            writer.xml("\(title)\n\(resource)")
            writer.raw("</descr>")
            for cause in causes {
                writer.raw("<inner><descr>")
                writer.xml(cause)
                writer.raw("</descr>")
            }
            writer.raw(String(repeating: "</inner>", count: causes.count))
            writer.raw("</exception>")
        }
        return SandboxReply(
            status: status,
            contentType: isJSON
                ? "application/json;charset=utf-8" : "application/xml;charset=utf-8",
            body: writer.bytes)
    }
}
