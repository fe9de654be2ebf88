//! Why a call failed, and how that reaches JavaScript.
//!
//! A [`Fault`] becomes a plain object; the package's facade turns it into an instance of the class that `name` says.
//! Nothing here holds a password, a token, an API key or a body.

use std::borrow::Cow;
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::JsValue;

use crate::js;
use crate::messages;
use crate::objects::Fields;
use crate::text::join;

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
    pub expected: Cow<'static, str>,
    pub actual: Cow<'static, str>,
}

impl Mismatch {
    pub fn new(expected: &'static str, actual: impl Into<Cow<'static, str>>) -> Box<Self> {
        Box::new(Self { path: String::new(), expected: expected.into(), actual: actual.into() })
    }

    /// Of what no browser's own JSON brings, but an injected `fetch` may.
    pub fn throws() -> Box<Self> {
        Self::new("plain data", "an object that throws")
    }

    /// The same mismatch, seen from one level further out.
    pub fn under(mut self: Box<Self>, parent: &str) -> Box<Self> {
        let joint = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path = join(&[parent, joint, &self.path]);
        self
    }
}

/// The kind of failure; each is one class in JavaScript.
#[derive(Debug)]
pub enum Kind {
    Validation(Vec<Issue>),
    Api {
        code: String,
    },
    Authentication {
        code: String,
        cause: JsValue,
    },
    RateLimit,
    Server,
    Network {
        cause: JsValue,
    },
    Timeout {
        limit: TimeLimit,
    },
    Abort {
        cause: JsValue,
    },
    Protocol(Box<Mismatch>),
    OutcomeUnknown(Box<Unsettled>),
    /// One that JavaScript has been told already: as it was told.
    Told(JsValue),
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
#[derive(Debug)]
pub struct Unsettled {
    /// `tenants.create`, `tenants.topUp` or `request`.
    pub operation: &'static str,
    /// Epoch ms of the moment it was handed to the browser.
    pub started_at: f64,
    pub cause: Failed,
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

impl Ticket {
    fn into_js(self) -> JsValue {
        let fields = Fields::default();
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
        fields.0
    }

    /// From what [`Self::into_js`] made.
    pub fn from_js(ticket: &JsValue) -> Self {
        let text = |name| js::field(ticket, name).as_string();
        let number = |name| js::field(ticket, name).as_f64();
        let Some(email) = text("email") else {
            return Ticket::None;
        };
        let Some(amount) = number("amount") else {
            return Ticket::Tenant { email };
        };
        let before = text("id").zip(number("balance")).map(|(id, balance)| KnownBalance { id, balance });
        Ticket::Balance { email, amount, before }
    }
}

/// A failure and where it happened.
#[derive(Debug)]
pub struct Fault {
    pub kind: Kind,
    /// `POST /api/partner/tenant/add`; empty when no endpoint was involved.
    pub endpoint: Rc<str>,
    /// Requests sent for this call.
    pub attempts: u32,
    pub facts: Facts,
}

/// What is known of an answer.
#[derive(Debug, Default)]
pub struct Facts {
    /// 0 when there was none.
    pub http_status: u16,
    /// A text, or something else where the server does not name itself.
    pub instance_id: JsValue,
    /// How long the server asks to wait.
    pub retry_after_ms: Option<f64>,
}

/// A fault on its way to the caller: small, as results are moved a lot.
pub type Failed = Box<Fault>;

impl From<Kind> for Failed {
    fn from(kind: Kind) -> Self {
        Fault::at("".into(), kind)
    }
}

impl Kind {
    /// The class in JavaScript.
    pub fn name(&self) -> &'static str {
        match self {
            Kind::Validation(_) => "ValidationError",
            Kind::Api { .. } => "ApiError",
            Kind::Authentication { .. } => "AuthenticationError",
            Kind::RateLimit => "RateLimitError",
            Kind::Server => "ServerError",
            Kind::Network { .. } => "NetworkError",
            Kind::Timeout { .. } => "TimeoutError",
            Kind::Abort { .. } => "AbortError",
            Kind::Protocol(_) => "ProtocolError",
            Kind::OutcomeUnknown(_) => "OutcomeUnknownError",
            Kind::Told(_) => "",
        }
    }

    pub fn code(&self) -> &str {
        match self {
            Kind::Validation(_) => "validation",
            Kind::Api { code } | Kind::Authentication { code, .. } => code,
            Kind::RateLimit => "rate_limited",
            Kind::Server => "server_error",
            Kind::Network { .. } => "network",
            Kind::Timeout { .. } => "timeout",
            Kind::Abort { .. } => "aborted",
            Kind::Protocol(_) => "protocol",
            Kind::OutcomeUnknown(_) => "outcome_unknown",
            Kind::Told(_) => "",
        }
    }

    /// Whether the same call may simply be made again.
    pub fn retryable(&self) -> bool {
        matches!(self, Kind::RateLimit | Kind::Server | Kind::Network { .. } | Kind::Timeout { .. })
    }
}

impl Fault {
    /// A failure before anything was sent.
    pub fn at(endpoint: Rc<str>, kind: Kind) -> Failed {
        Box::new(Self { kind, endpoint, attempts: 0, facts: Facts::default() })
    }

    /// The same failure of a write that may have taken effect all the same.
    pub fn into_unsettled(self: Box<Self>, operation: &'static str, started_at: f64, ticket: Ticket) -> Failed {
        let (endpoint, attempts) = (self.endpoint.clone(), self.attempts);
        let Facts { http_status, instance_id, .. } = &self.facts;
        let facts = Facts { http_status: *http_status, instance_id: instance_id.clone(), retry_after_ms: None };
        let unsettled = Unsettled { operation, started_at, cause: self, ticket };
        Box::new(Self { kind: Kind::OutcomeUnknown(Box::new(unsettled)), endpoint, attempts, facts })
    }

    /// Whether it is known that nothing took effect.
    pub fn is_settled(&self) -> bool {
        !matches!(self.kind, Kind::OutcomeUnknown(_))
    }

    /// As a plain object, for the facade.
    pub fn into_js(self, language: Language) -> JsValue {
        if let Kind::Told(failure) = self.kind {
            return failure;
        }
        let fields = Fields::default();
        fields.text("name", self.kind.name());
        fields.text("code", self.kind.code());
        fields.text("message", &messages::sentence(&self.kind, language));
        if !self.endpoint.is_empty() {
            fields.text("endpoint", &self.endpoint);
        }
        if self.facts.http_status > 0 {
            fields.number("httpStatus", self.facts.http_status.into());
        }
        if self.facts.instance_id.is_string() {
            fields.value("instanceId", &self.facts.instance_id);
        }
        fields.number("attempts", self.attempts.into());
        fields.value("retryable", &self.kind.retryable().into());
        match self.kind {
            Kind::Validation(issues) => {
                let list = Array::new();
                for issue in &issues {
                    let item = Fields::default();
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
            Kind::RateLimit => {
                if let Some(ms) = self.facts.retry_after_ms {
                    fields.number("retryAfterMs", ms);
                }
            }
            Kind::Protocol(mismatch) => {
                fields.text("path", &mismatch.path);
                fields.text("expected", &mismatch.expected);
                fields.text("actual", &mismatch.actual);
            }
            Kind::OutcomeUnknown(unsettled) => {
                let Unsettled { operation, started_at, cause, ticket } = *unsettled;
                fields.text("operation", operation);
                fields.number("startedAt", started_at);
                // Nothing about a write that may have happened invites another try.
                let fact = messages::fact(&cause.kind, language);
                let inner = Fields(cause.into_js(language));
                inner.text("message", &fact);
                inner.value("retryable", &false.into());
                fields.value("cause", &inner.0);
                fields.value("ticket", &ticket.into_js());
            }
            _ => {}
        }
        fields.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_grows_from_the_inside_out() {
        let mismatch = Mismatch::new("number", "string").under("[3].balance").under("items").under("payload");
        assert_eq!(mismatch.path, "payload.items[3].balance");
    }

    #[test]
    fn an_index_needs_no_dot() {
        assert_eq!(Mismatch::new("object", "null").under("[0]").under("items").path, "items[0]");
    }

    #[test]
    fn only_failures_that_may_pass_are_retryable() {
        assert!(Kind::Server.retryable());
        assert!(Kind::Timeout { limit: TimeLimit::Attempt }.retryable());
        assert!(!Kind::Api { code: "email_registered".into() }.retryable());
        assert!(!Kind::Protocol(Mismatch::new("object", "null")).retryable());
    }
}
