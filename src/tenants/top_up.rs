//! `POST /api/partner/tenant/update_balance`

use std::rc::Rc;

use serde::{Deserialize, Serialize};
use tsify::Tsify;
use wasm_bindgen::JsValue;

use super::balance::{self, Outcome};
use crate::call::flight::{self, Flight};
use crate::call::request::json_body;
use crate::call::task::Work;
use crate::call::turn::{self, Turn};
use crate::call::{Access, Call, Connection, Method, Trip, check};
use crate::error::{Failed, Fault, Issue, Kind, Rule, Ticket};
use crate::input::{Arguments, Issues, REQUEST_INVALID, utf16_len};
use crate::objects::{Fields, to_js};
use crate::settings::{CALL_OPTIONS, CallOptions};
use crate::text::join;

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
    #[tsify(optional, type = "\"SPK\" | \"NORMAL\" | \"\" | undefined")]
    pub wallet: Option<String>,
}

/// A top-up that the server confirmed.
#[derive(Debug, Clone, Serialize, Tsify)]
pub struct TopUpReceipt {
    /// What the server said; the provider does not document it.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "unknown")]
    pub payload: JsValue,
    /// With `recordBalance`; absent when the balance could not be read after the top-up.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub evidence: Option<BalanceEvidence>,
}

/// What the balance did while a top-up was made.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct BalanceEvidence {
    /// Before the top-up was sent, in VND.
    pub balance_before: f64,
    /// After the server confirmed it, in VND.
    pub balance_after: f64,
    /// What the two say: `"applied"`, `"appliedMoreThanOnce"` when the difference is the amount twice or more often, or
    /// `"inconclusive"`, also when the balance has not risen yet: the server did confirm the top-up.
    pub outcome: Outcome,
}

const FIELDS: [&str; 4] = ["email", "amount", "description", "wallet"];
/// In UTF-16 units.
const SHORTEST_DESCRIPTION: u32 = 50;

const PATH: &str = "/api/partner/tenant/update_balance";
const ENDPOINT: &str = "POST /api/partner/tenant/update_balance";

impl TopUpParams {
    /// The same for top-ups that would do the same.
    fn key(&self) -> String {
        let wallet = if self.has_hidden_balance() { self.wallet.clone() } else { None };
        let same = Self { email: self.email.to_ascii_lowercase(), wallet, ..self.clone() };
        json_body(&same).unwrap_or_default()
    }

    /// The API shows the balance of the call-charge wallet only.
    fn has_hidden_balance(&self) -> bool {
        self.wallet.as_deref() == Some("SPK")
    }

    fn read(params: &JsValue, issues: &mut Issues) -> Option<Self> {
        let mut args = Arguments::new(params, "params", &[&FIELDS], Some("request_body_required"), issues)?;
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

/// A top-up, described before it is made.
pub struct TopUp {
    params: TopUpParams,
    body: Option<String>,
    options: CallOptions,
    record_balance: bool,
}

impl TopUp {
    pub fn read(params: &JsValue, options: &JsValue, issues: &mut Issues) -> Option<Self> {
        let params = TopUpParams::read(params, issues);
        let known: [&[&str]; 2] = [&CALL_OPTIONS, &["recordBalance"]];
        let mut args = Arguments::new(options, "options", &known, None, issues)?;
        let options = CallOptions::from_arguments(&mut args);
        let record_balance = args.boolean("recordBalance").unwrap_or_default();
        let params = params?;
        if record_balance && params.has_hidden_balance() {
            args.issues.add("recordBalance", REQUEST_INVALID, Rule::HiddenBalance);
        }
        let body = json_body(&params);
        Some(Self { params, body, options, record_balance })
    }

    /// Makes it, unless an identical one is under way already: then both share its outcome.
    pub async fn run(self, connection: Rc<Connection>) -> Result<JsValue, Failed> {
        let key = self.params.key();
        let signal = self.options.signal.clone();
        let makers = connection.clone();
        let start = |flight: Rc<Flight>| -> Work { Box::pin(async move { self.make(&makers, &flight).await }) };
        flight::join(&connection, key, ENDPOINT, signal, start).await
    }

    /// Makes it when no other top-up for this e-mail address is under way.
    async fn make(self, connection: &Connection, flight: &Flight) -> Result<JsValue, Failed> {
        let options = CallOptions { signal: flight.signal(), ..self.options };
        let TopUpParams { email, amount, .. } = &self.params;
        let _turn = turn(connection, email, &options).await?;
        let before = if self.record_balance {
            // Without the balance before, the one after would say nothing: then nothing is sent.
            Some(balance::of(connection, email, &options).await?.ok_or_else(no_tenant)?)
        } else {
            None
        };
        let ticket = if self.params.has_hidden_balance() {
            Ticket::None
        } else {
            Ticket::Balance { email: email.clone(), amount: *amount, before: before.clone() }
        };
        let trip = Rc::new(Trip::new(Call {
            method: Method::Post,
            path: PATH.into(),
            query: String::new(),
            body: self.body,
            access: Access::Write { operation: "tenants.topUp", ticket },
            check: check::anything,
        }));
        flight.depart(trip.clone());
        let result = connection.travel(&trip, &options).await;
        // The answer is there: nobody is to wait long for what the balance says about it.
        let options = CallOptions { max_retries: Some(0.0), ..options };
        match (result, before) {
            (Ok(reply), None) => Ok(receipt(reply.payload, None)),
            (Ok(reply), Some(before)) => {
                flight.settle(receipt(reply.payload.clone(), None));
                let after = balance::now(connection, &before.id, &options).await.ok();
                Ok(receipt(reply.payload, after.map(|after| BalanceEvidence::new(before.balance, after, *amount))))
            }
            // Where the browser sent it twice, the refusal may be the answer to the second one.
            (Err(fault), Some(before)) if fault.attempts > 0 && fault.is_settled() => {
                let after = balance::now(connection, &before.id, &options).await;
                let has_risen = after.is_ok_and(|after| after > before.balance);
                Err(if has_risen { trip.unsettled(fault) } else { fault })
            }
            (Err(fault), _) => Err(fault),
        }
    }
}

/// The turn of a top-up for this e-mail address.
pub async fn turn(connection: &Connection, email: &str, options: &CallOptions) -> Result<Turn, Failed> {
    let name = join(&["omicall-partner topUp ", &connection.settings.base_url, " ", &email.to_ascii_lowercase()]);
    let turn = turn::take(name, connection, options).await;
    turn.map_err(|kind| Fault::at(ENDPOINT.into(), kind))
}

fn receipt(payload: JsValue, evidence: Option<BalanceEvidence>) -> JsValue {
    TopUpReceipt { payload, evidence }.to_js()
}

impl TopUpReceipt {
    /// As JavaScript sees it: the payload is the very object.
    pub fn to_js(&self) -> JsValue {
        let fields = Fields::default();
        fields.value("payload", &self.payload);
        if let Some(evidence) = &self.evidence {
            fields.value("evidence", &to_js(evidence));
        }
        fields.0
    }
}

impl BalanceEvidence {
    fn new(balance_before: f64, balance_after: f64, amount: f64) -> Self {
        let outcome = match balance::outcome(balance_before, balance_after, amount) {
            // The server confirmed it: the balance is behind, and nobody is to send it again.
            Outcome::NotApplied => Outcome::Inconclusive,
            outcome => outcome,
        };
        Self { balance_before, balance_after, outcome }
    }
}

/// The server's code for the same: a form shows it where the address was typed in.
fn no_tenant() -> Failed {
    Kind::Validation(vec![Issue { field: "email".into(), code: "access_denied", rule: Rule::NoTenant }]).into()
}
