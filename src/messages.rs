//! What a person reads: one sentence that says what to do, in English and Vietnamese.

use crate::error::{BaseUrlFault, Issue, Kind, Language, PasswordGaps, Rule, TimeLimit};

type Pair = (&'static str, &'static str);

/// The sentence of a failure.
pub fn sentence(kind: &Kind, language: Language) -> String {
    match kind {
        Kind::Validation(issues) => {
            let parts: Vec<String> = issues.iter().map(|fault| issue(fault, language)).collect();
            parts.join(" ")
        }
        Kind::Api { code } | Kind::Authentication { code, .. } => by_code(code, language),
        Kind::RateLimit { .. } => pick(
            language,
            (
                "Too many requests: wait a moment, then try again.",
                "Gửi quá nhiều yêu cầu: hãy chờ một lát rồi thử lại.",
            ),
        ),
        Kind::Server => pick(
            language,
            (
                "The server failed to answer this request: try again later.",
                "Máy chủ gặp sự cố khi xử lý yêu cầu: hãy thử lại sau.",
            ),
        ),
        Kind::Network { .. } => pick(
            language,
            (
                "No answer from the server: check the internet connection, then the server's address and whether it allows this page (CORS).",
                "Không nhận được phản hồi từ máy chủ: hãy kiểm tra kết nối mạng, sau đó là địa chỉ máy chủ và quyền truy cập của trang này (CORS).",
            ),
        ),
        Kind::Timeout { limit: TimeLimit::Attempt } => pick(
            language,
            ("The server did not answer in time: try again.", "Máy chủ không trả lời kịp thời gian: hãy thử lại."),
        ),
        Kind::Timeout { limit: TimeLimit::Token } => pick(
            language,
            (
                "The access token did not come in time: try again, or sign in again.",
                "Không lấy được access token kịp thời gian: hãy thử lại hoặc đăng nhập lại.",
            ),
        ),
        Kind::Timeout { limit: TimeLimit::Activation } => pick(
            language,
            (
                "The tenant was not active in time: look at it again later.",
                "Doanh nghiệp chưa được kích hoạt trong thời gian chờ: hãy kiểm tra lại sau.",
            ),
        ),
        Kind::Timeout { limit: TimeLimit::Turn } => pick(
            language,
            (
                "Another top-up of this tenant is still under way in another tab: wait until it is done, then try again.",
                "Một yêu cầu nạp tiền khác cho doanh nghiệp này đang chạy ở tab khác: hãy chờ xong rồi thử lại.",
            ),
        ),
        Kind::Abort { .. } => pick(language, ("The call was cancelled.", "Yêu cầu đã bị hủy.")),
        Kind::Protocol(mismatch) => {
            let place = if mismatch.path.is_empty() {
                pick(language, ("the response", "phản hồi"))
            } else {
                mismatch.path.clone()
            };
            match language {
                Language::En => [
                    "The server's answer is not what its contract says: ",
                    &place,
                    ": expected ",
                    mismatch.expected,
                    ", got ",
                    mismatch.actual,
                    ".",
                ]
                .concat(),
                Language::Vi => [
                    "Phản hồi của máy chủ không đúng định dạng: ",
                    &place,
                    ": cần ",
                    mismatch.expected,
                    ", nhận được ",
                    mismatch.actual,
                    ".",
                ]
                .concat(),
            }
        }
        Kind::OutcomeUnknown(_) => pick(
            language,
            (
                "The request was sent, but nobody knows whether it took effect: check before you send it again.",
                "Yêu cầu đã được gửi nhưng chưa rõ đã có hiệu lực hay chưa: hãy kiểm tra trước khi gửi lại.",
            ),
        ),
    }
}

/// The sentence without its advice, for a failure after which another try may do harm.
pub fn fact(kind: &Kind, language: Language) -> String {
    let sentence = sentence(kind, language);
    match kind {
        Kind::Server | Kind::Timeout { .. } => [sentence.split(':').next().unwrap_or_default(), "."].concat(),
        _ => sentence,
    }
}

/// The sentence of one argument's fault.
pub fn issue(issue: &Issue, language: Language) -> String {
    let field = issue.field.as_str();
    let number = |n: &u32| n.to_string();
    let (en, vi): (String, String) = match &issue.rule {
        Rule::Required => (" is required".into(), " không được để trống".into()),
        Rule::Unknown => (" is not a known parameter".into(), " không phải là tham số hợp lệ".into()),
        Rule::Type(expected) => ([" must be of type ", expected].concat(), [" phải có kiểu ", expected].concat()),
        Rule::OneOf(values) => ([" must be one of ", values].concat(), [" phải là một trong ", values].concat()),
        Rule::WholeNumber(min) => (
            [" must be a whole number, ", &number(min), " or more"].concat(),
            [" phải là số nguyên từ ", &number(min), " trở lên"].concat(),
        ),
        Rule::Milliseconds => (
            " must be a number of milliseconds above 0 and at most 2147483647".into(),
            " phải là số mili giây lớn hơn 0 và không quá 2147483647".into(),
        ),
        Rule::Email => (" is not valid".into(), " không hợp lệ".into()),
        Rule::Password(gaps) => (
            [" needs ", &gap_list(*gaps, Language::En)].concat(),
            [" cần có ", &gap_list(*gaps, Language::Vi)].concat(),
        ),
        Rule::ShorterThan(limit) => (
            [" must be shorter than ", &number(limit), " characters"].concat(),
            [" phải ngắn hơn ", &number(limit), " ký tự"].concat(),
        ),
        Rule::AtLeastUnits(min) => (
            [" must have at least ", &number(min), " characters"].concat(),
            [" phải có ít nhất ", &number(min), " ký tự"].concat(),
        ),
        Rule::MinimumAmount => (" must be at least 10,000 VND".into(), " phải từ 10.000 VND trở lên".into()),
        Rule::WholeAmount => (
            " must be a whole number of VND, at most 9,007,199,254,740,991".into(),
            " phải là số nguyên VND, không quá 9.007.199.254.740.991".into(),
        ),
        Rule::WellFormed => (" holds half a character".into(), " chứa ký tự không trọn vẹn".into()),
        Rule::Id => {
            (" may hold only letters, digits and - _ . :".into(), " chỉ được chứa chữ cái, chữ số và - _ . :".into())
        }
        Rule::Path => (
            " must start with one / and hold only letters, digits and -._~!$&'()*+,=:@ between single slashes".into(),
            " phải bắt đầu bằng một dấu / và chỉ chứa chữ cái, chữ số và -._~!$&'()*+,=:@ giữa các dấu / đơn".into(),
        ),
        Rule::NoBody => (" cannot go with a GET".into(), " không dùng được với GET".into()),
        Rule::Serializable => (" cannot be written as JSON".into(), " không thể chuyển thành JSON".into()),
        Rule::Token => (
            " must be the bearer token alone: visible ASCII characters, no space, no line break".into(),
            " phải chỉ gồm bearer token: ký tự ASCII in được, không có khoảng trắng, không xuống dòng, không kèm chữ Bearer".into(),
        ),
        Rule::BaseUrl(fault) => base_url(*fault),
        Rule::HiddenBalance => (
            " cannot go with the wallet \"SPK\": the API does not show its balance".into(),
            " không dùng được với ví \"SPK\": API không cho xem số dư của ví này".into(),
        ),
        Rule::NoTenant => (
            " was not found among your tenants".into(),
            " không có trong danh sách doanh nghiệp của bạn".into(),
        ),
        Rule::Closed => (" is closed: connect again".into(), " đã đóng: hãy kết nối lại".into()),
    };
    match language {
        Language::En => [label(field, language), &en, "."].concat(),
        Language::Vi => [label(field, language), &vi, "."].concat(),
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
        _ => (field, field),
    };
    match language {
        Language::En => en,
        Language::Vi => vi,
    }
}

fn base_url(fault: BaseUrlFault) -> (String, String) {
    let (en, vi) = match fault {
        BaseUrlFault::NotAbsolute => (
            " must start with https:// (or http:// on this machine)",
            " phải bắt đầu bằng https:// (hoặc http:// trên máy này)",
        ),
        BaseUrlFault::InsecureHost => {
            (" must be https: http is for this machine only", " phải dùng https: http chỉ dành cho máy này")
        }
        BaseUrlFault::Credentials => {
            (" must not hold a user name or password", " không được chứa tên đăng nhập hay mật khẩu")
        }
        BaseUrlFault::QueryOrFragment => {
            (" must not hold a query or fragment", " không được chứa truy vấn hay fragment")
        }
        BaseUrlFault::Host => (" has no valid host", " không có tên máy chủ hợp lệ"),
        BaseUrlFault::Path => (
            " has a path with an empty segment, .. or a character that is not plain",
            " có đường dẫn chứa đoạn rỗng, .. hoặc ký tự không hợp lệ",
        ),
    };
    (en.into(), vi.into())
}

fn gap_list(gaps: PasswordGaps, language: Language) -> String {
    let all: [(bool, Pair); 5] = [
        (gaps.length, ("at least 8 characters", "ít nhất 8 ký tự")),
        (gaps.upper, ("an upper-case letter", "một chữ in hoa")),
        (gaps.lower, ("a lower-case letter", "một chữ thường")),
        (gaps.digit, ("a digit", "một chữ số")),
        (gaps.special, ("a special character", "một ký tự đặc biệt")),
    ];
    let missing: Vec<String> =
        all.into_iter().filter(|(lacking, _)| *lacking).map(|(_, pair)| pick(language, pair)).collect();
    missing.join(", ")
}

fn pick(language: Language, (en, vi): Pair) -> String {
    match language {
        Language::En => en.into(),
        Language::Vi => vi.into(),
    }
}

/// The sentence of a code; codes that nobody documented are named. What a server says in place of a code may quote the
/// request, secrets included: it is no part of a sentence.
fn by_code(code: &str, language: Language) -> String {
    for (known, en, vi) in CODES {
        if *known == code {
            return pick(language, (en, vi));
        }
    }
    let is_code =
        code.len() <= 64 && code.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'));
    if !is_code {
        return pick(language, ("The server refused the request.", "Máy chủ từ chối yêu cầu."));
    }
    match language {
        Language::En => ["The server refused the request with the code ", code, "."].concat(),
        Language::Vi => ["Máy chủ từ chối yêu cầu với mã ", code, "."].concat(),
    }
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
