//! What is sent: a call, described before anything happens.

use std::rc::Rc;

use serde::Serialize;
use wasm_bindgen::JsValue;

use super::check::{self, Check};
use crate::error::{Rule, Ticket};
use crate::input::{self, Arguments, Issues, REQUEST_INVALID};
use crate::js;
use crate::objects::to_js;
use crate::settings::{CALL_OPTIONS, CallOptions};
use crate::text::join;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
}

impl Method {
    pub fn name(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
        }
    }
}

/// Whether the server's state changes. A write is never sent twice.
#[derive(Debug, Clone)]
pub enum Access {
    Read,
    Write { operation: &'static str, ticket: Ticket },
}

/// One call of one endpoint.
#[derive(Debug, Clone)]
pub struct Call {
    pub method: Method,
    /// Below the base URL, starting with a slash.
    pub path: String,
    /// Encoded, without its question mark; empty for none.
    pub query: String,
    /// JSON.
    pub body: Option<String>,
    pub access: Access,
    /// The check of the payload.
    pub check: Check,
}

impl Call {
    /// Method and path: what errors and events name.
    pub fn endpoint(&self) -> Rc<str> {
        join(&[self.method.name(), " ", &self.path]).into()
    }

    pub fn url(&self, base_url: &str) -> String {
        let mark = if self.query.is_empty() { "" } else { "?" };
        join(&[base_url, &self.path, mark, &self.query])
    }
}

/// Adds `name=value` to an encoded query.
pub fn append_query(query: &mut String, name: &str, value: &str) {
    if !query.is_empty() {
        query.push('&');
    }
    encode(name, query);
    query.push('=');
    encode(value, query);
}

/// Percent-encodes everything but the unreserved characters of RFC 3986.
fn encode(text: &str, out: &mut String) {
    const HEX: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    let hex = |nibble: u8| HEX.get(usize::from(nibble)).copied().unwrap_or('0');
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(byte));
        } else {
            out.extend(['%', hex(byte >> 4), hex(byte & 15)]);
        }
    }
}

/// A request body from a typed struct.
pub fn json_body(body: &impl Serialize) -> Option<String> {
    js::stringify(&to_js(body))
}

/// A call of an endpoint that the SDK knows nothing about.
pub fn free(method: &JsValue, path: &JsValue, init: &JsValue, issues: &mut Issues) -> Option<(Call, CallOptions)> {
    let method = match method.as_string().as_deref() {
        Some("GET") => Some(Method::Get),
        Some("POST") => Some(Method::Post),
        _ => {
            issues.add("method", REQUEST_INVALID, Rule::OneOf("\"GET\", \"POST\""));
            None
        }
    };
    let path = path.as_string().filter(|path| input::is_path(path));
    if path.is_none() {
        issues.add("path", REQUEST_INVALID, Rule::Path);
    }
    let known: [&[&str]; 2] = [&CALL_OPTIONS, &["query", "body"]];
    let mut args = Arguments::new(init, "init", &known, None, issues)?;
    let options = CallOptions::from_arguments(&mut args);
    let query = read_query(&mut args);
    let body = args.value("body");
    let json = if body.is_undefined() { None } else { js::stringify(&body) };
    if !body.is_undefined() {
        if method == Some(Method::Get) {
            args.issues.add("body", REQUEST_INVALID, Rule::NoBody);
        } else if json.is_none() {
            args.issues.add("body", REQUEST_INVALID, Rule::Serializable);
        }
    }
    let method = method?;
    let access = match method {
        Method::Get => Access::Read,
        Method::Post => Access::Write { operation: "request", ticket: Ticket::None },
    };
    Some((Call { method, path: path?, query: query?, body: json, access, check: check::anything }, options))
}

fn read_query(args: &mut Arguments<'_>) -> Option<String> {
    let mut query = String::new();
    let value = args.value("query");
    if value.is_undefined() {
        return Some(query);
    }
    // Lists, `Map`s and `URLSearchParams` hold what is in them elsewhere than in their fields.
    let Some(names) = js::keys(&value).filter(|_| !js::iterates(&value)) else {
        args.issues.add("query", REQUEST_INVALID, Rule::Type("object"));
        return None;
    };
    for key in names.iter() {
        let name = key.as_string().unwrap_or_default();
        if js::whole(&key, false).is_none() {
            args.issues.add(&join(&["query.", &name]), REQUEST_INVALID, Rule::WellFormed);
            continue;
        }
        let item = js::field(&value, &name);
        let simple = item.is_string() || item.as_bool().is_some() || item.as_f64().is_some_and(f64::is_finite);
        let fault = if simple {
            // The browser writes the number, which is shorter and lighter than formatting floats here.
            match js::whole(&item, false) {
                Some(text) => {
                    append_query(&mut query, &name, &text);
                    continue;
                }
                None => Rule::WellFormed,
            }
        } else {
            Rule::Type("string, number or boolean")
        };
        args.issues.add(&join(&["query.", &name]), REQUEST_INVALID, fault);
    }
    Some(query)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_keeps_the_prefix_and_encodes_the_query() {
        let mut query = String::new();
        append_query(&mut query, "id", "a b&c=d/é");
        append_query(&mut query, "x", "1");
        let call = Call {
            method: Method::Get,
            path: "/api/partner/tenant/info".into(),
            query,
            body: None,
            access: Access::Read,
            check: check::anything,
        };
        assert_eq!(
            call.url("https://a.vn/omi"),
            "https://a.vn/omi/api/partner/tenant/info?id=a%20b%26c%3Dd%2F%C3%A9&x=1"
        );
        assert_eq!(&*call.endpoint(), "GET /api/partner/tenant/info");
    }
}
