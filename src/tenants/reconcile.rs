//! What became of a write that never settled.

use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::JsValue;

use super::balance::{self, Outcome};
use super::{find, top_up};
use crate::call::Connection;
use crate::error::{Failed, Kind, KnownBalance, Ticket};
use crate::objects::{Fields, to_js};
use crate::settings::CallOptions;

/// What the server's books say about a write whose outcome was unknown.
#[derive(Debug, Clone, Serialize, Tsify)]
pub struct Reconciliation {
    /// `"notApplied"` is what the books, as the server's search shows them, say now: a request may still be on its way.
    pub outcome: Outcome,
    /// What it rests on, to be shown to a person where it is not clear.
    pub evidence: Evidence,
}

/// What an outcome rests on.
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

impl Reconciliation {
    /// As JavaScript sees it.
    pub fn to_js(&self) -> JsValue {
        let fields = Fields::default();
        fields.value("outcome", &to_js(&self.outcome));
        fields.value("evidence", &self.evidence.to_js());
        fields.0
    }
}

impl Evidence {
    /// As JavaScript sees it: the tenants are the very objects.
    pub fn to_js(&self) -> JsValue {
        let fields = Fields::default();
        if !self.tenants.is_undefined() {
            fields.value("tenants", &self.tenants);
        }
        for (name, balance) in [("balanceBefore", self.balance_before), ("balanceAfter", self.balance_after)] {
            if let Some(balance) = balance {
                fields.number(name, balance);
            }
        }
        fields.0
    }
}

/// Asks the server what can be asked about this write.
pub async fn run(connection: &Connection, ticket: Ticket) -> Result<JsValue, Failed> {
    let options = CallOptions::default();
    let (outcome, evidence) = match ticket {
        Ticket::Tenant { email } => tenants(connection, &email, &options).await?,
        Ticket::Balance { email, amount, before } => money(connection, &email, amount, before, &options).await?,
        Ticket::None => (Outcome::Inconclusive, Evidence::default()),
    };
    Ok(Reconciliation { outcome, evidence }.to_js())
}

type Finding = (Outcome, Evidence);

async fn tenants(connection: &Connection, email: &str, options: &CallOptions) -> Result<Finding, Failed> {
    let found = find::by_email(connection, email, options).await?;
    let outcome = match found.tenants.length() {
        0 if found.incomplete => Outcome::Inconclusive,
        0 => Outcome::NotApplied,
        1 => Outcome::Applied,
        _ => Outcome::AppliedMoreThanOnce,
    };
    Ok((outcome, Evidence { tenants: found.tenants.into(), ..Evidence::default() }))
}

async fn money(
    connection: &Connection,
    email: &str,
    amount: f64,
    before: Option<KnownBalance>,
    options: &CallOptions,
) -> Result<Finding, Failed> {
    // Another top-up of this tenant would blur what the balance says.
    let _turn = top_up::turn(connection, email, options).await?;
    let Some(KnownBalance { id, balance: before }) = before else {
        let balance_after = match balance::of(connection, email, options).await {
            Ok(known) => known.map(|known| known.balance),
            // What cannot be told from the answers is no evidence.
            Err(fault) if matches!(fault.kind, Kind::Protocol(_)) => None,
            Err(fault) => return Err(fault),
        };
        return Ok((Outcome::Inconclusive, Evidence { balance_after, ..Evidence::default() }));
    };
    let after = balance::now(connection, &id, options).await?;
    let evidence = Evidence { balance_before: Some(before), balance_after: Some(after), ..Evidence::default() };
    Ok((balance::outcome(before, after, amount), evidence))
}
