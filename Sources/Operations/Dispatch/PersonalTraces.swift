/// Shortens what looks like a telephone or a mail address in a text that leaves the house.
///
/// Whoever writes a notice masks what it knows to be personal; this is for what nobody knew of, such as
/// an address in a message of an error.
enum PersonalTraces {
    /// The text with addresses as `i•••@example.ru` and telephones as `••• 67`.
    static func masked(_ text: String) -> String {
        guard text.contains(where: { $0 == "@" || $0.isNumber }) else { return text }
        return
            text
            .replacing(
                #/(?<first>[\p{L}\p{N}])[\p{L}\p{N}._%+\-]*@(?<host>[\p{L}\p{N}.\-]+\.[\p{L}\p{N}]+)/#
            ) { "\($0.first)•••@\($0.host)" }
            // +7 or 8 and ten digits in the groups in which people write them.
            .replacing(
                #/(?<before>^|[^\p{N}])\+?[78][\s\u{A0}\-(]*\d{3}[\s\u{A0}\-)]*\d{3}[\s\u{A0}\-]*\d{2}[\s\u{A0}\-]*(?<last>\d{2})(?![\p{N}])/#
            ) { "\($0.before)••• \($0.last)" }
            .replacing(#/\+\d[\d\s\u{A0}\-()]{8,16}\d/#) { match in "••• \(match.output.suffix(2))"
            }
    }
}
