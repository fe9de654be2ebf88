//! Values of the types.

use super::*;

/// Empty, composed and decomposed, beyond 16 bits, and what only looks like nothing.
const TEXTS: [&str; 6] =
    ["", "Tr\u{1ea7}n Ngh\u{129}a", "Tra\u{302}\u{300}n Nghi\u{303}a", "\u{20bb7}\u{1f600}", "\0", "\u{feff}"];
/// Both zeros, what has no end in binary, beyond what is exact, and the extremes.
const NUMBERS: [f64; 7] = [0.0, -0.0, 0.1, 9_007_199_254_740_992.0, 1e308, 5e-324, f64::MIN];

/// The usual ones, one with each text, and one with each number.
fn variants<T>(usual: impl IntoIterator<Item = T>, text: impl Fn(String) -> T, number: impl Fn(f64) -> T) -> Vec<T> {
    let texts = TEXTS.into_iter().map(|odd| text(odd.to_owned()));
    usual.into_iter().chain(texts).chain(NUMBERS.into_iter().map(number)).collect()
}

impl Seen for PublicNumber {
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

impl Seen for ServicePackage {
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

impl Seen for Tenant {
    const FROM_SERVER: bool = true;

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

impl Seen for TenantSummary {
    const BASE: &str = Tenant::DECL;

    fn values() -> Vec<Self> {
        Tenant::values().into_iter().map(|tenant| TenantSummary { id: "5f59784273".into(), tenant }).collect()
    }
}

impl Seen for PagePosition {
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

impl Seen for TenantPage {
    const BASE: &str = PagePosition::DECL;

    fn values() -> Vec<Self> {
        let items = TenantSummary::values();
        let odd = PagePosition::values().into_iter().map(|position| TenantPage { items: vec![], position });
        odd.chain([TenantPage { items, position: PagePosition::default() }]).collect()
    }
}

impl Seen for CreatedTenant {
    fn values() -> Vec<Self> {
        TEXTS.map(|text| CreatedTenant { id: text.into() }).into()
    }
}

impl Seen for CreateTenantParams {
    fn values() -> Vec<Self> {
        let params = |text: &str, is_auto_active| CreateTenantParams {
            email: text.into(),
            password: text.into(),
            full_name: text.into(),
            owner_name: text.into(),
            phone: text.into(),
            is_auto_active,
        };
        TEXTS.into_iter().flat_map(|text| [None, Some(true), Some(false)].map(|active| params(text, active))).collect()
    }
}

impl Seen for ListTenantsParams {
    const COMPLETE: bool = true;

    fn values() -> Vec<Self> {
        variants(
            [],
            |keyword| ListTenantsParams { keyword, ..ListTenantsParams::default() },
            |number| ListTenantsParams { page: number, size: number, ..ListTenantsParams::default() },
        )
    }
}

impl Seen for TopUpParams {
    fn values() -> Vec<Self> {
        let wallets = [None, Some("SPK"), Some("NORMAL"), Some("")].map(|wallet| wallet.map(str::to_owned));
        let params =
            |amount, text: &str, wallet| TopUpParams { email: text.into(), amount, description: text.into(), wallet };
        let amounts = NUMBERS.into_iter().flat_map(|amount| wallets.clone().map(|wallet| params(amount, "x", wallet)));
        amounts.chain(TEXTS.map(|text| params(1e4, text, None))).collect()
    }
}

const OUTCOMES: [Outcome; 4] =
    [Outcome::Applied, Outcome::NotApplied, Outcome::AppliedMoreThanOnce, Outcome::Inconclusive];

impl Seen for Outcome {
    fn values() -> Vec<Self> {
        OUTCOMES.into()
    }
}

impl Seen for BalanceEvidence {
    fn values() -> Vec<Self> {
        let evidence = |balance: f64| {
            OUTCOMES.map(|outcome| BalanceEvidence { balance_before: balance, balance_after: -balance, outcome })
        };
        NUMBERS.into_iter().flat_map(evidence).collect()
    }
}

impl Seen for TopUpReceipt {
    fn core(&self) -> JsValue {
        self.to_js()
    }

    fn values() -> Vec<Self> {
        let payloads = ["undefined", "null", "0", "'ok'", "[]", "({ email: 'a@b.vn' })"].map(evaluate);
        let evidence = BalanceEvidence::values().into_iter().map(Some).chain([None]);
        let receipts = evidence
            .flat_map(|evidence| payloads.clone().map(|payload| TopUpReceipt { payload, evidence: evidence.clone() }));
        receipts.collect()
    }
}

impl Seen for Evidence {
    fn core(&self) -> JsValue {
        self.to_js()
    }

    fn values() -> Vec<Self> {
        let balances =
            |number| Evidence { balance_before: Some(number), balance_after: Some(number), ..Evidence::default() };
        let full = Evidence { tenants: json(r#"[{"id":"a","surprise":null}]"#), ..balances(1.0) };
        [Evidence::default(), full].into_iter().chain(NUMBERS.map(balances)).collect()
    }
}

impl Seen for Reconciliation {
    fn core(&self) -> JsValue {
        self.to_js()
    }

    fn values() -> Vec<Self> {
        let each = |evidence: Evidence| OUTCOMES.map(|outcome| Reconciliation { outcome, evidence: evidence.clone() });
        Evidence::values().into_iter().flat_map(each).collect()
    }
}

impl Seen for ActivationProgress {
    fn values() -> Vec<Self> {
        variants(
            [],
            |text| ActivationProgress { elapsed_ms: 1.5, status: Some(text) },
            |elapsed_ms| ActivationProgress { elapsed_ms, status: None },
        )
    }
}

impl Seen for ClientEvent<'static> {
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
