//! The sentences of errors, which a person reads. Each says what to do.

use super::text::{Language, Text};
use super::{ErrorKind, TokenFailure};

/// The sentence of an error.
pub fn sentence(kind: &ErrorKind, language: Language) -> String {
    let text = match kind {
        ErrorKind::Validation(issues) => {
            return issues.iter().map(|issue| issue.message.as_str()).collect::<Vec<_>>().join(" ");
        }
        ErrorKind::Api { code } | ErrorKind::Authentication { code } => return by_code(code, language),
        ErrorKind::TokenUnavailable { reason: TokenFailure::Connection, .. } => &Text {
            en: "No connection to the server that provides the access token: check the internet connection, then try again.",
            vi: "Không kết nối được với máy chủ cấp access token: hãy kiểm tra kết nối mạng rồi thử lại.",
        },
        ErrorKind::TokenUnavailable { reason: TokenFailure::Failed, .. } => &Text {
            en: "No access token is available: try again; if that does not help, sign in again.",
            vi: "Không lấy được access token: hãy thử lại, nếu vẫn không được thì đăng nhập lại.",
        },
        ErrorKind::TokenUnavailable { reason: TokenFailure::Invalid, .. } => &Text {
            en: "The token function gave no valid access token (it must be the bearer token alone): sign in again.",
            vi: "Hàm token không trả về access token hợp lệ (chỉ được trả về chính token, không kèm chữ “Bearer”): hãy đăng nhập lại.",
        },
        ErrorKind::RateLimit => &Text {
            en: "Too many requests: wait a moment, then try again.",
            vi: "Gửi quá nhiều yêu cầu: hãy chờ một lát rồi thử lại.",
        },
        ErrorKind::Server => &Text {
            en: "The server failed to process the request: try again later.",
            vi: "Máy chủ gặp sự cố khi xử lý yêu cầu: hãy thử lại sau.",
        },
        ErrorKind::RequestRefused { .. } => &Text {
            en: "The fetch function refused the request: check the fetch option, and which options of fetch this environment supports.",
            vi: "Hàm fetch từ chối request: hãy kiểm tra tùy chọn fetch và môi trường này hỗ trợ những tùy chọn nào của fetch.",
        },
        ErrorKind::Network { .. } => &Text {
            en: "No response from the server: check the internet connection, then the server's address and whether it allows this page (CORS).",
            vi: "Không nhận được phản hồi từ máy chủ: hãy kiểm tra kết nối mạng, sau đó là địa chỉ máy chủ và quyền truy cập của trang này (CORS).",
        },
        ErrorKind::Timeout(text) => text,
        ErrorKind::Abort { .. } => &Text { en: "The call was cancelled.", vi: "Yêu cầu đã bị hủy." },
        ErrorKind::Protocol(mismatch) => {
            let place = match mismatch.path.as_str() {
                "" => language.pick(&Text { en: "the response", vi: "phản hồi" }),
                path => path,
            };
            let (expected, actual) = (&mismatch.expected, &mismatch.actual);
            return match language {
                Language::En => {
                    format!(
                        "The server's response does not match its contract: {place}: expected {expected}, got {actual}."
                    )
                }
                Language::Vi => {
                    format!("Phản hồi của máy chủ không đúng định dạng: {place}: cần {expected}, nhận được {actual}.")
                }
            };
        }
        ErrorKind::OutcomeUnknown(_) => &Text {
            en: "The request was sent, but its result is unknown: check whether it took effect before you send it again.",
            vi: "Yêu cầu đã được gửi nhưng chưa rõ đã có hiệu lực hay chưa: hãy kiểm tra trước khi gửi lại.",
        },
        ErrorKind::Converted(_) => return String::new(),
    };
    language.pick(text).to_owned()
}

/// The sentence without its advice, for an error after which another try may do harm.
pub fn without_advice(kind: &ErrorKind, language: Language) -> String {
    let sentence = sentence(kind, language);
    match (kind, sentence.split_once(':')) {
        (ErrorKind::Server | ErrorKind::Timeout(_), Some((fact, _))) => [fact, "."].concat(),
        _ => sentence,
    }
}

/// The sentence of a server's code; it names a code that is not documented. Text that a server sends in place of a code may
/// quote the request, secrets included, so it is never part of a sentence.
fn by_code(code: &str, language: Language) -> String {
    if let Some((_, en, vi)) = CODES.iter().find(|(known, ..)| *known == code) {
        return language.pick(&Text { en, vi }).to_owned();
    }
    let is_code =
        code.len() <= 64 && code.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'));
    if !is_code {
        return language
            .pick(&Text { en: "The server refused the request.", vi: "Máy chủ từ chối yêu cầu." })
            .to_owned();
    }
    let named = &Text {
        en: "The server refused the request with the code ", vi: "Máy chủ từ chối yêu cầu với mã "
    };
    [language.pick(named), code, "."].concat()
}

/// The codes of the contract, and the SDK's own codes for responses without one.
const CODES: &[(&str, &str, &str)] = &[
    (
        "partner_invalid",
        "The access token has expired or does not belong to a partner: sign in again.",
        "Access token không thuộc đối tác hoặc đã hết hạn: hãy đăng nhập lại.",
    ),
    (
        "tenant_invalid",
        "The access token belongs to a tenant: sign in with the partner's account.",
        "Access token thuộc về doanh nghiệp: hãy đăng nhập bằng tài khoản đối tác.",
    ),
    ("unauthorized", "The access token was refused: sign in again.", "Access token bị từ chối: hãy đăng nhập lại."),
    (
        "forbidden",
        "This account has no permission for the request: ask the provider for it.",
        "Tài khoản này không được phép thực hiện: hãy liên hệ nhà cung cấp để được cấp quyền.",
    ),
    (
        "request_invalid",
        "A required value is missing or invalid: check the input.",
        "Thiếu dữ liệu bắt buộc hoặc dữ liệu không hợp lệ: hãy kiểm tra lại.",
    ),
    ("body_request_is_required", "The request had no body.", "Yêu cầu thiếu phần nội dung."),
    ("request_body_required", "The request had no body.", "Yêu cầu thiếu phần nội dung."),
    ("email_invalid", "The e-mail address is not valid.", "Địa chỉ email không hợp lệ."),
    (
        "password_invalid",
        "The password needs at least 8 characters with an upper-case letter, a lower-case letter, a digit and a special character.",
        "Mật khẩu cần ít nhất 8 ký tự, gồm chữ in hoa, chữ thường, chữ số và ký tự đặc biệt.",
    ),
    (
        "email_registered",
        "A tenant with this e-mail address already exists: search for it in the list, or use a different address.",
        "Đã có doanh nghiệp dùng email này: hãy tìm trong danh sách hoặc dùng email khác.",
    ),
    (
        "create_tenant_error",
        "The server could not create the tenant: try again later, or ask the provider.",
        "Máy chủ không tạo được doanh nghiệp: hãy thử lại sau hoặc liên hệ nhà cung cấp.",
    ),
    (
        "access_denied",
        "The request was refused: check that the e-mail address belongs to the owner of one of your active tenants.",
        "Yêu cầu bị từ chối: hãy kiểm tra xem email có phải của chủ một doanh nghiệp đang hoạt động do bạn quản lý không.",
    ),
    ("amount_gte_10.000_vnd", "The amount must be at least 10,000 VND.", "Số tiền phải từ 10.000 VND trở lên."),
    ("description_is_required", "A description is required.", "Cần nhập nội dung nạp tiền."),
    (
        "description_is_to_short.gte_50_characters",
        "The description must have at least 50 characters.",
        "Nội dung nạp tiền phải có ít nhất 50 ký tự.",
    ),
    (
        "http_404",
        "The server has no such endpoint: check the API address and the path.",
        "Máy chủ không có endpoint này: hãy kiểm tra địa chỉ API và đường dẫn.",
    ),
    ("api_key_is_required", "An API key is required.", "Cần có API key."),
    (
        "tenant_token",
        "This API key belongs to a tenant: use the partner's API key.",
        "API key này thuộc về một doanh nghiệp: hãy dùng API key của đối tác.",
    ),
    ("api_key_invalid", "The API key is not valid.", "API key không hợp lệ."),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Mismatch, ValidationIssue};

    fn both(kind: &ErrorKind) -> (String, String) {
        (sentence(kind, Language::En), sentence(kind, Language::Vi))
    }

    #[test]
    fn every_code_has_two_different_sentences_and_is_listed_once() {
        for (index, (code, en, vi)) in CODES.iter().enumerate() {
            assert_ne!(en, vi, "{code}");
            assert!(en.ends_with('.') && vi.ends_with('.'), "{code}");
            assert!(CODES.iter().skip(index + 1).all(|(other, ..)| other != code), "{code} is listed twice");
        }
    }

    #[test]
    fn an_undocumented_code_is_named() {
        let (en, vi) = both(&ErrorKind::Api { code: "quota_2027".into() });
        assert!(en.contains("quota_2027") && vi.contains("quota_2027"));
    }

    #[test]
    fn a_sentence_in_place_of_a_code_is_not_quoted() {
        let (en, vi) = both(&ErrorKind::Api { code: "Invalid password Abcdef1! for a@b.vn".into() });
        assert!(!en.contains("Abcdef1!") && !vi.contains("Abcdef1!"), "{en} {vi}");
    }

    #[test]
    fn a_protocol_error_names_the_place() {
        let mismatch = Mismatch::new("number", "string").under("balance").under("payload");
        let (en, vi) = both(&ErrorKind::Protocol(mismatch));
        assert!(en.contains("payload.balance: expected number, got string"), "{en}");
        assert!(vi.contains("payload.balance: cần number, nhận được string"), "{vi}");
    }

    #[test]
    fn the_sentence_of_a_cause_gives_no_advice() {
        for language in [Language::En, Language::Vi] {
            let fact = without_advice(&ErrorKind::Server, language);
            assert!(fact.ends_with('.') && !fact.contains(':') && fact.len() > 10, "{fact}");
            assert!(!fact.contains("again") && !fact.contains("lại"), "{fact}");
        }
    }

    #[test]
    fn a_validation_error_names_every_field() {
        let messages = ["The e-mail address is required.", "The phone number is required."];
        let issues = messages.map(|message| ValidationIssue { field: "".into(), code: "", message: message.into() });
        let (en, _) = both(&ErrorKind::Validation(issues.into()));
        assert_eq!(en, "The e-mail address is required. The phone number is required.");
    }
}
