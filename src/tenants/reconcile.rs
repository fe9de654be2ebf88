//! What became of a write that never settled.

use std::cell::RefCell;

use js_sys::Array;
use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::JsValue;

use super::list::{self, ListTenantsParams, Walk};
use super::model;
use crate::call::Connection;
use crate::error::Fault;
use crate::settings::CallOptions;

/// What the server's books say about a write whose outcome was unknown.
#[derive(Debug, Clone, Serialize, Tsify)]
pub struct Reconciliation {
    /// `"notApplied"` is what the books say now: a request may still be on its way.
    #[tsify(type = "\"applied\" | \"notApplied\" | \"appliedMoreThanOnce\" | \"inconclusive\"")]
    pub outcome: &'static str,
    pub evidence: Evidence,
}

/// What an outcome rests on.
#[derive(Debug, Clone, Default, Serialize, Tsify)]
pub struct Evidence {
    /// After `tenants.create`: the tenants that have exactly this e-mail address.
    #[serde(with = "serde_wasm_bindgen::preserve", skip_serializing_if = "JsValue::is_undefined")]
    #[tsify(optional, type = "TenantSummary[]")]
    pub tenants: JsValue,
}

/// Looks for the tenant with this e-mail address. Without one there is nothing that could be asked.
pub async fn run(connection: &Connection, email: Option<String>) -> Result<JsValue, Fault> {
    let Some(email) = email else {
        return Ok(report("inconclusive", JsValue::UNDEFINED));
    };
    let params = ListTenantsParams { page: 1.0, size: 50.0, keyword: email };
    let (walk, options) = (RefCell::new(Walk::from(params.page)), CallOptions::default());
    let found = Array::new();
    let mut every_email_is_known = true;
    loop {
        let page = list::next(connection, &walk, &params, &options).await?;
        if page.is_undefined() {
            break;
        }
        every_email_is_known &= model::collect_by_email(&page, &params.keyword, &found);
    }
    let outcome = match found.length() {
        0 if every_email_is_known => "notApplied",
        // The provider does not promise e-mail addresses in lists.
        0 => "inconclusive",
        1 => "applied",
        _ => "appliedMoreThanOnce",
    };
    Ok(report(outcome, found.into()))
}

fn report(outcome: &'static str, tenants: JsValue) -> JsValue {
    serde_wasm_bindgen::to_value(&Reconciliation { outcome, evidence: Evidence { tenants } }).unwrap_or_default()
}
