//! Asking the server about the result of a write whose outcome is unknown.

use std::future::Future;
use std::rc::Rc;

use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::JsValue;

use super::balance::{self, KnownBalance, Outcome};
use super::find;
use crate::config::CallOptions;
use crate::error::{ErrorKind, Reconcile, Result};
use crate::platform::serialize::to_js;
use crate::transport::Connection;

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

/// For a top-up: how has the balance changed?
pub fn by_balance(connection: &Rc<Connection>, email: String, amount: f64, before: Option<KnownBalance>) -> Reconcile {
    let connection = connection.clone();
    Rc::new(move || {
        let (reader, address, before) = (connection.clone(), email.clone(), before.clone());
        let read = move || {
            let connection = reader.clone();
            reader.promise(Box::pin(async move {
                reconciliation(read_balance(&connection, &address, amount, before).await?)
            }))
        };
        balance::lock(&connection, &email, CallOptions::default(), Box::new(read))
    })
}

async fn read_balance(
    connection: &Connection,
    email: &str,
    amount: f64,
    before: Option<KnownBalance>,
) -> Result<(Outcome, Evidence)> {
    let options = CallOptions::default();
    let Some(KnownBalance { tenant_id, balance: before }) = before else {
        let balance_after = match balance::by_email(connection, email, &options).await {
            Ok(known) => known.map(|known| known.balance),
            // Responses that do not tell are no evidence.
            Err(error) if matches!(error.kind, ErrorKind::Protocol(_)) => None,
            Err(error) => return Err(error),
        };
        return Ok((Outcome::Inconclusive, Evidence { balance_after, ..Evidence::default() }));
    };
    let after = balance::by_id(connection, &tenant_id, &options).await?;
    let evidence = Evidence { balance_before: Some(before), balance_after: Some(after), ..Evidence::default() };
    Ok((balance::outcome(before, after, amount), evidence))
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

fn reconciliation((outcome, evidence): (Outcome, Evidence)) -> Result {
    Ok(to_js(&Reconciliation { outcome, evidence }).map_err(ErrorKind::Converted)?)
}
