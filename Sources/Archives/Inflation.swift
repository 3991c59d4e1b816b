internal import CZlib

/// One deflated stream being unpacked.
final class Inflation {
    enum Failure: Error { case damaged }

    private var stream = z_stream()
    private(set) var isAtEnd = false

    init() throws {
        guard sverka_zip_inflate_begin(&stream) == Z_OK else { throw Failure.damaged }
    }

    deinit { inflateEnd(&stream) }

    /// Unpacks until the output is full or the input is used up.
    ///
    /// - Parameters:
    ///   - input: Packed bytes.
    ///   - capacity: How many bytes to give at most.
    /// - Returns: The unpacked bytes and how many packed ones they took.
    /// - Throws: ``Failure`` when the stream is damaged.
    func inflate(_ input: ArraySlice<UInt8>, capacity: Int) throws -> (bytes: [UInt8], used: Int) {
        var used = 0
        var status = Z_OK
        let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
            input.withUnsafeBufferPointer { packed in
                stream.next_in = UnsafeMutablePointer(mutating: packed.baseAddress)
                stream.avail_in = UInt32(packed.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(capacity)
                status = CZlib.inflate(&stream, Z_NO_FLUSH)
                used = packed.count - Int(stream.avail_in)
            }
            count = capacity - Int(stream.avail_out)
        }
        switch status {
        case Z_STREAM_END: isAtEnd = true
        case Z_OK, Z_BUF_ERROR: break
        default: throw Failure.damaged
        }
        return (bytes, used)
    }
}
