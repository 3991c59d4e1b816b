/// A refusal of the OData interface, with 1C's internal code.
struct ODataError: Error {
    var status: Int
    var code: Int
    var message: String

    init(_ status: Int, code: Int, _ message: String) {
        self.status = status
        self.code = code
        self.message = message
    }

    static func unknownSet(_ name: String) -> ODataError {
        ODataError(404, code: 8, "Сущность \"\(name)\" не найдена")
    }
    static let unknownKey = ODataError(404, code: 9, "Экземпляр сущности не найден")
    static func unknownSegment(_ name: String) -> ODataError {
        ODataError(400, code: 6, "Сегмент пути \(name) не найден!")
    }
    static func unsupportedOption(_ name: String) -> ODataError {
        ODataError(400, code: 0, "Параметр \(name) не поддерживается")
    }
    static func unparsable(_ option: String) -> ODataError {
        ODataError(400, code: 14, "Ошибка при разборе опции запроса \(option)")
    }
    static func unknownProperty(_ name: some StringProtocol, option: String) -> ODataError {
        ODataError(
            400, code: option == "$select" ? 10 : 14,
            "Ошибка при разборе опции запроса \(option): свойство \"\(name)\" не найдено")
    }
    static func unsupportedFunction(_ name: String) -> ODataError {
        ODataError(400, code: 21, "Функция \(name) не поддерживается")
    }
    static let keyComparison = ODataError(
        500, code: -1,
        "{(3, 23)}: Неверные параметры в операции сравнения. Нельзя сравнивать поля неограниченной "
            + "длины и поля несовместимых типов.")
    static let methodNotAllowed = ODataError(405, code: 19, "Метод не поддерживается")

    /// The answer, in the format that the request asked for.
    func reply(isJSON: Bool) -> SandboxReply {
        var writer = ByteWriter()
        if isJSON {
            writer.raw(
                "{\"odata.error\":{\"code\":\"\(code)\",\"message\":{\"lang\":\"ru\",\"value\":")
            writer.string(message)
            writer.raw("}}}")
        } else {
            writer.raw(
                "<m:error xmlns:m=\"http://schemas.microsoft.com/ado/2007/08/dataservices/metadata\">"
                    + "\r\n\t<m:code>\(code)</m:code>\r\n\t<m:message>")
            writer.xml(message)
            writer.raw("</m:message>\r\n</m:error>")
        }
        return SandboxReply(
            status: status,
            contentType: isJSON
                ? "application/json;charset=utf-8" : "application/xml;charset=utf-8",
            body: writer.bytes)
    }
}

/// What the platform answers before the OData interface has a say.
enum PlatformAnswer {
    /// The byte order mark that 1C likes to put before a body.
    static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Sessions are blocked: an exception of the platform, not an OData error.
    static let maintenance = exception(
        403, "HTTP: Forbidden\\nОшибка при выполнении запроса GET к ресурсу /odata/standard.odata:",
        "Начало сеанса с информационной базой запрещено.\\nВедутся технические работы")

    /// The pool of sessions is exhausted.
    static let noSession = exception(
        406,
        "HTTP: Not Acceptable\\nОшибка при выполнении запроса GET к ресурсу /odata/standard.odata:",
        "Истекло время ожидания сеанса")

    /// The temporary folder is full.
    static let diskFull = SandboxReply(
        status: 500, contentType: "text/html; charset=utf-8",
        body: Array(
            """
            <!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN">\r
            <html><head><title>1C:Enterprise 8 application error</title></head><body>\r
            <h2>1C:Enterprise 8 application error:</h2>Unrecoverable error<br><b>by reason: </b><br>\
            The device is full '/tmp/v8_x.tmp'. 28(0x0000001C): No space left on device</body></html>
            """.utf8))

    private static func exception(_ status: Int, _ text: String, _ inner: String) -> SandboxReply {
        let json = """
            {"#exception":"{http://v8.1c.ru/8.2/virtual-resource-system}Exception",\
            "exception":{"reason":\(status),"descr":"\(text)","inner":{"descr":"\(inner)",\
            "inner":{"descr":"\(inner)","creationStack":"","data":""}}}}
            """
        return SandboxReply(
            status: status, contentType: "application/json;charset=utf-8",
            body: mark + Array(json.utf8))
    }
}
