//! Values of the exported types.

use super::*;

/// Empty, in NFC and NFD, with surrogate pairs, and with invisible characters.
const TEXTS: [&str; 6] =
    ["", "Tr\u{1ea7}n Ngh\u{129}a", "Tra\u{302}\u{300}n Nghi\u{303}a", "\u{20bb7}\u{1f600}", "\0", "\u{feff}"];
/// Both zeros, an inexact fraction, the first integer that is not safe, and the extremes.
const NUMBERS: [f64; 7] = [0.0, -0.0, 0.1, 9_007_199_254_740_992.0, 1e308, 5e-324, f64::MIN];

/// The usual values, one with each text, and one with each number.
fn variants<T>(usual: impl IntoIterator<Item = T>, text: impl Fn(String) -> T, number: impl Fn(f64) -> T) -> Vec<T> {
    let texts = TEXTS.into_iter().map(|odd| text(odd.to_owned()));
    usual.into_iter().chain(texts).chain(NUMBERS.into_iter().map(number)).collect()
}

impl Exported for AccessToken {
    fn values() -> Vec<Self> {
        let token = |access_token: &str| AccessToken {
            access_token: access_token.into(),
            access_type: Some("bussiness".into()),
            token_type: Some("Bearer".into()),
        };
        let least = AccessToken { access_token: "t".into(), ..AccessToken::default() };
        [token("t"), least].into_iter().chain(TEXTS.map(token)).collect()
    }
}

impl Exported for PublicNumber {
    fn values() -> Vec<Self> {
        let full = PublicNumber {
            number: Some("02871012345".into()),
            provider: Some("VTL".into()),
            expire_date: Some(1.7e12),
            status: Some("active".into()),
        };
        variants(
            [full.clone(), PublicNumber::default()],
            |text| PublicNumber { number: Some(text), ..full.clone() },
            |number| PublicNumber { expire_date: Some(number), ..PublicNumber::default() },
        )
    }
}

impl Exported for ServicePackage {
    fn values() -> Vec<Self> {
        let full = ServicePackage {
            code_name: Some("omi_pro".into()),
            service_name: Some("Pro".into()),
            staff_num: Some(10.0),
            customer_num: Some(0.0),
            expiry_date: Some(1.7e12),
            cashback: Some(0.5),
        };
        variants(
            [full.clone(), ServicePackage::default()],
            |text| ServicePackage { code_name: Some(text), ..full.clone() },
            |number| ServicePackage { cashback: Some(number), ..ServicePackage::default() },
        )
    }
}

impl Exported for Tenant {
    fn values() -> Vec<Self> {
        let text = |text: &str| Some(text.to_owned());
        let full = Tenant {
            full_name: text("Sao Mai"),
            email: text("chu@sao-mai.example"),
            description: text(""),
            enabled: Some(true),
            domain: text("sao-mai.example"),
            domain_fusion: text("sip.sao-mai.example"),
            domain_expire: Some(1.7e12),
            effective_date: Some(1.6e12),
            expire_date: Some(1.7e12),
            phone: text("0901234567"),
            status: text("activated"),
            paid_type: text("prepaid"),
            nation: text("vn"),
            currency: text("VND"),
            language: text("vi"),
            balance: Some(-0.5),
            api_key: text("S1M7"),
            public_numbers: Some(PublicNumber::values()),
            service_package: Some(ServicePackage::default()),
        };
        let bare = Tenant { public_numbers: Some(vec![]), enabled: Some(false), ..Tenant::default() };
        variants(
            [full.clone(), bare, Tenant::default()],
            |text| Tenant { full_name: Some(text.clone()), status: Some(text), ..Tenant::default() },
            |number| Tenant { balance: Some(number), expire_date: Some(number), ..full.clone() },
        )
    }
}

impl Exported for TenantSummary {
    const BASE: &str = Tenant::DECL;

    fn values() -> Vec<Self> {
        Tenant::values().into_iter().map(|tenant| TenantSummary { id: "5f59784273".into(), tenant }).collect()
    }
}

impl Exported for PagePosition {
    fn values() -> Vec<Self> {
        let full = PagePosition {
            page_number: Some(1.0),
            page_size: Some(50.0),
            total_items: Some(120.0),
            total_pages: Some(3.0),
            has_next: Some(true),
            has_previous: Some(false),
            next_page: Some(2.0),
            previous_page: Some(1.0),
        };
        let odd = NUMBERS.map(|number| PagePosition { total_items: Some(number), ..PagePosition::default() });
        [full, PagePosition::default()].into_iter().chain(odd).collect()
    }
}

impl Exported for TenantPage {
    const BASE: &str = PagePosition::DECL;

    fn values() -> Vec<Self> {
        let items = TenantSummary::values();
        let odd = PagePosition::values().into_iter().map(|position| TenantPage { items: vec![], position });
        odd.chain([TenantPage { items, position: PagePosition::default() }]).collect()
    }
}

impl Exported for Partner {
    fn values() -> Vec<Self> {
        let text = |text: &str| Some(text.to_owned());
        let full = Partner {
            full_name: text("Sao Mai"),
            email: text("dai-ly@sao-mai.example"),
            description: text(""),
            enabled: Some(true),
            status: text("activated"),
            paid_type: text("prepaid"),
            nation: text("vn"),
            currency: text("VND"),
            language: text("vi"),
            balance: Some(-0.5),
        };
        variants(
            [full.clone(), Partner::default()],
            |text| Partner { full_name: Some(text), ..full.clone() },
            |number| Partner { balance: Some(number), ..Partner::default() },
        )
    }
}

impl Exported for Agency {
    const BASE: &str = Partner::DECL;

    fn values() -> Vec<Self> {
        Partner::values().into_iter().map(|partner| Agency { partner }).collect()
    }
}

impl Exported for Price {
    fn values() -> Vec<Self> {
        variants(
            [Price { currency: Some("USD".into()), price: Some(0.977) }, Price::default()],
            |text| Price { currency: Some(text), price: None },
            |number| Price { currency: None, price: Some(number) },
        )
    }
}

impl Exported for QuotedPrice {
    fn values() -> Vec<Self> {
        let texts = TEXTS.map(|text| QuotedPrice { currency: text.into(), price: 5.862 });
        let numbers = NUMBERS.map(|price| QuotedPrice { currency: "USD".into(), price });
        texts.into_iter().chain(numbers).collect()
    }
}

impl Exported for Quote {
    fn values() -> Vec<Self> {
        vec![Quote { prices: QuotedPrice::values() }, Quote { prices: vec![] }]
    }
}

impl Exported for PackageOffer {
    fn values() -> Vec<Self> {
        let full = PackageOffer {
            code_name: Some("omi_pro".into()),
            service_name: Some("Pro".into()),
            staff_num: Some(10.0),
            customer_num: Some(0.0),
            note: Some("".into()),
            fee_setups: Some(Price::values()),
            fee_holds: Some(vec![]),
        };
        variants(
            [full.clone(), PackageOffer::default()],
            |text| PackageOffer { note: Some(text), ..PackageOffer::default() },
            |number| PackageOffer { staff_num: Some(number), ..full.clone() },
        )
    }
}

impl Exported for NumberOffer {
    fn values() -> Vec<Self> {
        let full = NumberOffer {
            number: "842471000001".into(),
            provider: Some("itel".into()),
            provider_type: Some("telecom".into()),
            number_type: Some("fixed".into()),
            nation: Some("vn".into()),
            created_date: Some(1.6e12),
            last_updated_date: Some(1.7e12),
            maintaining_prices: Some(Price::values()),
        };
        variants(
            [full.clone(), NumberOffer::default()],
            |text| NumberOffer { number: text, ..NumberOffer::default() },
            |number| NumberOffer { created_date: Some(number), ..full.clone() },
        )
    }
}

impl Exported for NumberPage {
    const BASE: &str = PagePosition::DECL;

    fn values() -> Vec<Self> {
        let items = NumberOffer::values();
        let odd = PagePosition::values().into_iter().map(|position| NumberPage { items: vec![], position });
        odd.chain([NumberPage { items, position: PagePosition::default() }]).collect()
    }
}

impl Exported for ListNumbersParams {
    fn values() -> Vec<Self> {
        let full = ListNumbersParams { page: Some(PositiveInteger(1.0)), size: Some(PositiveInteger(50.0)) };
        let odd = NUMBERS.map(|number| ListNumbersParams { page: Some(PositiveInteger(number)), size: None });
        [full, ListNumbersParams::default()].into_iter().chain(odd).collect()
    }
}

impl Exported for CreatedTenant {
    fn values() -> Vec<Self> {
        TEXTS.map(|text| CreatedTenant { id: text.into() }).into()
    }
}

impl Exported for CreateTenantParams {
    fn values() -> Vec<Self> {
        let params = |text: &str, is_auto_active| CreateTenantParams {
            email: Email(text.into()),
            password: Password(text.into()),
            fullName: Name(text.into()),
            ownerName: Name(text.into()),
            phone: Phone(text.into()),
            isAutoActive: is_auto_active,
        };
        TEXTS.into_iter().flat_map(|text| [None, Some(true), Some(false)].map(|active| params(text, active))).collect()
    }
}

impl Exported for ListTenantsParams {
    fn values() -> Vec<Self> {
        let full = ListTenantsParams {
            page: Some(PositiveInteger(1.0)),
            size: Some(PositiveInteger(50.0)),
            keyword: Some(Keyword("sao".into())),
        };
        variants(
            [full.clone(), ListTenantsParams::default()],
            |text| ListTenantsParams { keyword: Some(Keyword(text)), ..ListTenantsParams::default() },
            |number| {
                let number = Some(PositiveInteger(number));
                ListTenantsParams { page: number.clone(), size: number, ..full.clone() }
            },
        )
    }
}

impl Exported for TopUpParams {
    fn values() -> Vec<Self> {
        let wallets =
            [None, Some("SPK"), Some("NORMAL"), Some("")].map(|wallet| wallet.map(|name| Wallet(name.into())));
        let params = |amount, text: &str, wallet| TopUpParams {
            email: Email(text.into()),
            amount: Amount(amount),
            description: Description(text.into()),
            wallet,
        };
        let amounts = NUMBERS.into_iter().flat_map(|amount| wallets.clone().map(|wallet| params(amount, "x", wallet)));
        amounts.chain(TEXTS.map(|text| params(1e4, text, None))).collect()
    }
}

impl Exported for UpgradePackageParams {
    fn values() -> Vec<Self> {
        let params = |text: &str, months| UpgradePackageParams {
            email: Email(text.into()),
            code_name: ListedName(text.into()),
            month_num: Months(months),
            note: Note(text.into()),
        };
        variants([params("a@b.vn", 6.0)], |text| params(&text, 6.0), |number| params("omi_pro", number))
    }
}

impl Exported for ExtendPackageParams {
    fn values() -> Vec<Self> {
        let params = |text: &str, months| ExtendPackageParams {
            email: Email(text.into()),
            month_num: Months(months),
            note: Note(text.into()),
        };
        variants([params("a@b.vn", 6.0)], |text| params(&text, 6.0), |number| params("omi_pro", number))
    }
}

impl Exported for BuyNumberParams {
    fn values() -> Vec<Self> {
        let params = |text: &str, months| BuyNumberParams {
            email: Email(text.into()),
            number: ListedName(text.into()),
            number_count: Months(months),
            note: ShortNote(text.into()),
        };
        variants([params("a@b.vn", 6.0)], |text| params(&text, 6.0), |number| params("842471000001", number))
    }
}

impl Exported for PurchaseState {
    fn values() -> Vec<Self> {
        let state = |service_package, public_numbers, partner_balance| PurchaseState {
            service_package: json(service_package),
            public_numbers: json(public_numbers),
            partner_balance,
        };
        let full = state(r#"{"code_name":"omi_pro","surprise":[]}"#, r#"[{"number":"1"}]"#, Some(5.0));
        [full, state("null", "null", None)]
            .into_iter()
            .chain(NUMBERS.map(|number| state("{}", "[]", Some(number))))
            .collect()
    }
}

impl Exported for PurchaseEvidence {
    fn values() -> Vec<Self> {
        let evidence = |state: PurchaseState| {
            OUTCOMES.map(|outcome| PurchaseEvidence { before: state.clone(), after: state.clone(), outcome })
        };
        PurchaseState::values().into_iter().flat_map(evidence).collect()
    }
}

impl Exported for PurchaseReceipt {
    fn values() -> Vec<Self> {
        let payloads = ["undefined", "null", "0", "({ price: 5 })"].map(evaluate);
        let evidence = PurchaseEvidence::values().into_iter().map(Some).chain([None]);
        let receipts = evidence.flat_map(|evidence| {
            payloads.clone().map(|payload| PurchaseReceipt { payload, evidence: evidence.clone() })
        });
        receipts.collect()
    }
}

const OUTCOMES: [Outcome; 4] =
    [Outcome::Applied, Outcome::NotApplied, Outcome::AppliedMoreThanOnce, Outcome::Inconclusive];

impl Exported for Outcome {
    fn values() -> Vec<Self> {
        OUTCOMES.into()
    }
}

impl Exported for BalanceEvidence {
    fn values() -> Vec<Self> {
        let evidence = |balance: f64| {
            OUTCOMES.map(|outcome| BalanceEvidence { balance_before: balance, balance_after: -balance, outcome })
        };
        NUMBERS.into_iter().flat_map(evidence).collect()
    }
}

impl Exported for TopUpReceipt {
    fn values() -> Vec<Self> {
        let payloads = ["undefined", "null", "0", "'ok'", "[]", "({ email: 'a@b.vn' })"].map(evaluate);
        let evidence = BalanceEvidence::values().into_iter().map(Some).chain([None]);
        let receipts = evidence
            .flat_map(|evidence| payloads.clone().map(|payload| TopUpReceipt { payload, evidence: evidence.clone() }));
        receipts.collect()
    }
}

impl Exported for Evidence {
    fn values() -> Vec<Self> {
        let balances =
            |number| Evidence { balance_before: Some(number), balance_after: Some(number), ..Evidence::default() };
        let state = PurchaseState::values().pop();
        let tenants = json(r#"[{"id":"a","surprise":null}]"#);
        let full = Evidence { tenants, before: state.clone(), after: state, ..balances(1.0) };
        [Evidence::default(), full].into_iter().chain(NUMBERS.map(balances)).collect()
    }
}

impl Exported for Reconciliation {
    fn values() -> Vec<Self> {
        let each = |evidence: Evidence| OUTCOMES.map(|outcome| Reconciliation { outcome, evidence: evidence.clone() });
        Evidence::values().into_iter().flat_map(each).collect()
    }
}

impl Exported for ActivationProgress {
    fn values() -> Vec<Self> {
        variants(
            [],
            |text| ActivationProgress { elapsed_ms: 1.5, status: Some(text) },
            |elapsed_ms| ActivationProgress { elapsed_ms, status: None },
        )
    }
}

impl Exported for ClientEvent<'static> {
    fn values() -> Vec<Self> {
        let (endpoint, attempt) = ("GET /api/x", u32::MAX);
        vec![
            ClientEvent::Request { endpoint, attempt },
            ClientEvent::Response { endpoint, attempt, http_status: u16::MAX, elapsed_ms: -0.0 },
            ClientEvent::Retry { endpoint, attempt, code: "http_503", delay_ms: 1e308 },
            ClientEvent::SingleSendUnavailable { endpoint, reason: "browser" },
            ClientEvent::SingleSendUnavailable { endpoint, reason: "http" },
            ClientEvent::Token { reason: "first" },
            ClientEvent::Token { reason: "refused" },
        ]
    }
}

impl Exported for Language {
    fn values() -> Vec<Self> {
        vec![Language::En, Language::Vi]
    }
}

const ERROR_NAMES: [ErrorName; 11] = [
    ErrorName::ValidationError,
    ErrorName::ApiError,
    ErrorName::AuthenticationError,
    ErrorName::RateLimitError,
    ErrorName::ServerError,
    ErrorName::NetworkError,
    ErrorName::TimeoutError,
    ErrorName::AbortError,
    ErrorName::ProtocolError,
    ErrorName::OutcomeUnknownError,
    ErrorName::PartnerError,
];

impl Exported for ErrorName {
    fn values() -> Vec<Self> {
        ERROR_NAMES.into()
    }
}

impl Exported for ValidationIssue {
    fn values() -> Vec<Self> {
        TEXTS.map(|text| ValidationIssue { field: text.into(), code: "email_invalid", message: text.into() }).into()
    }
}

impl Exported for Failure {
    const ALWAYS_WRITTEN: &[&str] = &["attempts", "retryable"];

    fn values() -> Vec<Self> {
        let full = Failure {
            code: "protocol".into(),
            message: "A sentence.".into(),
            endpoint: Some("GET /api/x".into()),
            http_status: Some(u16::MAX),
            instance_id: Some("1".into()),
            attempts: u32::MAX,
            retryable: true,
            cause: evaluate("({ cause: [null] })"),
            issues: Some(ValidationIssue::values()),
            retry_after_ms: Some(7_000.0),
            path: Some("payload".into()),
            expected: Some("number".into()),
            actual: Some("string".into()),
            operation: Some("tenants.create"),
            started_at: Some(1.7e12),
        };
        let causes = ["null", "0", "'gone'", "new TypeError('gone')"].map(evaluate);
        let with_causes = causes.map(|cause| Failure { cause, issues: Some(vec![]), ..Failure::default() });
        variants(
            [full, Failure::default()].into_iter().chain(with_causes),
            |text| Failure { message: text.clone(), instance_id: Some(text), ..Failure::default() },
            |number| Failure { retry_after_ms: Some(number), started_at: Some(number), ..Failure::default() },
        )
    }
}

impl Exported for Rejection {
    fn values() -> Vec<Self> {
        let reconcile = [JsValue::UNDEFINED, evaluate("async () => ({})")];
        let each = |name| reconcile.clone().map(|reconcile| Rejection { name, failure: Failure::default(), reconcile });
        let failures = Failure::values().into_iter().map(|failure| {
            let name = ErrorName::ApiError;
            Rejection { name, failure, reconcile: JsValue::UNDEFINED }
        });
        ERROR_NAMES.into_iter().flat_map(each).chain(failures).collect()
    }
}
