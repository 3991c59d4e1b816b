import Definitions
import Foundation
import Journal
import Records
import TestSupport
import Testing

@Suite("Classification of the journal's errors")
struct ErrorClassifierTests {
    private static let types = try? ErrorTypesFile.read(
        ProjectFolders.root.appending(path: "templates/journal/error-types.yaml"))

    private func classifier() throws -> ErrorClassifier {
        ErrorClassifier(try #require(Self.types))
    }

    @Test(
        "tells what Bitrix24 says",
        arguments: [
            ("QUERY_LIMIT_EXCEEDED", "Too many requests", "authorization.limit_exceeded"),
            (
                "OPERATION_TIME_LIMIT", "Method is blocked due to operation time limit.",
                "authorization.limit_exceeded"
            ),
            (
                "expired_token", "The access token provided has expired.",
                "authorization.token_expired"
            ),
            ("NO_AUTH_FOUND", "Wrong authorization data", "authorization.wrong_credentials"),
            (
                "INVALID_CREDENTIALS", "Invalid request credentials",
                "authorization.wrong_credentials"
            ),
            (
                "insufficient_scope",
                "The request requires higher privileges than provided by the webhook token",
                "authorization.rights_changed"
            ),
            ("authorization_error", "Unable to authorize user", "authorization.account_blocked"),
            ("PAYMENT_REQUIRED", "Subscription has been ended", "authorization.account_blocked"),
            (
                "ACCESS_DENIED", "REST is available only on commercial plans.",
                "authorization.account_blocked"
            ),
            ("ACCESS_DENIED", "Access denied!", "authorization.rights_changed"),
            ("200040300010", "Access Denied", "authorization.rights_changed"),
            ("ERROR_METHOD_NOT_FOUND", "Method not found!", "connection.wrong_parameters"),
            ("INVALID_REQUEST", "Https required.", "connection.wrong_parameters"),
            ("", "Parameter 'order' must be array.", "connection.wrong_parameters"),
            ("0", "The Requisite with ID '27' is not found", "data.integrity"),
            ("", "ID is not defined or invalid.", "data.integrity"),
            ("NOT_FOUND", "Элемент не найден", "data.integrity"),
            ("INTERNAL_SERVER_ERROR", "Internal server error", "connection.server_away"),
            ("", "502 Bad Gateway", "connection.server_away"),
            (
                "", "<html><head><title>504 Gateway Time-out</title></head></html>",
                "connection.timeout"
            ),
            ("WRONG_ENCODING", "Wrong encoding", "data.format"),
            (
                "", #"{"error":"QUERY_LIMIT_EXCEEDED","error_description":"Too many requests"}"#,
                "authorization.limit_exceeded"
            ),
            ("", "Не заполнено обязательное поле \"Название\"", "data.missing_field"),
            ("", "Компания с таким ИНН 7707083893 уже существует", "data.duplicate"),
        ])
    func bitrix24(code: String, message: String, type: String) throws {
        var classifier = try classifier()
        #expect(classifier.classify(code: code, message: message).type == type)
    }

    @Test(
        "tells what 1C and its web server say",
        arguments: [
            (
                "",
                "Идентификация пользователя не выполнена. Неправильное имя или пароль пользователя",
                "authorization.wrong_credentials"
            ),
            ("20", "Нарушение прав доступа!", "authorization.rights_changed"),
            (
                "", "Недостаточно прав для выполнения операции: Справочник.Контрагенты",
                "authorization.rights_changed"
            ),
            (
                "403",
                "Начало сеанса с информационной базой запрещено.\nВедутся технические работы",
                "connection.server_away"
            ),
            ("", "Не обнаружено свободной лицензии!", "authorization.limit_exceeded"),
            ("406", "Истекло время ожидания сеанса", "connection.timeout"),
            (
                "-1",
                "Конфликт блокировок при выполнении транзакции: Превышено максимальное время ожидания предоставления блокировки",
                "data.locked"
            ),
            (
                "9", "Экземпляр сущности \"НакладнаяОтгрузки\" не найден по переданному ключу.",
                "data.integrity"
            ),
            ("8", "\"CatalogПоставщики\" entity is not found", "connection.wrong_parameters"),
            ("14", "Ошибка при разборе опции запроса $filter", "connection.wrong_parameters"),
            ("6", "Сегмент пути Catalog_X не найден!", "connection.wrong_parameters"),
            ("15", "Объект с таким ключом есть", "data.duplicate"),
            ("-1", "Значение поля \"Код\" не уникально", "data.duplicate"),
            (
                "500", "{HTTPСервис.Обмен.Модуль(42)}: Поле объекта не обнаружено (ИНН)",
                "data.format"
            ),
            ("", "Преобразование значения к типу Число не может быть выполнено", "data.format"),
            ("", "Поле \"Контрагент\" не заполнено", "data.missing_field"),
            (
                "409", "Различаются версии клиента и сервера (8.3.27.1719 - 8.3.27.2130)",
                "connection.server_away"
            ),
            ("", "Couldn't resolve host name", "connection.network"),
            (
                "", "Ошибка работы с Интернет: Удаленный узел не прошел проверку",
                "connection.network"
            ),
            ("", "HTTP 503", "connection.server_away"),
            ("", "HTTP/1.1 401 Unauthorized", "authorization.wrong_credentials"),
            (
                "", "Учётная запись пользователя Иванов Пётр заблокирована",
                "authorization.account_blocked"
            ),
            ("", "Сервер ответил: «Превышено время ожидания»", "connection.timeout"),
        ])
    func oneC(code: String, message: String, type: String) throws {
        var classifier = try classifier()
        #expect(classifier.classify(code: code, message: message).type == type)
    }

    @Test("groups what no rule fits by shape")
    func unknown() throws {
        var classifier = try classifier()
        let first = classifier.classify(code: "", message: "Странный сбой № 17 в узле \"А\"")
        let second = classifier.classify(code: "", message: "Странный сбой № 4 в узле \"Б\"")
        #expect(first.type == ErrorTypes.unknown)
        #expect(first == second)
        #expect(first.shape == "странный сбой № # в узле «…»")
    }

    @Test("takes the code for the shape where there is no message")
    func codeAlone() throws {
        var classifier = try classifier()
        let answer = classifier.classify(code: "E_STRANGE", message: "  ")
        #expect(answer.shape == "e_strange")
        #expect(answer.type == ErrorTypes.unknown)
    }

    @Test("answers the same whatever it has seen before")
    func memory() throws {
        var seasoned = try classifier()
        let messages = [
            ("", "Сервер сказал \"Access denied\""), ("", "Сервер сказал \"ничего\""),
            ("", "Сервер сказал \"таймаут\""), ("", "HTTP 503"), ("", "HTTP 777"),
            ("20", "HTTP 777"), ("", "Ответ 1"), ("", "Ответ 2"),
        ]
        for _ in 0..<3 {
            for (code, message) in messages {
                var fresh = try classifier()
                #expect(
                    seasoned.classify(code: code, message: message)
                        == fresh.classify(code: code, message: message))
            }
        }
    }

    @Test("stays bounded and right over more shapes than it remembers")
    func manyShapes() throws {
        var classifier = try classifier()
        let letters = ["а", "б", "в", "г", "д", "е", "ж", "з", "и", "к"]
        for number in 0..<20_000 {
            let word = String(number).map { letters[Int(String($0)) ?? 0] }.joined()
            let answer = classifier.classify(code: "", message: "таймаут \(word)")
            #expect(answer == classifier.classify(code: "", message: "Таймаут \(word)"))
            guard answer.type == "connection.timeout", answer.shape == "таймаут \(word)" else {
                Issue.record("\(answer)")
                return
            }
        }
    }
}
