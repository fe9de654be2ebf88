//! `GET /api/partner/tenant/info?id=`

use axum::extract::State;
use serde::Serialize;

use crate::{
    app::App,
    auth::PartnerId,
    envelope::{ErrorCode, HandlerResult, success},
    query::Parameters,
    store::{CURRENCY, LANGUAGE, NATION, PublicNumber, ServicePackage, Tenant},
};

/// All documented fields. Those that only an active tenant has are omitted before activation.
#[derive(Serialize)]
struct Info<'a> {
    full_name: &'a str,
    email: &'a str,
    description: &'a str,
    enabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    domain: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    domain_fusion: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    domain_expire: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    effective_date: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expire_date: Option<i64>,
    phone: &'a str,
    status: &'static str,
    paid_type: &'a str,
    nation: &'static str,
    currency: &'static str,
    language: &'static str,
    balance: i64,
    api_key: &'a str,
    public_numbers: &'a [PublicNumber],
    service_package: &'a ServicePackage,
}

impl<'a> Info<'a> {
    fn new(tenant: &'a Tenant, now: i64) -> Self {
        let effective_date = tenant.active_since(now);
        Self {
            full_name: &tenant.full_name,
            email: &tenant.email,
            description: &tenant.description,
            enabled: tenant.enabled,
            domain: effective_date.map(|_| tenant.domain.as_str()),
            domain_fusion: effective_date.map(|_| tenant.domain.as_str()),
            domain_expire: effective_date.map(|_| tenant.domain_expire),
            effective_date,
            expire_date: effective_date.map(|_| tenant.expire_date),
            phone: &tenant.phone,
            status: tenant.status(now),
            paid_type: &tenant.paid_type,
            nation: NATION,
            currency: CURRENCY,
            language: LANGUAGE,
            balance: tenant.balance,
            api_key: &tenant.api_key,
            public_numbers: &tenant.public_numbers,
            service_package: &tenant.service_package,
        }
    }
}

pub async fn handle(State(app): State<App>, partner: PartnerId, parameters: Parameters) -> HandlerResult {
    let id = parameters.get("id").filter(|id| !id.trim().is_empty()).ok_or(ErrorCode::RequestInvalid)?;
    let now = app.now();
    let store = app.store();
    // Another partner's tenant is reported as not found.
    let tenant = store.by_id_of(partner, id).ok_or(ErrorCode::TenantNotFound)?;
    Ok(success(Info::new(tenant, now)))
}
