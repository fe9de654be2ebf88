//! What a client tells its `onEvent` listener.

use serde::Serialize;
use tsify::Tsify;

/// What a client does, for `onEvent`. Contains no secret and no body. By `type`:
///
/// - `request`: a request is sent; `attempt` is 1 for the first one of a call.
/// - `response`: response headers arrived, `elapsedMs` after the request.
/// - `retry`: a read failed with `code` and will be sent again in `delayMs`.
/// - `token`: the token provider is called, because there was no token yet (`first`), because the server refused the last one
///   (`refused`), or because the last one is 23 hours old (`expiring`).
/// - `singleSendUnavailable`: a write is sent without `singleSend`, although the option is set: the `browser` has no request
///   streams, or the base URL is an `http` one.
///
/// `endpoint` is method and path, such as `GET /api/partner/tenant/info`.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ClientEvent<'a> {
    /// A request is sent.
    Request {
        /// Method and path, such as `GET /api/partner/tenant/info`.
        endpoint: &'a str,
        /// 1 for the first request of a call.
        attempt: u32,
    },
    /// Response headers arrived.
    Response {
        /// Method and path, such as `GET /api/partner/tenant/info`.
        endpoint: &'a str,
        /// 1 for the first request of a call.
        attempt: u32,
        http_status: u16,
        /// From the request to the headers, in ms.
        elapsed_ms: f64,
    },
    /// A read failed and will be sent again.
    Retry {
        /// Method and path, such as `GET /api/partner/tenant/info`.
        endpoint: &'a str,
        /// The request that failed; 1 for the first of a call.
        attempt: u32,
        /// The code of the error.
        code: &'a str,
        /// How long the client waits before the next attempt, in ms.
        delay_ms: f64,
    },
    /// A write is sent without `singleSend`, although the option is set: the browser may repeat it.
    SingleSendUnavailable {
        /// Method and path, such as `POST /api/partner/tenant/add`.
        endpoint: &'a str,
        /// `browser`: it has no request streams; `http`: they need https.
        #[tsify(type = "\"browser\" | \"http\"")]
        reason: &'static str,
    },
    /// The token provider is called.
    Token {
        /// `first`: there was no token yet; `refused`: the server refused the last one; `expiring`: the last one is 23 hours old.
        #[tsify(type = "\"first\" | \"refused\" | \"expiring\"")]
        reason: &'static str,
    },
}
