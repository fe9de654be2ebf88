//! What spends money for a tenant: sent once, one after the other for each e-mail address, and compared with the server's data.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Date, Promise};
use serde::Serialize;
use wasm_bindgen::JsValue;
use web_sys::AbortSignal;

use super::reconcile::{self, Evidence, Outcome};
use super::{find, get};
use crate::account::me;
use crate::config::CallOptions;
use crate::error::{Error, ErrorKind, Mismatch, Reconcile, Result, Text};
use crate::platform::serialize::{to_js, to_json};
use crate::transport::single_flight::OnLeave;
use crate::transport::{ApiRequest, Connection, RequestContext, mutex};
use crate::validation::params::field;
use crate::validation::types::Count;
use crate::validation::{Issues, rules};

/// The server's code for missing parameters.
pub const MISSING: &str = "request_body_required";

/// The parameters of a payment, and what the server's data says about it.
pub trait PaymentParams {
    /// As errors name it.
    fn operation(&self) -> &'static str;
    fn path(&self) -> &'static str;
    /// The address of the tenant's owner.
    fn email(&self) -> &str;
    fn request(&self, request: ApiRequest) -> Result<ApiRequest>;
    /// The same for payments with this path that would do the same.
    fn key(&self) -> Result<String>;

    /// Whether the API shows what the payment changes.
    fn is_visible(&self) -> bool {
        true
    }
    /// Whether the partner's own account is evidence too.
    fn concerns_partner(&self) -> bool {
        true
    }
    /// What a state lacks to be evidence.
    fn mismatch(&self, _: &State) -> Option<Box<Mismatch>> {
        None
    }
    fn outcome(&self, before: &State, after: &State) -> Outcome;
    /// Whether something has changed as by this payment. Says more than the outcome, which is `Inconclusive` when something else has
    /// changed too.
    fn has_changed(&self, before: &State, after: &State) -> bool;
    fn evidence(&self, before: Option<&State>, after: Option<&State>) -> Evidence;
    /// The result of a confirmed payment; with the states before and after it, where both are known.
    fn receipt(&self, payload: JsValue, states: Option<(&State, &State)>) -> Result;
}

/// The account of a tenant, and that of the partner, at one moment.
pub struct State {
    tenant_id: String,
    pub tenant: JsValue,
    /// `undefined` where it is no evidence.
    pub partner: JsValue,
    /// Epoch ms.
    pub read_at: f64,
}

/// A validated payment.
pub struct Payment {
    pub params: Rc<dyn PaymentParams>,
    pub options: CallOptions,
    /// Whether the state is read before and after it.
    pub is_recorded: bool,
}

/// How far an execution has come, for callers that leave it.
#[derive(Default)]
struct Progress {
    /// Once the payment is about to be sent.
    context: RefCell<Option<Rc<RequestContext>>>,
    /// Once the server confirmed it; the state may still be read.
    receipt: RefCell<Option<JsValue>>,
}

impl Payment {
    /// Makes the payment, or joins an identical one that is running.
    pub async fn run(self, connection: Rc<Connection>) -> Result {
        let endpoint = endpoint(&*self.params);
        let key = [self.params.path(), " ", &self.params.key()?].concat();
        let signal = self.options.signal.clone();
        let single_flight = connection.single_flight.clone();
        let start = {
            let endpoint = endpoint.clone();
            move |signal: AbortSignal| self.start(connection, endpoint, signal)
        };
        single_flight.run(key, endpoint, signal, Box::new(start)).await
    }

    /// Starts the execution, for which the callers' signals count together.
    fn start(self, connection: Rc<Connection>, endpoint: Rc<str>, signal: AbortSignal) -> (Promise, OnLeave) {
        let progress = Rc::new(Progress::default());
        let on_leave = {
            let progress = progress.clone();
            Box::new(move |kind| progress.leave(&endpoint, kind))
        };
        let options = CallOptions { signal: Some(signal), ..self.options };
        let (payment, work_connection) = (Payment { options: options.clone(), ..self }, connection.clone());
        let params = payment.params.clone();
        let work = move || {
            let connection = work_connection.clone();
            work_connection.promise(Box::pin(async move { payment.send(connection, &progress).await }))
        };
        (lock(&connection, &*params, options, Box::new(work)), on_leave)
    }

    async fn send(self, connection: Rc<Connection>, progress: &Progress) -> Result {
        let Payment { params, options, is_recorded } = self;
        let before = if is_recorded {
            // Without the state before, the state after would say nothing: then nothing is sent.
            let state = State::by_email(&connection, &*params, &options).await?;
            Some(Rc::new(state.ok_or_else(|| no_tenant(&connection))?))
        } else {
            None
        };
        let reconcile = reconcile(&connection, params.clone(), before.clone());
        let request = params.request(ApiRequest::write(params.operation(), params.path(), reconcile))?;
        let context = Rc::new(RequestContext::new(request));
        progress.context.replace(Some(context.clone()));
        let result = connection.execute_in(&context, &options).await;
        let Some(before) = before else {
            return params.receipt(result?.payload, None);
        };
        // The response has arrived: no caller should wait long for the state.
        let options = CallOptions { maxRetries: Some(Count(0.0)), ..options };
        let after = || State::by_id(&connection, &*params, before.tenant_id.clone(), &options);
        match result {
            Ok(response) => {
                progress.receipt.replace(Some(params.receipt(response.payload.clone(), None)?));
                let after = after().await.ok();
                params.receipt(response.payload, after.as_ref().map(|after| (&*before, after)))
            }
            // The browser may have sent it twice, and the refusal may be the response to the second request.
            Err(error) if error.attempts > 0 && !matches!(error.kind, ErrorKind::OutcomeUnknown(_)) => {
                // A refusal of the token or of too many requests is one of every request, so it also refuses this look.
                let is_of_payment = matches!(error.kind, ErrorKind::Api { .. });
                let is_doubtful = after().await.map_or(is_of_payment, |after| params.has_changed(&before, &after));
                Err(if is_doubtful { context.outcome_unknown(error) } else { error })
            }
            Err(error) => Err(error),
        }
    }
}

impl Progress {
    /// The result for a caller that leaves now.
    fn leave(&self, endpoint: &Rc<str>, kind: ErrorKind) -> Result {
        match (self.receipt.borrow().as_ref(), self.context.borrow().as_ref()) {
            (Some(receipt), _) => Ok(receipt.clone()),
            (None, Some(context)) => Err(context.abandoned(kind)),
            (None, None) => Err(Error::before_sending(endpoint.clone(), kind)),
        }
    }
}

impl State {
    /// Of the tenant with this e-mail address; `None` where there is none.
    async fn by_email(
        connection: &Connection,
        params: &dyn PaymentParams,
        options: &CallOptions,
    ) -> Result<Option<Self>> {
        let mut found = find::by_email(connection, params.email(), options).await?;
        let ambiguous = |actual| {
            let mismatch = Mismatch::new("one tenant with this e-mail address", actual);
            Err(ErrorKind::Protocol(mismatch.under("payload.items")).into())
        };
        match (found.ids.pop(), found.ids.is_empty()) {
            (Some(id), true) => Ok(Some(Self::by_id(connection, params, id, options).await?)),
            (Some(_), false) => ambiguous("several"),
            (None, _) if found.is_incomplete => ambiguous("tenants without an address"),
            (None, _) => Ok(None),
        }
    }

    /// Of the tenant with this id.
    async fn by_id(
        connection: &Connection,
        params: &dyn PaymentParams,
        tenant_id: String,
        options: &CallOptions,
    ) -> Result<Self> {
        if !rules::is_id(&tenant_id) {
            let mismatch = Mismatch::new("letters, digits and - _ . :", "another character");
            return Err(ErrorKind::Protocol(mismatch.under("payload.items[0].id")).into());
        }
        let partner = if params.concerns_partner() {
            connection.execute(me::request(), options).await?.payload
        } else {
            JsValue::UNDEFINED
        };
        let response = connection.execute(get::request(&tenant_id), options).await?;
        let state = Self { tenant_id, tenant: response.payload.clone(), partner, read_at: Date::now() };
        match params.mismatch(&state) {
            Some(mismatch) => Err(response.into_error(ErrorKind::Protocol(mismatch.under("payload")))),
            None => Ok(state),
        }
    }
}

/// Runs work while no other work of this browser spends money for the tenant with this e-mail address: a second payment would blur
/// what the server's data says about the first one.
fn lock(connection: &Rc<Connection>, params: &dyn PaymentParams, options: CallOptions, work: mutex::Work) -> Promise {
    let email = params.email().to_ascii_lowercase();
    let lock = mutex::Lock {
        name: ["omicall-partner payment ", &connection.config.base_url, " ", &email].concat(),
        endpoint: endpoint(params),
        timeout: &Text {
            en: "Another payment for this tenant is still running in another tab: wait until it is done, then try again.",
            vi: "Một giao dịch khác cho doanh nghiệp này đang chạy ở tab khác: hãy chờ xong rồi thử lại.",
        },
    };
    mutex::run(lock, connection.clone(), options, work)
}

fn endpoint(params: &dyn PaymentParams) -> Rc<str> {
    ["POST ", params.path()].concat().into()
}

/// How has the server's data changed?
fn reconcile(connection: &Rc<Connection>, params: Rc<dyn PaymentParams>, before: Option<Rc<State>>) -> Reconcile {
    if !params.is_visible() {
        return reconcile::inconclusive(connection);
    }
    let connection = connection.clone();
    Rc::new(move || {
        let (reader, known, before) = (connection.clone(), params.clone(), before.clone());
        let read = move || {
            let connection = reader.clone();
            reader.promise(Box::pin(async move {
                reconcile::reconciliation(compare(&connection, &*known, before.as_deref()).await?)
            }))
        };
        lock(&connection, &*params, CallOptions::default(), Box::new(read))
    })
}

async fn compare(
    connection: &Connection,
    params: &dyn PaymentParams,
    before: Option<&State>,
) -> Result<(Outcome, Evidence)> {
    let options = CallOptions::default();
    let Some(before) = before else {
        let after = match State::by_email(connection, params, &options).await {
            // Responses that do not tell are no evidence.
            Err(error) if matches!(error.kind, ErrorKind::Protocol(_)) => None,
            state => state?,
        };
        return Ok((Outcome::Inconclusive, params.evidence(None, after.as_ref())));
    };
    let after = State::by_id(connection, params, before.tenant_id.clone(), &options).await?;
    Ok((params.outcome(before, &after), params.evidence(Some(before), Some(&after))))
}

/// With the server's code for the same issue: a form shows it at the field of the address.
fn no_tenant(connection: &Connection) -> Box<Error> {
    let mut issues = Issues::new(connection.config.language);
    let text =
        &Text { en: "was not found among your tenants", vi: "không có trong danh sách doanh nghiệp của bạn" };
    issues.add(field!(email, "The e-mail address", "Email"), "access_denied", issues.language.pick(text));
    ErrorKind::Validation(issues.list).into()
}

/// What a confirmed payment's outcome is called: the server's data may be behind, and the payment must not be made again.
pub fn confirmed(outcome: Outcome) -> Outcome {
    if outcome == Outcome::NotApplied { Outcome::Inconclusive } else { outcome }
}

/// An object of the SDK.
pub fn object(value: &impl Serialize) -> Result {
    Ok(to_js(value).map_err(ErrorKind::Converted)?)
}

/// JSON that is the same for equal values.
pub fn key(value: &impl Serialize) -> Result<String> {
    Ok(to_json(value).map_err(ErrorKind::Converted)?)
}
