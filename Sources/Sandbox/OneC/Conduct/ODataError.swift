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
    /// Whether the error is about a name of a property.
    var isUnknownProperty: Bool { message.hasSuffix("не найдено") && (code == 14 || code == 10) }

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
    static let unreadable = ODataError(400, code: 1, "Ошибка при разборе строки")
    static let unknownFunction = ODataError(400, code: 6, "Метод не найден")
    static func wrongArguments(_ name: String) -> ODataError {
        ODataError(400, code: 21, "Неверное количество или тип параметров функции \(name)")
    }
    static let accessDenied = ODataError(
        401, code: 20, "Недостаточно прав для доступа к данным: нарушение прав доступа")
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
