//! Asking the server about the result of a write whose outcome is unknown.

use std::future::Future;
use std::rc::Rc;

use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::JsValue;

use super::find;
use crate::config::CallOptions;
use crate::error::{ErrorKind, Reconcile, Result};
use crate::platform::serialize::to_js;
use crate::transport::Connection;

/// What the server's data says about a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    Applied,
    NotApplied,
    AppliedMoreThanOnce,
    Inconclusive,
}

/// What the server's data says about a write whose outcome was unknown.
#[derive(Debug, Clone, Serialize, Tsify)]
pub struct Reconciliation {
    /// `"notApplied"` is what the server's search or the balance shows now: a request may still be on its way.
    pub outcome: Outcome,
    /// The data behind the outcome, to show to a person where it is not clear.
    pub evidence: Evidence,
}

/// The data behind an outcome.
#[derive(Debug, Clone, Default, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Evidence {
    /// After `tenants.create`: the tenants that have exactly this e-mail address.
    #[serde(with = "serde_wasm_bindgen::preserve", skip_serializing_if = "JsValue::is_undefined")]
    #[tsify(optional, type = "TenantSummary[]")]
    pub tenants: JsValue,
    /// After `tenants.topUp` with `recordBalance`: the balance before it was sent, in VND.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub balance_before: Option<f64>,
    /// After `tenants.topUp`: the balance now, in VND.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub balance_after: Option<f64>,
    /// After a purchase with `recordEvidence`: what the server showed before it was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub before: Option<PurchaseState>,
    /// After a purchase: what the server shows now.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub after: Option<PurchaseState>,
}

/// What a purchase changes, as the server shows it at one moment. A field that the server does not send is absent.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PurchaseState {
    /// The tenant's service package.
    #[serde(with = "serde_wasm_bindgen::preserve", skip_serializing_if = "is_nullish")]
    #[tsify(optional, type = "ServicePackage")]
    pub service_package: JsValue,
    /// The tenant's phone numbers.
    #[serde(with = "serde_wasm_bindgen::preserve", skip_serializing_if = "is_nullish")]
    #[tsify(optional, type = "PublicNumber[]")]
    pub public_numbers: JsValue,
    /// The partner's own balance, in the partner's currency.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub partner_balance: Option<f64>,
}

fn is_nullish(value: &JsValue) -> bool {
    value.is_undefined() || value.is_null()
}

/// For a write that the API gives no data about.
pub fn inconclusive(connection: &Rc<Connection>) -> Reconcile {
    query(connection, |_| async { Ok((Outcome::Inconclusive, Evidence::default())) })
}

/// For a new tenant: is there one with exactly this e-mail address?
pub fn by_email(connection: &Rc<Connection>, email: String) -> Reconcile {
    query(connection, move |connection| {
        let email = email.clone();
        async move {
            let found = find::by_email(&connection, &email, &CallOptions::default()).await?;
            let outcome = match found.tenants.length() {
                0 if found.is_incomplete => Outcome::Inconclusive,
                0 => Outcome::NotApplied,
                1 => Outcome::Applied,
                _ => Outcome::AppliedMoreThanOnce,
            };
            Ok((outcome, Evidence { tenants: found.tenants.into(), ..Evidence::default() }))
        }
    })
}

fn query<Q, F>(connection: &Rc<Connection>, query: Q) -> Reconcile
where
    Q: Fn(Rc<Connection>) -> F + 'static,
    F: Future<Output = Result<(Outcome, Evidence)>> + 'static,
{
    let connection = connection.clone();
    Rc::new(move || {
        let found = query(connection.clone());
        connection.promise(Box::pin(async { reconciliation(found.await?) }))
    })
}

/// The result of `reconcile()`.
pub fn reconciliation((outcome, evidence): (Outcome, Evidence)) -> Result {
    Ok(to_js(&Reconciliation { outcome, evidence }).map_err(ErrorKind::Converted)?)
}
