/// Form fields of a `multipart/form-data` body; files are left out.
enum MultipartDecoding {
    /// Reads a body.
    static func parameters(_ body: [UInt8], contentType: String) -> Parameter {
        guard let marker = contentType.firstRange(of: "boundary=") else { return .empty }
        let boundary = contentType[marker.upperBound...].prefix { $0 != ";" }
            .trimmingPrefix("\"").prefix { $0 != "\"" }
        // Broken UTF-8 in a value becomes U+FFFD, as it does everywhere here.
        let text = String(decoding: body, as: UTF8.self).replacing("\r\n", with: "\n")
        var form: [String] = []
        for part in text.split(separator: "--\(boundary)") {
            guard let blank = part.firstRange(of: "\n\n"),
                let name = part[..<blank.lowerBound].firstMatch(of: /name="([^"]*)"/)?.1,
                !part[..<blank.lowerBound].contains("filename=")
            else { continue }
            var value = part[blank.upperBound...]
            if value.hasSuffix("\n") { value = value.dropLast() }
            form.append("\(escaped(name))=\(escaped(value))")
        }
        return FormDecoding.parameters(form.joined(separator: "&"))
    }

    private static func escaped(_ text: Substring) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "%": result += "%25"
            case "&": result += "%26"
            case "=": result += "%3D"
            case "+": result += "%2B"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
