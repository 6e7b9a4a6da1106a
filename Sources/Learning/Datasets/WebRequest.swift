import CCURL
import Foundation

/// One HTTP request, made with libcurl on the thread that calls.
///
/// The body is taken as it is sent: nothing is unpacked, whatever the server says of it. Where the address leads is
/// followed ten times, and to http and https alone.
final class WebRequest {
    private let easy: UnsafeMutableRawPointer
    private let multi: UnsafeMutableRawPointer
    private let fields: UnsafeMutablePointer<curl_slist>?
    /// libcurl's words for what went wrong.
    private let message = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

    private static let isStarted = basin_curl_start() == CURLE_OK

    /// - Parameter offset: the first byte that is asked for.
    /// - Throws: `MirrorFailure.wrongAddress`.
    init(_ url: String, from offset: Int) throws(MirrorFailure) {
        guard Self.isStarted, let easy = curl_easy_init() else {
            throw .interrupted(reason: "libcurl does not start")
        }
        guard let multi = curl_multi_init() else {
            curl_easy_cleanup(easy)
            throw .interrupted(reason: "libcurl does not start")
        }
        self.easy = easy
        self.multi = multi
        // Offsets must count the bytes of the file itself, so the server must not pack it once more.
        fields = curl_slist_append(nil, "Accept-Encoding: identity")
        message.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))

        guard !url.utf8.contains(0), basin_curl_set_text(easy, CURLOPT_URL, url) == CURLE_OK,
            basin_curl_allow_web_alone(easy) == CURLE_OK
        else { throw .wrongAddress }
        basin_curl_leave_quickly(easy)
        _ = basin_curl_set_text(easy, CURLOPT_USERAGENT, "basin")
        _ = basin_curl_set_list(easy, CURLOPT_HTTPHEADER, fields)
        if offset > 0 { _ = basin_curl_set_text(easy, CURLOPT_RANGE, "\(offset)-") }
        _ = basin_curl_set_pointer(easy, CURLOPT_ERRORBUFFER, message)
        let numbers: [(CURLoption, Int)] = [
            (CURLOPT_HTTP_CONTENT_DECODING, 0), (CURLOPT_FOLLOWLOCATION, 1), (CURLOPT_MAXREDIRS, 10),
            // A process with several threads wants no signals, and no words of a proxy are the server's.
            (CURLOPT_NOSIGNAL, 1), (CURLOPT_SUPPRESS_CONNECT_HEADERS, 1),
        ]
        for (option, value) in numbers { _ = basin_curl_set_number(easy, option, value) }
    }

    deinit {
        curl_easy_cleanup(easy)
        curl_multi_cleanup(multi)
        curl_slist_free_all(fields)
        message.deallocate()
    }

    /// Sends the request and returns when its answer is whole, on the disk.
    ///
    /// - Throws: `MirrorFailure`, `CancellationError` when a stop is requested, and what `answer` fails with.
    func send(to answer: TransferAnswer, pace: TransferPace, stop: TransferStop) throws {
        let taker = Unmanaged.passUnretained(answer).toOpaque()
        _ = basin_curl_set_callback(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, taker in
            WebRequest.hand(bytes, size * count, to: taker) { $0.takeHead($1) }
        }
        _ = basin_curl_set_pointer(easy, CURLOPT_HEADERDATA, taker)
        _ = basin_curl_set_callback(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, taker in
            WebRequest.hand(bytes, size * count, to: taker) { $0.takeBody($1) }
        }
        _ = basin_curl_set_pointer(easy, CURLOPT_WRITEDATA, taker)
        let status = try withExtendedLifetime(answer) {
            try stop.waking(multi) { try exchange(answer, pace, stop) }
        }
        try answer.finish(reason(status, answer.head))
    }

    /// Moves bytes until the transfer ends, however it does.
    private func exchange(
        _ answer: TransferAnswer, _ pace: TransferPace, _ stop: TransferStop
    ) throws -> CURLcode {
        guard curl_multi_add_handle(multi, easy) == CURLM_OK else { return CURLE_FAILED_INIT }
        defer { curl_multi_remove_handle(multi, easy) }
        var pace = pace
        var running: Int32 = 0
        while true {
            if stop.isRequested { throw CancellationError() }
            guard curl_multi_perform(multi, &running) == CURLM_OK else { return CURLE_RECV_ERROR }
            guard running > 0, answer.failure == nil else { break }
            try pace.require(answer.received)
            curl_multi_poll(multi, nil, 0, pace.millisecondsToNextLook, nil)
        }
        var left: Int32 = 0
        while let found = curl_multi_info_read(multi, &left) {
            if found.pointee.msg == CURLMSG_DONE { return basin_curl_result(found) }
        }
        return CURLE_OK
    }

    /// Why the transfer ended early, in words; nil where it did not.
    private func reason(_ status: CURLcode, _ head: ResponseHead) -> String? {
        switch status {
        case CURLE_OK: return nil
        case CURLE_TOO_MANY_REDIRECTS: return "leads from one address to the next, more than ten times"
        case CURLE_UNSUPPORTED_PROTOCOL where head.isPreliminary: return "leads to an address that is not of the web"
        default:
            let words = String(cString: message)
            return words.isEmpty ? String(cString: curl_easy_strerror(status)) : words
        }
    }

    private static func hand(
        _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int, to taker: UnsafeMutableRawPointer?,
        _ body: (TransferAnswer, UnsafeRawBufferPointer) -> Bool
    ) -> Int {
        guard let taker, count > 0 else { return 0 }
        let answer = Unmanaged<TransferAnswer>.fromOpaque(taker).takeUnretainedValue()
        // Another count than there was ends the transfer.
        return body(answer, UnsafeRawBufferPointer(start: bytes, count: count)) ? count : 0
    }
}
