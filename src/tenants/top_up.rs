//! `POST /api/partner/tenant/update_balance`

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Promise;
use serde::{Deserialize, Serialize};
use tsify::Tsify;
use wasm_bindgen::JsValue;
use web_sys::AbortSignal;

use super::balance::{self, ENDPOINT, Outcome, PATH};
use super::params::{Amount, Description, Email, Wallet};
use super::reconcile;
use crate::config::CallOptions;
use crate::error::{Error, ErrorKind, Result, Text};
use crate::platform::serialize::{to_js, to_json};
use crate::transport::single_flight::OnLeave;
use crate::transport::{ApiRequest, Connection, RequestContext};
use crate::validation::params::{Params, field, params};
use crate::validation::types::Count;
use crate::validation::{Field, FieldReader, Issues};

const EMAIL: &Field = field!(email, "The e-mail address", "Email");

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
        /// when the server refuses the top-up and the balance has risen all the same, the outcome is unknown. Not for the
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
    /// The same for top-ups that would do the same.
    fn key(&self) -> Result<String> {
        let wallet = if self.has_hidden_balance() { self.wallet.clone() } else { None };
        let same = Self { email: Email(self.email.0.to_ascii_lowercase()), wallet, ..self.clone() };
        Ok(to_json(&same).map_err(ErrorKind::Converted)?)
    }

    /// The API shows the balance of the call-charge wallet only.
    fn has_hidden_balance(&self) -> bool {
        self.wallet.as_ref().is_some_and(|wallet| wallet.0 == "SPK")
    }
}

/// A validated top-up.
pub struct TopUp {
    params: TopUpParams,
    options: CallOptions,
    record_balance: bool,
}

/// How far an execution has come, for callers that leave it.
#[derive(Default)]
struct Progress {
    /// Once the top-up is about to be sent.
    context: RefCell<Option<Rc<RequestContext>>>,
    /// Once the server confirmed it; the balance may still be read.
    receipt: RefCell<Option<JsValue>>,
}

impl TopUp {
    pub fn read(params: &JsValue, options: &JsValue, issues: &mut Issues) -> Option<Self> {
        let params = TopUpParams::read_required(params, field!(params), "request_body_required", issues);
        let options = TopUpOptions::read_optional(options, field!(options), issues)?;
        let params = params?;
        let record_balance = options.recordBalance.unwrap_or_default();
        if record_balance && params.has_hidden_balance() {
            return FieldReader::of_argument(field!(recordBalance), &JsValue::TRUE, issues).invalid(&Text {
                en: "cannot be used with the wallet \"SPK\": the API does not show its balance",
                vi: "không dùng được với ví \"SPK\": API không cho xem số dư của ví này",
            });
        }
        Some(Self { params, options: options.call, record_balance })
    }

    /// Makes the top-up, or joins an identical one that is running.
    pub async fn run(self, connection: Rc<Connection>) -> Result {
        let key = self.params.key()?;
        let signal = self.options.signal.clone();
        let single_flight = connection.single_flight.clone();
        let start = move |signal: AbortSignal| self.start(connection, signal);
        single_flight.run(key, ENDPOINT, signal, Box::new(start)).await
    }

    /// Starts the execution, for which the callers' signals count together.
    fn start(self, connection: Rc<Connection>, signal: AbortSignal) -> (Promise, OnLeave) {
        let progress = Rc::new(Progress::default());
        let on_leave = {
            let progress = progress.clone();
            Box::new(move |kind| progress.leave(kind))
        };
        let options = CallOptions { signal: Some(signal), ..self.options };
        let (work_options, email) = (options.clone(), self.params.email.0.clone());
        let work_connection = connection.clone();
        let work = move || {
            let connection = work_connection.clone();
            work_connection.promise(Box::pin(async move {
                send(connection, &self.params, self.record_balance, &work_options, &progress).await
            }))
        };
        (balance::lock(&connection, &email, options, Box::new(work)), on_leave)
    }
}

impl Progress {
    /// The result for a caller that leaves now.
    fn leave(&self, kind: ErrorKind) -> Result {
        match (self.receipt.borrow().as_ref(), self.context.borrow().as_ref()) {
            (Some(receipt), _) => Ok(receipt.clone()),
            (None, Some(context)) => Err(context.abandoned(kind)),
            (None, None) => Err(Error::before_sending(ENDPOINT.into(), kind)),
        }
    }
}

async fn send(
    connection: Rc<Connection>,
    params: &TopUpParams,
    record_balance: bool,
    options: &CallOptions,
    progress: &Progress,
) -> Result {
    let (email, amount) = (&params.email.0, params.amount.0);
    let before = if record_balance {
        // Without the balance before, the balance after would say nothing: then nothing is sent.
        let known = balance::by_email(&connection, email, options).await?;
        Some(known.ok_or_else(|| no_tenant(&connection))?)
    } else {
        None
    };
    let reconcile = if params.has_hidden_balance() {
        reconcile::inconclusive(&connection)
    } else {
        reconcile::by_balance(&connection, email.clone(), amount, before.clone())
    };
    let request = ApiRequest::write("tenants.topUp", PATH, reconcile).json(params)?;
    let context = Rc::new(RequestContext::new(request));
    progress.context.replace(Some(context.clone()));
    let result = connection.execute_in(&context, options).await;
    let Some(before) = before else {
        return receipt(result?.payload, None);
    };
    // The response has arrived: no caller should wait long for the balance.
    let options = CallOptions { maxRetries: Some(Count(0.0)), ..options.clone() };
    match result {
        Ok(response) => {
            progress.receipt.replace(Some(receipt(response.payload.clone(), None)?));
            let after = balance::by_id(&connection, &before.tenant_id, &options).await.ok();
            receipt(response.payload, after.map(|after| BalanceEvidence::new(before.balance, after, amount)))
        }
        // The browser may have sent it twice, and the refusal may be the response to the second request.
        Err(error) if error.attempts > 0 && !matches!(error.kind, ErrorKind::OutcomeUnknown(_)) => {
            let after = balance::by_id(&connection, &before.tenant_id, &options).await;
            let has_risen = after.is_ok_and(|after| balance::has_risen(before.balance, after));
            Err(if has_risen { context.outcome_unknown(error) } else { error })
        }
        Err(error) => Err(error),
    }
}

fn receipt(payload: JsValue, evidence: Option<BalanceEvidence>) -> Result {
    Ok(to_js(&TopUpReceipt { payload, evidence }).map_err(ErrorKind::Converted)?)
}

impl BalanceEvidence {
    fn new(balance_before: f64, balance_after: f64, amount: f64) -> Self {
        let outcome = match balance::outcome(balance_before, balance_after, amount) {
            // The server confirmed it: the balance is behind, and the top-up must not be sent again.
            Outcome::NotApplied => Outcome::Inconclusive,
            outcome => outcome,
        };
        Self { balance_before, balance_after, outcome }
    }
}

/// With the server's code for the same issue: a form shows it at the field of the address.
fn no_tenant(connection: &Connection) -> Box<Error> {
    let mut issues = Issues::new(connection.config.language);
    let text =
        &Text { en: "was not found among your tenants", vi: "không có trong danh sách doanh nghiệp của bạn" };
    issues.add(EMAIL, "access_denied", issues.language.pick(text));
    ErrorKind::Validation(issues.list).into()
}
