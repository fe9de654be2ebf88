//! What a response means: the HTTP status and the envelope together.

use wasm_bindgen::JsValue;

use crate::error::{ErrorKind, Mismatch};
use crate::platform::guarded::{field, fields, type_name};

/// The `status_code` of a request that was executed.
const DONE: f64 = 9999.0;

/// The status of an envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EnvelopeStatus {
    Done,
    /// With the server's error code.
    Refused(String),
}

/// An envelope.
pub struct Envelope {
    pub status: EnvelopeStatus,
    pub payload: JsValue,
    pub instance_id: Option<String>,
}

/// Reads a parsed body as an envelope.
pub fn read(body: &JsValue) -> Result<Envelope, Box<Mismatch>> {
    let values = fields(body, "status_code message payload instance_id").ok_or_else(Mismatch::throwing)?;
    let status = values.get(0);
    let Some(status_code) = status.as_f64() else {
        let kind = type_name(body);
        return Err(match kind.as_str() {
            "object" => Mismatch::new("number", type_name(&status)).under("status_code"),
            _ => Mismatch::new("an envelope", kind),
        });
    };
    let payload = values.get(2);
    let status = if status_code == DONE {
        EnvelopeStatus::Done
    } else {
        EnvelopeStatus::Refused(code(values.get(1).as_string(), field(&payload, "error").as_string(), status_code))
    };
    Ok(Envelope { status, payload, instance_id: values.get(3).as_string() })
}

/// The server's error code: `message`, else `payload.error`, else the status code itself.
fn code(message: Option<String>, error: Option<String>, status_code: f64) -> String {
    let filled = |text: &String| !text.is_empty();
    // Saturates, which is fine for a number that is not documented.
    let number = || (status_code as i64).to_string();
    message.filter(filled).or(error.filter(filled)).unwrap_or_else(number)
}

/// The error of an HTTP status that does not depend on the body.
pub fn error_by_status(status: u16) -> Option<ErrorKind> {
    match status {
        429 => Some(ErrorKind::RateLimit),
        500.. => Some(ErrorKind::Server),
        _ => None,
    }
}

/// The error of any other HTTP status and, where there is one, of the envelope. `None`: no error.
pub fn error(status: u16, envelope: Option<EnvelopeStatus>) -> Option<ErrorKind> {
    let code = match envelope {
        Some(EnvelopeStatus::Refused(code)) => code,
        _ if status < 400 => return None,
        // Done by the envelope and refused by the status: a write may have taken effect.
        Some(EnvelopeStatus::Done) => {
            return Some(ErrorKind::Protocol(Mismatch::new("a refusal", "9999").under("status_code")));
        }
        None => match status {
            401 => "unauthorized".into(),
            403 => "forbidden".into(),
            _ => ["http_", &u64::from(status).to_string()].concat(),
        },
    };
    let is_about_token = matches!(status, 401 | 403) || is_token_code(&code);
    Some(if is_about_token { ErrorKind::Authentication { code } } else { ErrorKind::Api { code } })
}

fn is_token_code(code: &str) -> bool {
    matches!(code, "partner_invalid" | "tenant_invalid")
}

/// Whether a new token may help.
pub fn rejects_token(status: u16, kind: &ErrorKind) -> bool {
    match kind {
        ErrorKind::Authentication { code } => status == 401 || is_token_code(code),
        _ => false,
    }
}

/// Whether a write with this error may have taken effect: with everything but a plain refusal.
pub fn leaves_outcome_unknown(status: u16, kind: &ErrorKind) -> bool {
    match kind {
        ErrorKind::RequestRefused { .. }
        | ErrorKind::Network { .. }
        | ErrorKind::Timeout(_)
        | ErrorKind::Abort { .. }
        | ErrorKind::Server
        | ErrorKind::Protocol(_) => true,
        // A gateway may have forwarded the request before it timed out.
        _ => status == 408,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorName;
    use crate::error::ErrorName::*;

    fn refused(code: &str) -> Option<EnvelopeStatus> {
        Some(EnvelopeStatus::Refused(code.into()))
    }

    fn class_and_code(status: u16, envelope: Option<EnvelopeStatus>) -> Option<(ErrorName, String)> {
        let kind = error_by_status(status).or(error(status, envelope));
        kind.map(|kind| (kind.name(), kind.code().to_owned()))
    }

    #[test]
    fn message_takes_precedence_over_payload_error() {
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
        assert_eq!(class_and_code(200, Some(EnvelopeStatus::Done)), None);
        assert_eq!(class_and_code(200, refused("email_registered")), Some((ApiError, "email_registered".into())));
        for code in ["partner_invalid", "tenant_invalid"] {
            assert_eq!(class_and_code(200, refused(code)), Some((AuthenticationError, code.into())));
        }
    }

    #[test]
    fn the_status_decides_without_an_envelope() {
        let cases = [
            (400, ApiError, "http_400"),
            (401, AuthenticationError, "unauthorized"),
            (403, AuthenticationError, "forbidden"),
            (404, ApiError, "http_404"),
            (429, RateLimitError, "rate_limited"),
            (500, ServerError, "server_error"),
            (503, ServerError, "server_error"),
        ];
        for (status, class, code) in cases {
            assert_eq!(class_and_code(status, None), Some((class, code.into())), "{status}");
        }
        for status in [400, 401, 404] {
            assert_eq!(class_and_code(status, Some(EnvelopeStatus::Done)), Some((ProtocolError, "protocol".into())));
        }
        assert_eq!(class_and_code(401, refused("expired")), Some((AuthenticationError, "expired".into())));
        assert_eq!(class_and_code(400, refused("email_invalid")), Some((ApiError, "email_invalid".into())));
    }

    #[test]
    fn a_new_token_helps_after_a_rejected_one_only() {
        let authentication = |code: &str| ErrorKind::Authentication { code: code.into() };
        assert!(rejects_token(401, &authentication("unauthorized")));
        assert!(rejects_token(200, &authentication("partner_invalid")));
        assert!(!rejects_token(403, &authentication("forbidden")));
        assert!(!rejects_token(200, &ErrorKind::Api { code: "email_invalid".into() }));
    }

    #[test]
    fn only_a_refusal_tells_the_outcome_of_a_write() {
        assert!(!leaves_outcome_unknown(200, &ErrorKind::Api { code: "access_denied".into() }));
        assert!(!leaves_outcome_unknown(429, &ErrorKind::RateLimit));
        assert!(leaves_outcome_unknown(408, &ErrorKind::Api { code: "http_408".into() }));
        assert!(leaves_outcome_unknown(502, &ErrorKind::Server));
        assert!(leaves_outcome_unknown(200, &ErrorKind::Protocol(Mismatch::new("JSON", "text"))));
        assert!(leaves_outcome_unknown(0, &ErrorKind::Network { cause: JsValue::UNDEFINED }));
    }
}
