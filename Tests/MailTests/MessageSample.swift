import Foundation

@testable import Mail

/// A message with everything that a message can have.
func sampleMessage(
    subject: String = "Сверка 23.11.2026: 212 расхождений (+14), новых 21"
) throws
    -> MailMessage
{
    MailMessage(
        from: try MailAddress("sverka@example.ru", name: "Сверка, «Северный ветер»"),
        to: [try MailAddress("buh@example.ru"), try MailAddress("cfo@example.ru", name: "Мария")],
        subject: subject, sentAt: 1_795_399_547, utcOffset: 10_800,
        messageID: "<run-58.1@sverka.example.ru>", language: "ru",
        text: "Всего: 212 расхождений.\n.\n.точка в начале\nFrom начала строки  \n",
        html: "<p>Plain <b>HTML</b> with " + String(repeating: "a long line ", count: 30)
            + "</p>\n",
        attachments: [
            MailMessage.Attachment(
                name: "Сверка 1С и Битрикс24 за двадцать третье ноября 2026 года.xlsx",
                contentType: MailMessage.Attachment.workbookType,
                content: Data((0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 31) }))
        ])
}
