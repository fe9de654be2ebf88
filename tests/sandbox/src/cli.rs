//! The flags, and the help that says all the sandbox can do.

use std::{fmt, str::FromStr};

use axum::http::HeaderValue;
use clap::{Parser, ValueEnum};

/// The key of the partner who has no tenants.
pub const EMPTY_KEY: &str = "sandbox-empty-key";
/// The key of the partner who may sign in and nothing more.
pub const SUSPENDED_KEY: &str = "sandbox-suspended-key";
/// The local part of e-mail addresses for which creating a tenant fails.
pub const FAILING_LOCAL_PART: &str = "create-tenant-error";

/// A server on this machine that speaks the OMICall partner API, for development and tests.
///
/// All state is in memory: a restart is a clean slate, with the same tenants for the same seed.
#[derive(Clone, Debug, Parser)]
#[command(name = "omicall-sandbox", version, after_long_help = REFERENCE)]
pub struct Cli {
    /// Address or host name to listen on
    #[arg(long, default_value = "127.0.0.1")]
    pub host: String,

    /// Port to listen on; 0 takes any free one
    #[arg(long, default_value_t = 8787)]
    pub port: u16,

    /// Serves HTTPS, HTTP/2 and HTTP/1.1, with a certificate made at the start that nobody trusts
    #[arg(long)]
    pub tls: bool,

    /// Offers no HTTP/2 with --tls; without --tls there is none anyway
    #[arg(long)]
    pub http1: bool,

    /// Path prefix under which everything is, as behind a proxy; paths without it are not found
    #[arg(long, value_name = "PATH", default_value = "")]
    pub base_path: BasePath,

    /// Origin whose pages may call, such as http://localhost:5173; may be repeated [default: any]
    #[arg(long, value_name = "ORIGIN", value_parser = origin)]
    pub allow_origin: Vec<HeaderValue>,

    /// API key ("super key") of the partner
    #[arg(long, value_name = "KEY", default_value = "sandbox-partner-key", value_parser = api_key)]
    pub api_key: String,

    /// How long tokens live, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 86_400)]
    pub token_ttl: u32,

    /// How a missing, unknown or expired token is answered
    #[arg(long, value_enum, value_name = "HOW", default_value = "401")]
    pub expired_as: ExpiredAs,

    /// Number of tenants at the start
    #[arg(long, value_name = "N", default_value = "120", value_parser = tenant_count)]
    pub tenants: usize,

    /// Seed of the tenants and of everything made up later, tokens excepted
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,

    /// How long activation takes, in milliseconds, both ends included
    #[arg(long, value_name = "MIN..MAX", default_value = "3000..10000")]
    pub activation: Delay,

    /// Holds back every API answer this many milliseconds, to see spinners; preflights and admin routes excepted
    #[arg(long, value_name = "MS", default_value_t = 0)]
    pub latency: u64,

    /// Turns on the admin routes for tests, /sandbox/...; they ask for no token
    #[arg(long)]
    pub admin: bool,
}

const REFERENCE: &str = "\
Endpoints:
  GET  /api/auth?apiKey=                   a token for a key
  GET  /api/partner/me                     the partner itself
  POST /api/partner/tenant/add             creates a tenant
  POST /api/partner/tenant/list?page=&size=
                                           tenants, newest first; size at most 10000
  GET  /api/partner/tenant/info?id=        one tenant
  POST /api/partner/tenant/update_balance  tops up a wallet of a tenant
  Any other path is answered with 404 and a scrap of HTML, any other method with 405, as by a gateway.

Keys:
  sandbox-partner-key    the partner of the seeded tenants (see --api-key)
  sandbox-empty-key      another partner, without tenants at first; partners do not see each other's
  sandbox-suspended-key  a suspended partner: gets a token, then partner_invalid everywhere
  api_key of a tenant    (see tenant/info) gets a token of access_type \"normal\", then tenant_invalid everywhere

Error codes (HTTP 200, status_code -9999, the code in message) and their causes:
  any partner endpoint
    partner_invalid           token of a suspended partner; any bad token with --expired-as envelope
    tenant_invalid            token of a tenant
    (HTTP 401, HTML)          missing, malformed, unknown or expired token
  auth
    api_key_is_required       no apiKey
    api_key_invalid           a key nobody has
  tenant/add
    body_request_is_required  empty body, or JSON null
    request_invalid           not a JSON object; a required field missing, blank or not a string;
                              fullName or ownerName of 255 UTF-16 units or more; isAutoActive not a boolean
    email_invalid             not an ordinary e-mail address
    password_invalid          not 8 characters with upper case, lower case, digit and special character
    email_registered          a tenant has this e-mail, whichever partner's, ignoring case
    create_tenant_error       magic e-mail: local part create-tenant-error, e.g. create-tenant-error@example.com
  tenant/list
    request_invalid           page or size not a whole number from 1 up, size over 10000; body not an object;
                              keyword not a string
    request_body_required     no body, JSON null, or not JSON
  tenant/info
    request_invalid           no id
    tenant_not_found          no such tenant of this partner (this code is not documented upstream)
  tenant/update_balance
    request_body_required     no body, JSON null, or not JSON
    request_invalid           body not an object; email missing or blank; amount missing, not a number or not
                              whole; description not a string; a wallet other than SPK, NORMAL or \"\";
                              a balance beyond 64 bits
    amount_gte_10.000_vnd     amount under 10000
    description_is_required   description missing or blank
    description_is_to_short.gte_50_characters
                              description under 50 UTF-16 units
    access_denied             e-mail of no tenant of this partner, or of one that is not enabled

Tenants:
  With isAutoActive a tenant becomes \"activated\" after the time of --activation, without it stays \"not_activated\".
  Before, the answers leave out domain, domain_fusion, domain_expire, effective_date and expire_date.
  A keyword is looked for in name and e-mail, ignoring case and Vietnamese marks: nguyen finds Nguyễn. A keyword in
  decomposed Unicode (NFD) with marks finds nothing, as upstream.

Admin routes, with --admin only:
  GET  /sandbox/state          { requests: { \"POST /api/partner/tenant/add\": 1, ... }, tenants }
  GET  /sandbox/tenant?email=  the books of a tenant: { id, email, status, enabled, balance, service_balance,
                               top_ups: [{ amount, wallet, description, at }] }
  POST /sandbox/reset          back to the start: seeded tenants, no tokens, no counts, no faults, keep-alive on
  POST /sandbox/expire_tokens  ends all tokens issued so far
  GET  /sandbox/requests       the newest 100000 API requests in order of arrival: [{ endpoint, url, connection, nth,
                               protocol, fault, at }]; connection is a number, nth is 1 for the first request on it,
                               preflights and admin calls counted, fault a kind or null
  POST /sandbox/keep_alive     { enabled: false } closes idle HTTP/1.1 connections, and from then on each one after its
                               answer, so that every request comes on a fresh one
  POST /sandbox/faults         adds a fault:
                               { endpoint: \"POST /api/partner/tenant/add\", count: 1, effect: false,
                                 fault: { kind: \"status\", status: 503 } }
  GET  /sandbox/faults         [{ endpoint, effect, fault, struck, left }], oldest first, used up ones included
  POST /sandbox/clear_faults   removes all
  A body is JSON under any content type; a bad one is answered with 400 and { error }.

Faults, by their kind:
  The oldest that fits an API request and is not used up applies, and is used up as the request arrives. Admin routes
  and preflights meet none. endpoint is method and path without base path, or \"*\" for any; without count a fault
  applies for ever. With effect the endpoint does its work first (a tenant is added, a wallet topped up), without it
  does not.
  delay { ms }             the real answer, late; the work is done before the wait with effect, after it without
  hang                     no answer ever
  status { status, body, retry_after }
                           any status from 400 to 599; body is html (default), empty or json; retry_after is the
                           header as it is, or \"date+3\" for the HTTP date in 3 seconds
  html                     200 and a page
  empty                    200 and nothing
  truncated                200 and the first half of the JSON, as if that were all
  not_json_object          200 and an array
  no_status_code           200 and an envelope without status_code
  wrong_types              200, 9999 and a payload with a field of the wrong type: id of tenant/add a number, balance in
                           tenant/list and tenant/info a string, elsewhere the payload a number
  unknown_fields           the real answer, with one more field in the envelope, the payload and each item
  unknown_code { code }    -9999 and that code in message (default sandbox_unknown_code)
  payload_error { code }   -9999, no message, and payload { error: code, message }
  cut_headers              the connection is closed before the answer; with HTTP/2 the whole connection
  cut_body                 the connection is closed after the headers and half of the body
  redirect { to }          307 to that origin, with path and query as they came
  no_cors                  the real answer without CORS headers
  repeated_page            tenant/list only: page 1 under the number that was asked for, has_next true
  endless                  tenant/list only: ever new tenants, has_next true
  huge { bytes }           200 and a payload with a field that is that long (default 52428800), chunk by chunk
  Answers that are built on a real one take a made-up one where the endpoint does no work.";

/// What a caller with a bad token gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExpiredAs {
    /// HTTP 401 with a scrap of HTML, as from a gateway
    #[value(name = "401")]
    Http401,
    /// HTTP 200 and `partner_invalid` in the envelope
    #[value(name = "envelope")]
    Envelope,
}

/// A range of milliseconds, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delay {
    pub min: i64,
    pub max: i64,
}

impl FromStr for Delay {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.split_once("..")
            .and_then(|(min, max)| Some((min.parse().ok()?, max.parse().ok()?)))
            // As u32 no delay can carry a date out of range.
            .map(|(min, max): (u32, u32)| Self { min: min.into(), max: max.into() })
            .filter(|delay| delay.min <= delay.max)
            .ok_or("expected two whole numbers of milliseconds, the smaller one first: 200..400")
    }
}

/// Empty, or a path that starts with a slash and does not end with one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BasePath(String);

impl BasePath {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for BasePath {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let path = text.trim_end_matches('/');
        let is_plain = |segment: &str| {
            !matches!(segment, "" | "." | "..")
                && segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
        };
        let is_path = match path.strip_prefix('/') {
            Some(rest) => rest.split('/').all(is_plain),
            None => path.is_empty(),
        };
        if is_path {
            Ok(Self(path.to_owned()))
        } else {
            Err("expected a path such as /proxy/omicall, of letters, digits and - . _ ~")
        }
    }
}

impl fmt::Display for BasePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Browsers compare origins letter by letter, so a slash at the end would silently shut out the page it is meant for.
fn origin(text: &str) -> Result<HeaderValue, &'static str> {
    const EXPECTED: &str = "expected an origin without a path, such as http://localhost:5173, or *";

    let is_origin = text == "*"
        || text == "null"
        || text
            .split_once("://")
            .is_some_and(|(scheme, host)| !scheme.is_empty() && !host.is_empty() && !host.contains('/'));
    if !is_origin {
        return Err(EXPECTED);
    }
    HeaderValue::from_str(text).map_err(|_| EXPECTED)
}

fn api_key(text: &str) -> Result<String, &'static str> {
    if text.trim().is_empty() {
        Err("the key must not be blank")
    } else if [EMPTY_KEY, SUSPENDED_KEY].contains(&text) {
        Err("this is the key of another partner of the sandbox")
    } else {
        Ok(text.to_owned())
    }
}

fn tenant_count(text: &str) -> Result<usize, &'static str> {
    const MOST: usize = 1_000_000;

    text.parse().ok().filter(|count| *count <= MOST).ok_or("expected a whole number, at most 1000000")
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_flags_are_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn reads_delays() {
        assert_eq!("0..0".parse(), Ok(Delay { min: 0, max: 0 }));
        assert_eq!("200..400".parse(), Ok(Delay { min: 200, max: 400 }));
        for bad in ["", "5", "400..200", "-1..5", "a..b", "1...5", "1.."] {
            assert!(bad.parse::<Delay>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn reads_base_paths() {
        let read = |text: &str| text.parse().map(|BasePath(path)| path);
        assert_eq!(read(""), Ok(String::new()));
        assert_eq!(read("/"), Ok(String::new()));
        assert_eq!(read("/proxy/omicall/"), Ok("/proxy/omicall".to_owned()));
        for bad in ["proxy", "/a//b", "/a b", "/{a}", "/a/../b", "//a", "/*a", "/a?b"] {
            assert!(read(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn reads_origins() {
        for good in ["*", "null", "http://localhost:5173", "https://portal.example"] {
            assert!(origin(good).is_ok(), "{good:?}");
        }
        for bad in ["", "localhost:5173", "http://localhost:5173/", "http://a/b", "://a"] {
            assert!(origin(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn refuses_keys_that_are_taken() {
        let parse = |key: &str| Cli::try_parse_from(["omicall-sandbox", "--api-key", key]);
        assert!(parse("my-key").is_ok());
        assert!(parse(EMPTY_KEY).is_err());
        assert!(parse(" ").is_err());
    }

    #[test]
    fn the_help_names_every_code_route_and_key() {
        let help = Cli::command().render_long_help().to_string();
        for word in [
            "/api/auth",
            "/api/partner/me",
            "/api/partner/tenant/add",
            "/api/partner/tenant/list",
            "/api/partner/tenant/info",
            "/api/partner/tenant/update_balance",
            "/sandbox/state",
            "/sandbox/tenant",
            "/sandbox/reset",
            "/sandbox/expire_tokens",
            "/sandbox/requests",
            "/sandbox/keep_alive",
            "/sandbox/faults",
            "/sandbox/clear_faults",
            "--tls",
            "--http1",
            "sandbox-partner-key",
            EMPTY_KEY,
            SUSPENDED_KEY,
            FAILING_LOCAL_PART,
            "partner_invalid",
            "tenant_invalid",
            "body_request_is_required",
            "request_body_required",
            "request_invalid",
            "email_invalid",
            "password_invalid",
            "email_registered",
            "create_tenant_error",
            "access_denied",
            "amount_gte_10.000_vnd",
            "description_is_required",
            "description_is_to_short.gte_50_characters",
            "api_key_is_required",
            "api_key_invalid",
            "tenant_not_found",
            "endpoint",
            "count",
            "effect",
            "delay { ms }",
            "hang",
            "status { status, body, retry_after }",
            "date+3",
            "html",
            "empty",
            "truncated",
            "not_json_object",
            "no_status_code",
            "wrong_types",
            "unknown_fields",
            "unknown_code { code }",
            "sandbox_unknown_code",
            "payload_error { code }",
            "cut_headers",
            "cut_body",
            "redirect { to }",
            "no_cors",
            "repeated_page",
            "endless",
            "huge { bytes }",
            "52428800",
        ] {
            assert!(help.contains(word), "{word} is not in --help");
        }
    }
}
