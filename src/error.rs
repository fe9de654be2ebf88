//! Why a call failed, and how that reaches JavaScript.
//!
//! A [`Fault`] becomes a plain object; the package's facade turns it into an instance of the class that `name` says.
//! Nothing here holds a password, a token, an API key or a body.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::messages;

/// The language of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    #[default]
    En,
    Vi,
}

/// One fault of one argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// The argument, by the name its caller wrote.
    pub field: String,
    /// The server's own code for the same fault, where it has one.
    pub code: &'static str,
    pub rule: Rule,
}

/// What an argument has to be, and was not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    Required,
    /// A parameter that nobody documented.
    Unknown,
    /// The JavaScript type it must have: `string`, `boolean`, `object`, `function`, …
    Type(&'static str),
    OneOf(&'static str),
    /// A whole number from `.0` on.
    WholeNumber(u32),
    /// A number of milliseconds that a timer can hold.
    Milliseconds,
    Email,
    /// The kinds of character that a password lacks.
    Password(PasswordGaps),
    /// Fewer UTF-16 units than `.0`.
    ShorterThan(u32),
    AtLeastUnits(u32),
    MinimumAmount,
    WholeAmount,
    WellFormed,
    Id,
    Path,
    NoBody,
    Serializable,
    Token,
    BaseUrl(BaseUrlFault),
    Closed,
    /// A balance that the API does not show.
    HiddenBalance,
    /// An e-mail address of none of the partner's tenants.
    NoTenant,
}

/// What a password lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PasswordGaps {
    pub length: bool,
    pub upper: bool,
    pub lower: bool,
    pub digit: bool,
    pub special: bool,
}

/// What is wrong with a base URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BaseUrlFault {
    NotAbsolute,
    InsecureHost,
    Credentials,
    QueryOrFragment,
    Host,
    Path,
}

/// A value of a response that is not what the contract says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// Where: `payload.items[3].balance`; empty for the response as a whole.
    pub path: String,
    pub expected: &'static str,
    pub actual: &'static str,
}

impl Mismatch {
    pub fn new(expected: &'static str, actual: &'static str) -> Self {
        Self { path: String::new(), expected, actual }
    }

    /// The same mismatch, seen from one level further out.
    pub fn under(mut self, parent: &str) -> Self {
        let joint = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path = [parent, joint, &self.path].concat();
        self
    }

    pub fn at_index(self, index: u32) -> Self {
        self.under(&["[", &index.to_string(), "]"].concat())
    }
}

/// The kind of failure; each is one class in JavaScript.
#[derive(Debug, Clone)]
pub enum Kind {
    Validation(Vec<Issue>),
    Api { code: String },
    Authentication { code: String, cause: JsValue },
    RateLimit { retry_after_ms: Option<f64> },
    Server,
    Network { cause: JsValue },
    Timeout { limit: TimeLimit },
    Abort { cause: JsValue },
    Protocol(Mismatch),
    OutcomeUnknown(Box<Unsettled>),
}

/// Which limit ran out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum TimeLimit {
    Attempt,
    Token,
    Activation,
    /// For the end of another top-up of the same tenant.
    Turn,
}

/// A write that was sent and never settled.
#[derive(Debug, Clone)]
pub struct Unsettled {
    /// `tenants.create`, `tenants.topUp` or `request`.
    pub operation: &'static str,
    /// Epoch ms of the moment it was handed to the browser.
    pub started_at: f64,
    pub cause: Fault,
    /// What `reconcile()` needs to ask the server.
    pub ticket: Ticket,
}

/// Whom to ask about after an unsettled write.
#[derive(Debug, Clone)]
pub enum Ticket {
    /// Is there a tenant with exactly this e-mail?
    Tenant { email: String },
    /// What has become of this tenant's balance?
    Balance { email: String, amount: f64, before: Option<KnownBalance> },
    /// The API has nothing that could be asked.
    None,
}

/// The balance of a tenant at some moment.
#[derive(Debug, Clone)]
pub struct KnownBalance {
    /// The tenant's.
    pub id: String,
    pub balance: f64,
}

#[wasm_bindgen]
extern "C" {
    /// A ticket in JavaScript.
    type Stub;
    #[wasm_bindgen(method, getter, structural)]
    fn email(this: &Stub) -> JsValue;
    #[wasm_bindgen(method, getter, structural)]
    fn amount(this: &Stub) -> JsValue;
    #[wasm_bindgen(method, getter, structural)]
    fn id(this: &Stub) -> JsValue;
    #[wasm_bindgen(method, getter, structural)]
    fn balance(this: &Stub) -> JsValue;
}

impl Ticket {
    fn into_js(self) -> JsValue {
        let fields = Fields(Object::new());
        match self {
            Ticket::Tenant { email } => fields.text("email", &email),
            Ticket::Balance { email, amount, before } => {
                fields.text("email", &email);
                fields.number("amount", amount);
                if let Some(KnownBalance { id, balance }) = before {
                    fields.text("id", &id);
                    fields.number("balance", balance);
                }
            }
            Ticket::None => return JsValue::UNDEFINED,
        }
        fields.0.into()
    }

    /// From what [`Self::into_js`] made.
    pub fn from_js(ticket: &JsValue) -> Self {
        if !ticket.is_object() {
            return Ticket::None;
        }
        let stub: &Stub = ticket.unchecked_ref();
        let known = stub.id().as_string().zip(stub.balance().as_f64());
        let before = known.map(|(id, balance)| KnownBalance { id, balance });
        match (stub.email().as_string(), stub.amount().as_f64()) {
            (Some(email), Some(amount)) => Ticket::Balance { email, amount, before },
            (Some(email), None) => Ticket::Tenant { email },
            _ => Ticket::None,
        }
    }
}

/// A failure and where it happened.
#[derive(Debug, Clone)]
pub struct Fault {
    pub kind: Kind,
    /// `POST /api/partner/tenant/add`; empty when no endpoint was involved.
    pub endpoint: String,
    pub http_status: Option<u16>,
    pub instance_id: Option<String>,
    /// Requests sent for this call.
    pub attempts: u32,
}

impl From<Kind> for Fault {
    fn from(kind: Kind) -> Self {
        Self { kind, endpoint: String::new(), http_status: None, instance_id: None, attempts: 0 }
    }
}

impl Kind {
    /// The class in JavaScript.
    pub fn name(&self) -> &'static str {
        match self {
            Kind::Validation(_) => "ValidationError",
            Kind::Api { .. } => "ApiError",
            Kind::Authentication { .. } => "AuthenticationError",
            Kind::RateLimit { .. } => "RateLimitError",
            Kind::Server => "ServerError",
            Kind::Network { .. } => "NetworkError",
            Kind::Timeout { .. } => "TimeoutError",
            Kind::Abort { .. } => "AbortError",
            Kind::Protocol(_) => "ProtocolError",
            Kind::OutcomeUnknown(_) => "OutcomeUnknownError",
        }
    }

    pub fn code(&self) -> &str {
        match self {
            Kind::Validation(_) => "validation",
            Kind::Api { code } | Kind::Authentication { code, .. } => code,
            Kind::RateLimit { .. } => "rate_limited",
            Kind::Server => "server_error",
            Kind::Network { .. } => "network",
            Kind::Timeout { .. } => "timeout",
            Kind::Abort { .. } => "aborted",
            Kind::Protocol(_) => "protocol",
            Kind::OutcomeUnknown(_) => "outcome_unknown",
        }
    }

    /// Whether the same call may simply be made again.
    pub fn retryable(&self) -> bool {
        matches!(self, Kind::RateLimit { .. } | Kind::Server | Kind::Network { .. } | Kind::Timeout { .. })
    }
}

impl Fault {
    /// The same failure of a write that may have taken effect all the same.
    pub fn into_unsettled(self, operation: &'static str, started_at: f64, ticket: Ticket) -> Self {
        let (endpoint, instance_id) = (self.endpoint.clone(), self.instance_id.clone());
        let (http_status, attempts) = (self.http_status, self.attempts);
        let unsettled = Unsettled { operation, started_at, cause: self, ticket };
        Self { kind: Kind::OutcomeUnknown(Box::new(unsettled)), endpoint, http_status, instance_id, attempts }
    }

    /// Whether it is known that nothing took effect.
    pub fn is_settled(&self) -> bool {
        !matches!(self.kind, Kind::OutcomeUnknown(_))
    }

    /// As a plain object, for the facade.
    pub fn into_js(self, language: Language) -> JsValue {
        let message = messages::sentence(&self.kind, language);
        let fields = Fields(Object::new());
        fields.text("name", self.kind.name());
        fields.text("code", self.kind.code());
        fields.text("message", &message);
        if !self.endpoint.is_empty() {
            fields.text("endpoint", &self.endpoint);
        }
        if let Some(status) = self.http_status {
            fields.number("httpStatus", status.into());
        }
        if let Some(id) = &self.instance_id {
            fields.text("instanceId", id);
        }
        fields.number("attempts", self.attempts.into());
        fields.value("retryable", &self.kind.retryable().into());
        match self.kind {
            Kind::Validation(issues) => {
                let list = Array::new();
                for issue in &issues {
                    let item = Fields(Object::new());
                    item.text("field", &issue.field);
                    item.text("code", issue.code);
                    item.text("message", &messages::issue(issue, language));
                    list.push(&item.0);
                }
                fields.value("issues", &list);
            }
            Kind::Authentication { cause, .. } | Kind::Network { cause } | Kind::Abort { cause }
                if !cause.is_undefined() =>
            {
                fields.value("cause", &cause);
            }
            Kind::RateLimit { retry_after_ms: Some(ms) } => fields.number("retryAfterMs", ms),
            Kind::Protocol(mismatch) => {
                fields.text("path", &mismatch.path);
                fields.text("expected", mismatch.expected);
                fields.text("actual", mismatch.actual);
            }
            Kind::OutcomeUnknown(unsettled) => {
                let Unsettled { operation, started_at, cause, ticket } = *unsettled;
                fields.text("operation", operation);
                fields.number("startedAt", started_at);
                // Nothing about a write that may have happened invites another try.
                let fact = messages::fact(&cause.kind, language);
                let inner = Fields(cause.into_js(language).unchecked_into());
                inner.text("message", &fact);
                inner.value("retryable", &false.into());
                fields.value("cause", &inner.0);
                fields.value("ticket", &ticket.into_js());
            }
            _ => {}
        }
        fields.0.into()
    }
}

/// An object under construction.
pub(crate) struct Fields(pub(crate) Object);

impl Fields {
    pub(crate) fn value(&self, name: &str, value: &JsValue) {
        // Setting a property of an object that was just made cannot fail.
        let _ = Reflect::set(&self.0, &JsValue::from_str(name), value);
    }

    pub(crate) fn text(&self, name: &str, value: &str) {
        self.value(name, &JsValue::from_str(value));
    }

    pub(crate) fn number(&self, name: &str, value: f64) {
        self.value(name, &JsValue::from_f64(value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_grows_from_the_inside_out() {
        let mismatch = Mismatch::new("number", "string").under("balance").at_index(3).under("items").under("payload");
        assert_eq!(mismatch.path, "payload.items[3].balance");
    }

    #[test]
    fn an_index_needs_no_dot() {
        assert_eq!(Mismatch::new("object", "null").at_index(0).under("items").path, "items[0]");
    }

    #[test]
    fn only_failures_that_may_pass_are_retryable() {
        assert!(Kind::Server.retryable());
        assert!(Kind::Timeout { limit: TimeLimit::Attempt }.retryable());
        assert!(!Kind::Api { code: "email_registered".into() }.retryable());
        assert!(!Kind::Protocol(Mismatch::new("object", "null")).retryable());
    }
}
