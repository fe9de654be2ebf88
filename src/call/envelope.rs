//! What an answer means: the HTTP status and the envelope, put together.

use wasm_bindgen::JsValue;

use crate::error::{Kind, Mismatch};
use crate::js;
use crate::text::{digits, join};

/// The `status_code` of an answer that says: done.
const DONE: f64 = 9999.0;

/// What an envelope says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    Done,
    /// The server's code.
    Refused(String),
}

/// An envelope that was read.
pub struct Answer {
    pub word: Word,
    pub payload: JsValue,
    pub instance_id: JsValue,
}

/// Reads a parsed body as an envelope.
pub fn read(body: &JsValue) -> Result<Answer, Box<Mismatch>> {
    let found = js::fields(body, "status_code message payload instance_id").ok_or_else(Mismatch::throws)?;
    let status = found.get(0);
    let Some(status_code) = status.as_f64() else {
        let kind = js::type_name(body);
        return Err(match kind.as_str() {
            "object" => Mismatch::new("number", js::type_name(&status)).under("status_code"),
            _ => Mismatch::new("an envelope", kind),
        });
    };
    let payload = found.get(2);
    let word = if status_code == DONE {
        Word::Done
    } else {
        Word::Refused(code(found.get(1).as_string(), js::field(&payload, "error").as_string(), status_code))
    };
    Ok(Answer { word, payload, instance_id: found.get(3) })
}

/// The server's code: in `message`, else in `payload.error`, else the status code itself.
fn code(message: Option<String>, error: Option<String>, status_code: f64) -> String {
    let filled = |text: &String| !text.is_empty();
    let number = || {
        let sign = if status_code.trunc() < 0.0 { "-" } else { "" };
        // Saturates, which is fine for a number that nobody documented.
        join(&[sign, &digits(status_code.abs() as u64)])
    };
    message.filter(filled).or(error.filter(filled)).unwrap_or_else(number)
}

/// The failure that an HTTP status stands for, whatever the body says.
pub fn failure_by_status(status: u16) -> Option<Kind> {
    match status {
        429 => Some(Kind::RateLimit),
        500.. => Some(Kind::Server),
        _ => None,
    }
}

/// The failure that any other HTTP status and, where there is one, an envelope's word stand for. `None`: no failure.
pub fn failure(status: u16, word: Option<Word>) -> Option<Kind> {
    let code = match word {
        Some(Word::Refused(code)) => code,
        _ if status < 400 => return None,
        // Done and refused at once is neither: a write may have taken effect.
        Some(Word::Done) => return Some(Kind::Protocol(Mismatch::new("a refusal", "9999").under("status_code"))),
        None => match status {
            401 => "unauthorized".into(),
            403 => "forbidden".into(),
            _ => join(&["http_", &digits(status.into())]),
        },
    };
    let about_the_token = matches!(status, 401 | 403) || is_token_code(&code);
    Some(if about_the_token { Kind::Authentication { code, cause: JsValue::UNDEFINED } } else { Kind::Api { code } })
}

fn is_token_code(code: &str) -> bool {
    matches!(code, "partner_invalid" | "tenant_invalid")
}

/// Whether a fresh token may help.
pub fn refuses_token(status: u16, kind: &Kind) -> bool {
    match kind {
        Kind::Authentication { code, .. } => status == 401 || is_token_code(code),
        _ => false,
    }
}

/// Whether a write that failed so may have taken effect: everything but a plain refusal.
pub fn leaves_outcome_open(status: u16, kind: &Kind) -> bool {
    match kind {
        Kind::Network { .. } | Kind::Timeout { .. } | Kind::Abort { .. } | Kind::Server | Kind::Protocol(_) => true,
        // A gateway that gave up waiting may have passed the request on.
        _ => status == 408,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(code: &str) -> Option<Word> {
        Some(Word::Refused(code.into()))
    }

    fn class_and_code(status: u16, word: Option<Word>) -> Option<(&'static str, String)> {
        let kind = failure_by_status(status).or(failure(status, word));
        kind.map(|kind| (kind.name(), kind.code().to_owned()))
    }

    #[test]
    fn message_goes_before_payload_error() {
        let code = |message: Option<&str>, error: Option<&str>| {
            super::code(message.map(Into::into), error.map(Into::into), -9999.0)
        };
        assert_eq!(code(Some("a"), Some("b")), "a");
        assert_eq!(code(Some(""), Some("b")), "b");
        assert_eq!(code(None, Some("b")), "b");
        assert_eq!(code(None, None), "-9999");
    }

    #[test]
    fn an_envelope_can_refuse_inside_a_200() {
        assert_eq!(class_and_code(200, Some(Word::Done)), None);
        assert_eq!(class_and_code(200, refused("email_registered")), Some(("ApiError", "email_registered".into())));
        for code in ["partner_invalid", "tenant_invalid"] {
            assert_eq!(class_and_code(200, refused(code)), Some(("AuthenticationError", code.into())));
        }
    }

    #[test]
    fn the_status_speaks_where_the_envelope_is_silent() {
        let cases = [
            (400, "ApiError", "http_400"),
            (401, "AuthenticationError", "unauthorized"),
            (403, "AuthenticationError", "forbidden"),
            (404, "ApiError", "http_404"),
            (429, "RateLimitError", "rate_limited"),
            (500, "ServerError", "server_error"),
            (503, "ServerError", "server_error"),
        ];
        for (status, class, code) in cases {
            assert_eq!(class_and_code(status, None), Some((class, code.into())), "{status}");
        }
        for status in [400, 401, 404] {
            assert_eq!(class_and_code(status, Some(Word::Done)), Some(("ProtocolError", "protocol".into())));
        }
        assert_eq!(class_and_code(401, refused("expired")), Some(("AuthenticationError", "expired".into())));
        assert_eq!(class_and_code(400, refused("email_invalid")), Some(("ApiError", "email_invalid".into())));
    }

    #[test]
    fn a_fresh_token_helps_after_a_refused_one_only() {
        let authentication = |code: &str| Kind::Authentication { code: code.into(), cause: JsValue::UNDEFINED };
        assert!(refuses_token(401, &authentication("unauthorized")));
        assert!(refuses_token(200, &authentication("partner_invalid")));
        assert!(!refuses_token(403, &authentication("forbidden")));
        assert!(!refuses_token(200, &Kind::Api { code: "email_invalid".into() }));
    }

    #[test]
    fn a_refusal_settles_a_write_and_nothing_else_does() {
        assert!(!leaves_outcome_open(200, &Kind::Api { code: "access_denied".into() }));
        assert!(!leaves_outcome_open(429, &Kind::RateLimit));
        assert!(leaves_outcome_open(408, &Kind::Api { code: "http_408".into() }));
        assert!(leaves_outcome_open(502, &Kind::Server));
        assert!(leaves_outcome_open(200, &Kind::Protocol(Mismatch::new("JSON", "text"))));
        assert!(leaves_outcome_open(0, &Kind::Network { cause: JsValue::UNDEFINED }));
    }
}
