//! What a person reads: one sentence that says what to do, in English and Vietnamese.

use crate::error::{BaseUrlFault, Issue, Kind, Language, PasswordGaps, Rule, TimeLimit};
use crate::text::{cut, digits, join};

type Pair = (&'static str, &'static str);

/// The sentence of a failure.
pub fn sentence(kind: &Kind, language: Language) -> String {
    let pair = match kind {
        Kind::Validation(issues) => {
            let mut text = String::new();
            for fault in issues {
                if !text.is_empty() {
                    text.push(' ');
                }
                text.push_str(&issue(fault, language));
            }
            return text;
        }
        Kind::Api { code } | Kind::Authentication { code, .. } => return by_code(code, language),
        Kind::RateLimit => {
            ("Too many requests: wait a moment, then try again.", "Gửi quá nhiều yêu cầu: hãy chờ một lát rồi thử lại.")
        }
        Kind::Server => (
            "The server failed to answer this request: try again later.",
            "Máy chủ gặp sự cố khi xử lý yêu cầu: hãy thử lại sau.",
        ),
        Kind::Network { .. } => (
            "No answer from the server: check the internet connection, then the server's address and whether it allows this page (CORS).",
            "Không nhận được phản hồi từ máy chủ: hãy kiểm tra kết nối mạng, sau đó là địa chỉ máy chủ và quyền truy cập của trang này (CORS).",
        ),
        Kind::Timeout { limit } => match limit {
            TimeLimit::Attempt => {
                ("The server did not answer in time: try again.", "Máy chủ không trả lời kịp thời gian: hãy thử lại.")
            }
            TimeLimit::Token => (
                "The access token did not come in time: try again, or sign in again.",
                "Không lấy được access token kịp thời gian: hãy thử lại hoặc đăng nhập lại.",
            ),
            TimeLimit::Activation => (
                "The tenant was not active in time: look at it again later.",
                "Doanh nghiệp chưa được kích hoạt trong thời gian chờ: hãy kiểm tra lại sau.",
            ),
            TimeLimit::Turn => (
                "Another top-up of this tenant is still under way in another tab: wait until it is done, then try again.",
                "Một yêu cầu nạp tiền khác cho doanh nghiệp này đang chạy ở tab khác: hãy chờ xong rồi thử lại.",
            ),
        },
        Kind::Abort { .. } => ("The call was cancelled.", "Yêu cầu đã bị hủy."),
        Kind::Protocol(mismatch) => {
            let place = match mismatch.path.as_str() {
                "" => pick(language, ("the response", "phản hồi")),
                path => path,
            };
            let (before, expected, got) = match language {
                Language::En => ("The server's answer is not what its contract says: ", ": expected ", ", got "),
                Language::Vi => ("Phản hồi của máy chủ không đúng định dạng: ", ": cần ", ", nhận được "),
            };
            return join(&[before, place, expected, &mismatch.expected, got, &mismatch.actual, "."]);
        }
        Kind::OutcomeUnknown(_) => (
            "The request was sent, but nobody knows whether it took effect: check before you send it again.",
            "Yêu cầu đã được gửi nhưng chưa rõ đã có hiệu lực hay chưa: hãy kiểm tra trước khi gửi lại.",
        ),
        Kind::Told(_) => ("", ""),
    };
    pick(language, pair).to_owned()
}

/// The sentence without its advice, for a failure after which another try may do harm.
pub fn fact(kind: &Kind, language: Language) -> String {
    let sentence = sentence(kind, language);
    match (kind, cut(&sentence, b':')) {
        (Kind::Server | Kind::Timeout { .. }, Some((fact, _))) => join(&[fact, "."]),
        _ => sentence,
    }
}

/// The sentence of one argument's fault.
pub fn issue(issue: &Issue, language: Language) -> String {
    let label = label(&issue.field, language);
    let (pair, value) = rule(&issue.rule, language);
    let (before, after) = cut(pick(language, pair), b'{').unwrap_or((pick(language, pair), ""));
    join(&[label, " ", before, &value, after, "."])
}

/// What an argument has to be: the value goes where the `{` is.
fn rule(rule: &Rule, language: Language) -> (Pair, String) {
    let number = |number: &u32| digits(u64::from(*number));
    let (pair, value): (Pair, String) = match rule {
        Rule::WholeNumber(min) => {
            (("must be a whole number, { or more", "phải là số nguyên từ { trở lên"), number(min))
        }
        Rule::ShorterThan(limit) => (("must be shorter than { characters", "phải ngắn hơn { ký tự"), number(limit)),
        Rule::AtLeastUnits(min) => (("must have at least { characters", "phải có ít nhất { ký tự"), number(min)),
        Rule::Type(expected) => (("must be of type {", "phải có kiểu {"), (*expected).into()),
        Rule::OneOf(values) => (("must be one of {", "phải là một trong {"), (*values).into()),
        Rule::Password(gaps) => (("needs {", "cần có {"), gap_list(*gaps, language)),
        fixed => (fixed_rule(fixed), String::new()),
    };
    (pair, value)
}

fn fixed_rule(rule: &Rule) -> Pair {
    match rule {
        Rule::Required => ("is required", "không được để trống"),
        Rule::Unknown => ("is not a known parameter", "không phải là tham số hợp lệ"),
        Rule::Milliseconds => (
            "must be a number of milliseconds above 0 and at most 2147483647",
            "phải là số mili giây lớn hơn 0 và không quá 2147483647",
        ),
        Rule::Email => ("is not valid", "không hợp lệ"),
        Rule::MinimumAmount => ("must be at least 10,000 VND", "phải từ 10.000 VND trở lên"),
        Rule::WholeAmount => (
            "must be a whole number of VND, at most 9,007,199,254,740,991",
            "phải là số nguyên VND, không quá 9.007.199.254.740.991",
        ),
        Rule::WellFormed => ("holds half a character", "chứa ký tự không trọn vẹn"),
        Rule::Id => ("may hold only letters, digits and - _ . :", "chỉ được chứa chữ cái, chữ số và - _ . :"),
        Rule::Path => (
            "must start with one / and hold only letters, digits and -._~!$&'()*+,=:@ between single slashes",
            "phải bắt đầu bằng một dấu / và chỉ chứa chữ cái, chữ số và -._~!$&'()*+,=:@ giữa các dấu / đơn",
        ),
        Rule::NoBody => ("cannot go with a GET", "không dùng được với GET"),
        Rule::Serializable => ("cannot be written as JSON", "không thể chuyển thành JSON"),
        Rule::Token => (
            "must be the bearer token alone: visible ASCII characters, no space, no line break",
            "phải chỉ gồm bearer token: ký tự ASCII in được, không có khoảng trắng, không xuống dòng, không kèm chữ Bearer",
        ),
        Rule::BaseUrl(fault) => base_url(*fault),
        Rule::HiddenBalance => (
            "cannot go with the wallet \"SPK\": the API does not show its balance",
            "không dùng được với ví \"SPK\": API không cho xem số dư của ví này",
        ),
        Rule::NoTenant => ("was not found among your tenants", "không có trong danh sách doanh nghiệp của bạn"),
        Rule::Closed => ("is closed: connect again", "đã đóng: hãy kết nối lại"),
        // These have a value.
        _ => ("", ""),
    }
}

/// What a person calls an argument that they typed in; the others keep the name that the programmer wrote.
fn label(field: &str, language: Language) -> &str {
    let (en, vi) = match field {
        "email" => ("The e-mail address", "Email"),
        "password" => ("The password", "Mật khẩu"),
        "fullName" => ("The business name", "Tên doanh nghiệp"),
        "ownerName" => ("The owner's name", "Tên chủ doanh nghiệp"),
        "phone" => ("The phone number", "Số điện thoại"),
        "amount" => ("The amount", "Số tiền"),
        "description" => ("The description", "Nội dung nạp tiền"),
        "wallet" => ("The wallet", "Ví"),
        "keyword" => ("The keyword", "Từ khóa"),
        "baseUrl" => ("The API address (baseUrl)", "Địa chỉ API (baseUrl)"),
        "token" => ("The access token", "Access token"),
        _ => return field,
    };
    pick(language, (en, vi))
}

fn base_url(fault: BaseUrlFault) -> Pair {
    match fault {
        BaseUrlFault::NotAbsolute => (
            "must start with https:// (or http:// on this machine)",
            "phải bắt đầu bằng https:// (hoặc http:// trên máy này)",
        ),
        BaseUrlFault::InsecureHost => {
            ("must be https: http is for this machine only", "phải dùng https: http chỉ dành cho máy này")
        }
        BaseUrlFault::Credentials => {
            ("must not hold a user name or password", "không được chứa tên đăng nhập hay mật khẩu")
        }
        BaseUrlFault::QueryOrFragment => ("must not hold a query or fragment", "không được chứa truy vấn hay fragment"),
        BaseUrlFault::Host => ("has no valid host", "không có tên máy chủ hợp lệ"),
        BaseUrlFault::Path => (
            "has a path with an empty segment, .. or a character that is not plain",
            "có đường dẫn chứa đoạn rỗng, .. hoặc ký tự không hợp lệ",
        ),
    }
}

fn gap_list(gaps: PasswordGaps, language: Language) -> String {
    let all: [(bool, Pair); 5] = [
        (gaps.length, ("at least 8 characters", "ít nhất 8 ký tự")),
        (gaps.upper, ("an upper-case letter", "một chữ in hoa")),
        (gaps.lower, ("a lower-case letter", "một chữ thường")),
        (gaps.digit, ("a digit", "một chữ số")),
        (gaps.special, ("a special character", "một ký tự đặc biệt")),
    ];
    let mut list = String::new();
    for (_, pair) in all.into_iter().filter(|(lacking, _)| *lacking) {
        if !list.is_empty() {
            list.push_str(", ");
        }
        list.push_str(pick(language, pair));
    }
    list
}

fn pick(language: Language, (en, vi): Pair) -> &'static str {
    match language {
        Language::En => en,
        Language::Vi => vi,
    }
}

/// The sentence of a code; codes that nobody documented are named. What a server says in place of a code may quote the
/// request, secrets included: it is no part of a sentence.
fn by_code(code: &str, language: Language) -> String {
    if let Some((_, en, vi)) = CODES.iter().find(|(known, ..)| *known == code) {
        return pick(language, (en, vi)).to_owned();
    }
    let is_code =
        code.len() <= 64 && code.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'));
    if !is_code {
        return pick(language, ("The server refused the request.", "Máy chủ từ chối yêu cầu.")).to_owned();
    }
    let named = ("The server refused the request with the code ", "Máy chủ từ chối yêu cầu với mã ");
    join(&[pick(language, named), code, "."])
}

/// The codes of the contract, and those that stand in where a gateway gives none.
const CODES: &[(&str, &str, &str)] = &[
    (
        "partner_invalid",
        "The access token is not a partner's, or it has expired: sign in again.",
        "Access token không thuộc đối tác hoặc đã hết hạn: hãy đăng nhập lại.",
    ),
    (
        "tenant_invalid",
        "The access token is a tenant's: sign in with the partner's own.",
        "Access token thuộc về doanh nghiệp: hãy đăng nhập bằng tài khoản đối tác.",
    ),
    ("unauthorized", "The access token was refused: sign in again.", "Access token bị từ chối: hãy đăng nhập lại."),
    (
        "forbidden",
        "This account may not do that: ask the provider for the permission.",
        "Tài khoản này không được phép thực hiện: hãy liên hệ nhà cung cấp để được cấp quyền.",
    ),
    (
        "token_unavailable",
        "No access token could be got: sign in again.",
        "Không lấy được access token: hãy đăng nhập lại.",
    ),
    (
        "request_invalid",
        "Something required is missing or not valid: check what was entered.",
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
        "A tenant with this e-mail address exists already: look for it in the list, or use a different address.",
        "Đã có doanh nghiệp dùng email này: hãy tìm trong danh sách hoặc dùng email khác.",
    ),
    (
        "create_tenant_error",
        "The server could not create the tenant: try again later, or ask the provider.",
        "Máy chủ không tạo được doanh nghiệp: hãy thử lại sau hoặc liên hệ nhà cung cấp.",
    ),
    (
        "access_denied",
        "The top-up was refused: check that the e-mail is the owner's of one of your active tenants.",
        "Yêu cầu nạp tiền bị từ chối: hãy kiểm tra xem email có phải của chủ một doanh nghiệp đang hoạt động do bạn quản lý không.",
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
    ("api_key_invalid", "The API key is not valid.", "API key không hợp lệ."),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Mismatch;

    fn both(kind: &Kind) -> (String, String) {
        (sentence(kind, Language::En), sentence(kind, Language::Vi))
    }

    #[test]
    fn every_code_has_two_different_sentences_and_stands_once() {
        for (index, (code, en, vi)) in CODES.iter().enumerate() {
            assert_ne!(en, vi, "{code}");
            assert!(en.ends_with('.') && vi.ends_with('.'), "{code}");
            assert!(CODES.iter().skip(index + 1).all(|(other, ..)| other != code), "{code} stands twice");
        }
    }

    #[test]
    fn a_code_that_nobody_documented_is_named() {
        let (en, vi) = both(&Kind::Api { code: "quota_2027".into() });
        assert!(en.contains("quota_2027") && vi.contains("quota_2027"));
    }

    #[test]
    fn a_sentence_in_place_of_a_code_is_not_quoted() {
        let (en, vi) = both(&Kind::Api { code: "Invalid password Abcdef1! for a@b.vn".into() });
        assert!(!en.contains("Abcdef1!") && !vi.contains("Abcdef1!"), "{en} {vi}");
    }

    #[test]
    fn a_protocol_fault_says_where() {
        let mismatch = Mismatch::new("number", "string").under("balance").under("payload");
        let (en, vi) = both(&Kind::Protocol(mismatch));
        assert!(en.contains("payload.balance: expected number, got string"), "{en}");
        assert!(vi.contains("payload.balance: cần number, nhận được string"), "{vi}");
    }

    #[test]
    fn a_fact_gives_no_advice() {
        for language in [Language::En, Language::Vi] {
            for kind in [Kind::Server, Kind::Timeout { limit: TimeLimit::Attempt }] {
                let fact = fact(&kind, language);
                assert!(fact.ends_with('.') && !fact.contains(':') && fact.len() > 10, "{fact}");
                assert!(!fact.contains("again") && !fact.contains("lại"), "{fact}");
            }
        }
    }

    #[test]
    fn a_password_fault_lists_what_is_missing() {
        let gaps = PasswordGaps { upper: true, digit: true, ..Default::default() };
        let fault = Issue { field: "password".into(), code: "password_invalid", rule: Rule::Password(gaps) };
        assert_eq!(issue(&fault, Language::En), "The password needs an upper-case letter, a digit.");
        assert_eq!(issue(&fault, Language::Vi), "Mật khẩu cần có một chữ in hoa, một chữ số.");
    }

    #[test]
    fn a_validation_fault_names_every_field() {
        let issues = ["email", "phone"].map(|field| Issue {
            field: field.into(),
            code: "request_invalid",
            rule: Rule::Required,
        });
        let (en, _) = both(&Kind::Validation(issues.into()));
        assert_eq!(en, "The e-mail address is required. The phone number is required.");
    }
}
