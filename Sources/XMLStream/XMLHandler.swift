/// Takes what a document consists of, in its order.
///
/// What a method throws ends the parsing and is thrown by ``XMLStreamParser``.
public protocol XMLHandler: AnyObject {
    /// An element begins.
    func startElement(_ name: XMLName, attributes: XMLAttributes) throws

    /// A piece of text, whole characters in UTF-8; one text may come in many pieces.
    func text(_ piece: Span<UInt8>) throws

    /// The element that began last and has not ended, ends.
    func endElement(_ name: XMLName) throws
}
