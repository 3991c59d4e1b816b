import Channels

/// A notice with everything that a notice can have, and what could break out of its place.
func sampleNotice(severity: Notice.Severity = .error) -> Notice {
    Notice(
        topic: "alert.integration-errors", title: "Ошибки обмена: 212 за час, обычно 3",
        lines: ["ООО «Ромашка & <сын>» — 14 \"ошибок\"", "", "Строка с переносом\nвнутри"],
        link: "https://sverka.example.ru/alerts/7?a=1&b=2", severity: severity, language: "ru",
        time: 1_795_399_547)
}
