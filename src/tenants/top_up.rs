//! `POST /api/partner/tenant/update_balance`

use std::rc::Rc;

use serde::{Deserialize, Serialize};
use tsify::Tsify;
use wasm_bindgen::JsValue;

use super::balance;
use super::params::{Amount, Description, Email, Wallet};
use super::payment::{self, Payment, PaymentParams, State};
use super::reconcile::{Evidence, Outcome};
use crate::config::CallOptions;
use crate::error::{Mismatch, Result, Text};
use crate::platform::guarded::{self, type_name};
use crate::transport::ApiRequest;
use crate::validation::params::{Params, field, params};
use crate::validation::{FieldReader, Issues};

params! {
    /// A top-up of a tenant's balance.
    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Tsify)]
    TopUpParams
    required {
        /// The owner's e-mail address.
        email: Email = "string", "The e-mail address", "Email";
        /// In VND: an integer, 10,000 at least.
        amount: Amount = "number", "The amount", "Số tiền";
        /// What the money is for: 50 characters at least.
        description: Description = "string", "The description", "Nội dung nạp tiền";
    }
    optional {
        /// `"SPK"`: the service wallet, whose balance the API does not show. `"NORMAL"` or `""`: the call-charge wallet, which is
        /// `Tenant.balance`.
        ///
        /// @defaultValue the call-charge wallet
        wallet: Wallet = "\"SPK\" | \"NORMAL\" | \"\" | undefined", "The wallet", "Ví";
    }
}

params! {
    /// Options of {@link Tenants.topUp}.
    #[derive(Debug, Tsify)]
    TopUpOptions
    extends { call: CallOptions }
    optional {
        /// Reads the tenant's balance before the top-up and after it: the receipt has both as `evidence`, and `reconcile()` can
        /// tell the outcome of a top-up whose response was lost. When the balance before cannot be read, no money is sent;
        /// when the server refuses the top-up and the balance has risen all the same, or cannot be read, the outcome is unknown. Not for the
        /// wallet `"SPK"`, whose balance the API does not show.
        ///
        /// @defaultValue false
        recordBalance: bool = "boolean | undefined";
    }
}

/// A top-up that the server confirmed.
#[derive(Debug, Clone, Serialize, Tsify)]
pub struct TopUpReceipt {
    /// The server's response; the provider does not document it.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "unknown")]
    pub payload: JsValue,
    /// With `recordBalance`; absent when the balance could not be read after the top-up.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub evidence: Option<BalanceEvidence>,
}

/// The change of the balance during a top-up.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct BalanceEvidence {
    /// Before the top-up was sent, in VND.
    pub balance_before: f64,
    /// After the server confirmed it, in VND.
    pub balance_after: f64,
    /// The result of comparing both balances: `"applied"`; `"appliedMoreThanOnce"` when the difference is exactly 2, 3, … times the amount; otherwise
    /// `"inconclusive"`, also when the balance has not risen yet: the server did confirm the top-up.
    pub outcome: Outcome,
}

impl TopUpParams {
    /// The API shows the balance of the call-charge wallet only.
    fn has_hidden_balance(&self) -> bool {
        self.wallet.as_ref().is_some_and(|wallet| wallet.0 == "SPK")
    }
}

impl PaymentParams for TopUpParams {
    fn operation(&self) -> &'static str {
        "tenants.topUp"
    }

    fn path(&self) -> &'static str {
        "/api/partner/tenant/update_balance"
    }

    fn email(&self) -> &str {
        &self.email.0
    }

    fn request(&self, request: ApiRequest) -> Result<ApiRequest> {
        request.json(self)
    }

    fn key(&self) -> Result<String> {
        let wallet = if self.has_hidden_balance() { self.wallet.clone() } else { None };
        payment::key(&Self { email: self.email.folded(), wallet, ..self.clone() })
    }

    fn is_visible(&self) -> bool {
        !self.has_hidden_balance()
    }

    fn concerns_partner(&self) -> bool {
        false
    }

    fn mismatch(&self, state: &State) -> Option<Box<Mismatch>> {
        let balance = guarded::field(&state.tenant, "balance");
        let is_number = balance.as_f64().is_some();
        (!is_number).then(|| Mismatch::new("number", type_name(&balance)).under("balance"))
    }

    fn outcome(&self, before: &State, after: &State) -> Outcome {
        balance::outcome(balance_of(before), balance_of(after), self.amount.0)
    }

    fn has_changed(&self, before: &State, after: &State) -> bool {
        balance::has_risen(balance_of(before), balance_of(after))
    }

    fn evidence(&self, before: Option<&State>, after: Option<&State>) -> Evidence {
        Evidence { balance_before: before.map(balance_of), balance_after: after.map(balance_of), ..Evidence::default() }
    }

    fn receipt(&self, payload: JsValue, states: Option<(&State, &State)>) -> Result {
        let evidence = states.map(|(before, after)| BalanceEvidence {
            balance_before: balance_of(before),
            balance_after: balance_of(after),
            outcome: payment::confirmed(self.outcome(before, after)),
        });
        payment::object(&TopUpReceipt { payload, evidence })
    }
}

/// A state without a balance is none: see `mismatch`.
fn balance_of(state: &State) -> f64 {
    guarded::field(&state.tenant, "balance").as_f64().unwrap_or(f64::NAN)
}

pub fn read(params: &JsValue, options: &JsValue, issues: &mut Issues) -> Option<Payment> {
    let params = TopUpParams::read_required(params, field!(params), payment::MISSING, issues);
    let options = TopUpOptions::read_optional(options, field!(options), issues)?;
    let params = params?;
    let is_recorded = options.recordBalance.unwrap_or_default();
    if is_recorded && params.has_hidden_balance() {
        return FieldReader::of_argument(field!(recordBalance), &JsValue::TRUE, issues).invalid(&Text {
            en: "cannot be used with the wallet \"SPK\": the API does not show its balance",
            vi: "không dùng được với ví \"SPK\": API không cho xem số dư của ví này",
        });
    }
    Some(Payment { params: Rc::new(params), options: options.call, is_recorded })
}
