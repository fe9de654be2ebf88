//! `POST /api/partner/tenant/list?page=&size=`

use axum::{body::Bytes, extract::State};
use serde::Serialize;

use crate::{
    app::App,
    auth::PartnerId,
    body::Body,
    envelope::{ErrorCode, HandlerResult, success},
    page::Page,
    query::{Parameters, positive_integer},
    store::{CURRENCY, PublicNumber, ServicePackage, Tenant},
};

/// A tenant in a list. The documentation does not list its fields; the API key is left out, because a list should not
/// expose the keys of many tenants.
#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    full_name: &'a str,
    owner_name: &'a str,
    email: &'a str,
    phone: &'a str,
    description: &'a str,
    enabled: bool,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    domain: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    domain_expire: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    effective_date: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expire_date: Option<i64>,
    paid_type: &'a str,
    currency: &'static str,
    balance: i64,
    public_numbers: &'a [PublicNumber],
    service_package: &'a ServicePackage,
}

impl<'a> Item<'a> {
    fn new(tenant: &'a Tenant, now: i64) -> Self {
        let effective_date = tenant.active_since(now);
        Self {
            id: &tenant.id,
            full_name: &tenant.full_name,
            owner_name: &tenant.owner_name,
            email: &tenant.email,
            phone: &tenant.phone,
            description: &tenant.description,
            enabled: tenant.enabled,
            status: tenant.status(now),
            domain: effective_date.map(|_| tenant.domain.as_str()),
            domain_expire: effective_date.map(|_| tenant.domain_expire),
            effective_date,
            expire_date: effective_date.map(|_| tenant.expire_date),
            paid_type: &tenant.paid_type,
            currency: CURRENCY,
            balance: tenant.balance,
            public_numbers: &tenant.public_numbers,
            service_package: &tenant.service_package,
        }
    }
}

pub async fn handle(State(app): State<App>, partner: PartnerId, parameters: Parameters, bytes: Bytes) -> HandlerResult {
    let (page, size) = (positive_integer(&parameters, "page")?, positive_integer(&parameters, "size")?);
    let fields = Body::parse(&bytes).fields(ErrorCode::RequestBodyRequired, ErrorCode::RequestBodyRequired)?;
    let keyword = fields.optional_text("keyword")?.unwrap_or_default();

    let now = app.now();
    let store = app.store();
    Ok(success(Page::of(&store.search(partner, keyword), page, size, |tenant| Item::new(tenant, now))?))
}
