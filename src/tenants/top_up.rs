//! `POST /api/partner/tenant/update_balance`

use serde::{Deserialize, Serialize};
use tsify::Tsify;
use wasm_bindgen::JsValue;

use crate::call::request::json_body;
use crate::call::{Access, Call, Method, check};
use crate::error::{Rule, Ticket};
use crate::input::{Arguments, Issues, REQUEST_INVALID, utf16_len};

/// A top-up of a tenant's balance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Tsify)]
pub struct TopUpParams {
    /// The owner's e-mail address.
    pub email: String,
    /// In VND: a whole number, 10,000 at least.
    pub amount: f64,
    /// What the money is for: 50 characters at least.
    pub description: String,
    /// `"SPK"`: the service wallet, whose balance the API does not show; `"NORMAL"`, `""` or absent: the call-charge wallet,
    /// which is `Tenant.balance`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "\"SPK\" | \"NORMAL\" | \"\"")]
    pub wallet: Option<String>,
}

/// A top-up that the server confirmed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Tsify)]
pub struct TopUpReceipt {
    /// What the server said; the provider does not document it.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "unknown")]
    pub payload: JsValue,
}

const FIELDS: [&str; 4] = ["email", "amount", "description", "wallet"];
/// In UTF-16 units.
const SHORTEST_DESCRIPTION: u32 = 50;

impl TopUpParams {
    fn read(params: &JsValue, issues: &mut Issues) -> Option<Self> {
        let mut args = Arguments::new(params, "params", &FIELDS, Some("request_body_required"), issues)?;
        let email = args.email("email");
        let amount = args.amount("amount");
        let description = read_description(&mut args);
        let wallet = read_wallet(&mut args);
        Some(Self { email: email?, amount: amount?, description: description?, wallet: wallet? })
    }
}

fn read_description(args: &mut Arguments<'_>) -> Option<String> {
    let description = args.text("description", "description_is_required")?;
    if utf16_len(&description) >= SHORTEST_DESCRIPTION as usize {
        return Some(description);
    }
    let rule = Rule::AtLeastUnits(SHORTEST_DESCRIPTION);
    args.issues.add("description", "description_is_to_short.gte_50_characters", rule);
    None
}

fn read_wallet(args: &mut Arguments<'_>) -> Option<Option<String>> {
    let value = args.value("wallet");
    if value.is_undefined() {
        return Some(None);
    }
    let wallet = value.as_string().filter(|wallet| matches!(wallet.as_str(), "SPK" | "NORMAL" | ""));
    if wallet.is_none() {
        args.issues.add("wallet", REQUEST_INVALID, Rule::OneOf("\"SPK\", \"NORMAL\", \"\""));
    }
    wallet.map(Some)
}

pub fn call(params: &JsValue, issues: &mut Issues) -> Option<Call> {
    let params = TopUpParams::read(params, issues)?;
    Some(Call {
        method: Method::Post,
        path: "/api/partner/tenant/update_balance".into(),
        query: String::new(),
        body: json_body(&params),
        access: Access::Write { operation: "tenants.topUp", ticket: Ticket::None },
        check: check::anything,
    })
}

/// The receipt of a confirmed top-up.
pub fn receipt(payload: JsValue) -> JsValue {
    serde_wasm_bindgen::to_value(&TopUpReceipt { payload }).unwrap_or_default()
}
