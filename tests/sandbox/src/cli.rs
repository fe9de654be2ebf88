//! The command-line flags, and the help text, which documents the whole sandbox.

use std::{fmt, str::FromStr};

use axum::http::HeaderValue;
use clap::{Parser, ValueEnum};

/// The API key of the partner without tenants.
pub const EMPTY_KEY: &str = "sandbox-empty-key";
/// The API key of the suspended partner, who can get a token but call no partner endpoint.
pub const SUSPENDED_KEY: &str = "sandbox-suspended-key";
/// The local part of e-mail addresses for which tenant/add fails.
pub const FAILING_LOCAL_PART: &str = "create-tenant-error";

/// A local server that implements the OMICall partner API, for development and tests.
///
/// All state is in memory: a restart resets it. The same seed always gives the same tenants.
#[derive(Clone, Debug, Parser)]
#[command(name = "omicall-sandbox", version, after_long_help = REFERENCE)]
pub struct Cli {
    /// Address or host name to listen on
    #[arg(long, default_value = "127.0.0.1")]
    pub host: String,

    /// Port to listen on; 0 selects any free port
    #[arg(long, default_value_t = 8787)]
    pub port: u16,

    /// Serves HTTPS with HTTP/2 and HTTP/1.1; the certificate is self-signed and generated at startup
    #[arg(long)]
    pub tls: bool,

    /// Disables HTTP/2 with --tls; without --tls, HTTP/2 is never available
    #[arg(long)]
    pub http1: bool,

    /// Path prefix of all routes, as behind a proxy; paths without it give 404
    #[arg(long, value_name = "PATH", default_value = "")]
    pub base_path: BasePath,

    /// Allowed CORS origin, such as http://localhost:5173; may be repeated [default: any]
    #[arg(long, value_name = "ORIGIN", value_parser = parse_origin)]
    pub allow_origin: Vec<HeaderValue>,

    /// API key ("super key") of the partner
    #[arg(long, value_name = "KEY", default_value = "sandbox-partner-key", value_parser = parse_api_key)]
    pub api_key: String,

    /// Lifetime of tokens, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 86_400)]
    pub token_ttl: u32,

    /// Response to a missing, unknown or expired token
    #[arg(long, value_enum, value_name = "HOW", default_value = "401")]
    pub expired_as: ExpiredAs,

    /// Number of initial tenants
    #[arg(long, value_name = "N", default_value = "120", value_parser = parse_tenant_count)]
    pub tenants: usize,

    /// Seed of the initial tenants and of all values generated later, except tokens
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,

    /// Range of the activation time, in milliseconds, both ends included
    #[arg(long, value_name = "MIN..MAX", default_value = "3000..10000")]
    pub activation: DelayRange,

    /// Delays every API response by this many milliseconds, to show loading states; not preflights and admin routes
    #[arg(long, value_name = "MS", default_value_t = 0)]
    pub latency: u64,

    /// Enables the admin routes for tests, /sandbox/...; they need no token
    #[arg(long)]
    pub admin: bool,
}

const REFERENCE: &str = "\
Endpoints:
  GET  /api/auth?apiKey=                   exchanges an API key for a token
  GET  /api/partner/me                     the calling partner
  GET  /api/partner/agency_tenant/info     its agency account
  GET  /api/partner/service_package/list   the service packages
  POST /api/partner/service_package/upgrade
                                           buys a tenant another package: setup fee + monthly fee × month_num
  POST /api/partner/service_package/extend
                                           extends the package of a tenant: monthly fee × month_num
  GET  /api/partner/service_package_v2/template/list
                                           templates; the payload is invented, because it is not documented upstream
  GET  /api/partner/public_number/list?page=&size=
                                           the numbers on sale; page 1 and size 50 by default
  POST /api/partner/public_number/buy      buys a number for a tenant: monthly price × number_count
  POST /api/partner/tenant/add             creates a tenant
  POST /api/partner/tenant/list?page=&size=
                                           tenants, newest first; size at most 10000
  GET  /api/partner/tenant/info?id=        one tenant
  POST /api/partner/tenant/update_balance  tops up a wallet of a tenant
  Any other path gives 404 and any other method 405, with a short HTML page, like a gateway.

Keys:
  sandbox-partner-key    the partner that owns the seeded tenants (see --api-key)
  sandbox-empty-key      another partner, without tenants at first; partners do not see each other's tenants
  sandbox-suspended-key  a suspended partner: gets a token, then partner_invalid from every partner endpoint
  api_key of a tenant    (see tenant/info) gets a token of access_type \"normal\", then tenant_invalid from every
                         partner endpoint

Error codes (HTTP 200, status_code -9999, the code in message) and their causes:
  any partner endpoint
    partner_invalid           token of a suspended partner; any invalid token with --expired-as envelope
    tenant_invalid            token of a tenant
    (HTTP 401, HTML)          missing, malformed, unknown or expired token
  auth
    api_key_is_required       no apiKey
    api_key_invalid           unknown apiKey
  tenant/add
    body_request_is_required  empty body, or JSON null
    request_invalid           not a JSON object; a required field missing, blank or not a string;
                              fullName or ownerName of 255 UTF-16 units or more; isAutoActive not a boolean
    email_invalid             not a plain e-mail address
    password_invalid          fewer than 8 characters, or no upper-case letter, lower-case letter, digit or special
                              character
    email_registered          the e-mail is in use by a tenant of any partner, ignoring case
    create_tenant_error       special e-mail: local part create-tenant-error, e.g. create-tenant-error@example.com
  tenant/list
    request_invalid           page or size not an integer of at least 1, size over 10000; body not an object;
                              keyword not a string
    request_body_required     no body, JSON null, or not JSON
  public_number/list
    request_invalid           page or size not an integer of at least 1, size over 10000
  tenant/info
    request_invalid           no id
    tenant_not_found          this partner has no such tenant (this code is not documented upstream)
  tenant/update_balance
    request_body_required     no body, JSON null, or not JSON
    request_invalid           body not an object; email missing or blank; amount missing, not a number or not an
                              integer; description not a string; a wallet other than SPK, NORMAL or \"\";
                              the new balance does not fit into 64 bits
    amount_gte_10.000_vnd     amount under 10000
    description_is_required   description missing or blank
    description_is_to_short.gte_50_characters
                              description under 50 UTF-16 units
    access_denied             this partner has no tenant with this e-mail, or the tenant is not enabled
  service_package/upgrade, service_package/extend, public_number/buy (these codes are not documented upstream, except
  the first two and the last)
    request_body_required     no body, JSON null, or not JSON
    request_invalid           body not an object; email, code_name or number missing, blank or not a string; month_num
                              or number_count missing, not a number or not an integer; note not a string
    month_num_gte_6           upgrade, extend: month_num under 6
    number_count_gte_6        buy: number_count under 6
    note_is_required          note missing or blank
    note_is_too_short.gte_10_characters
                              upgrade, extend: note under 10 UTF-16 units; for buy any text will do
    service_package_not_found upgrade: no package has this code_name
    service_package_without_price
                              the package, which for extend is that of the tenant, has no list price
    public_number_not_found   buy: the number is not on sale, or no longer
    public_number_without_price
                              buy: the number has no list price
    balance_not_enough        the price is more than the balance of the partner
    access_denied             as in tenant/update_balance

Tenants:
  With isAutoActive, a tenant becomes \"activated\" after the time set by --activation; without it, the tenant stays
  \"not_activated\". Before activation, responses omit domain, domain_fusion, domain_expire, effective_date and
  expire_date.
  The keyword is searched in name and e-mail, ignoring case and Vietnamese diacritics: nguyen finds Nguyễn. A keyword
  with diacritics in decomposed Unicode (NFD) finds nothing, as upstream.

Purchases:
  A package or a number is paid, in VND, from the balance of the partner (see me): 250000000 at first, 0 for
  sandbox-empty-key. tenant/update_balance does not change this balance: the documentation does not say
  that it does.
  A month is 30 days. An upgrade starts now; an extension starts at the end of the package, or now if that has passed.
  The tenant's own expire_date follows that of its package. A number that was bought is no longer on sale.
  The payload is invented, because it is not documented upstream: { email, kind, code_name or number, months, price,
  note, at, balance }; kind is upgrade, extend or buy, and balance is what the partner has left.

Admin routes, with --admin only:
  GET  /sandbox/state          { requests: { \"POST /api/partner/tenant/add\": 1, ... }, tenants }
  GET  /sandbox/tenant?email=  balances, top-ups and purchases of a tenant: { id, email, status, enabled, balance,
                               service_balance, top_ups: [{ amount, wallet, description, at }],
                               purchases: [{ kind, code_name or number, months, price, note, at }] }
  POST /sandbox/reset          restores the initial state: seeded tenants, balances and numbers, no tokens, no request
                               counts, no faults, keep-alive on
  POST /sandbox/expire_tokens  invalidates all tokens issued so far
  GET  /sandbox/requests       the latest 100000 API requests in order of arrival: [{ endpoint, url, connection, nth,
                               protocol, fault, at }]; connection is a number; nth is the position of the request on
                               its connection, from 1, preflights and admin requests counted; fault is a kind or null
  POST /sandbox/keep_alive     { enabled: false } closes idle HTTP/1.1 connections, and from then on every HTTP/1.1
                               connection after its response, so that every request uses a new one
  POST /sandbox/faults         adds a fault:
                               { endpoint: \"POST /api/partner/tenant/add\", count: 1, effect: false,
                                 fault: { kind: \"status\", status: 503 } }
  GET  /sandbox/faults         [{ endpoint, effect, fault, struck, left }], oldest first, including used-up faults;
                               struck is how often the fault was injected, left how often it still will be
  POST /sandbox/clear_faults   removes all faults
  Bodies are JSON, with any content type; an invalid one gives 400 and { error }.

Faults, by kind:
  For each API request, the oldest fault that matches and is not used up is injected; it is counted when the request
  arrives. Admin routes and preflights are not affected. endpoint is the method and the path without the base path, or
  \"*\" for any endpoint; without count, a fault is injected without limit. With effect, the endpoint is executed first
  (a tenant is added, a wallet topped up, a package or number bought); without it, the endpoint is not executed.
  delay { ms }             the real response, delayed; with effect the endpoint is executed before the delay, without
                           it after the delay
  hang                     no response at all
  status { status, body, retry_after }
                           any status from 400 to 599; body is html (default), empty or json; retry_after is the value
                           of the header, or \"date+3\" for an HTTP date 3 seconds in the future
  html                     200 and an HTML page
  empty                    200 and an empty body
  truncated                200 and the first half of the JSON, as a complete body
  not_json_object          200 and an array
  no_status_code           200 and an envelope without status_code
  wrong_types              200, 9999 and a payload with a field of the wrong type: in tenant/add id is a number, in
                           tenant/list, tenant/info and me balance is a string, in agency_tenant/info full_name is a
                           number, in service_package/list staff_num is a string, in public_number/list number is a
                           number, elsewhere the payload is a number
  unknown_fields           the real response, with an additional field in the envelope, the payload and each item
  unknown_code { code }    -9999 and this code in message (default sandbox_unknown_code)
  payload_error { code }   -9999, no message, and payload { error: code, message }
  cut_headers              the connection is closed before the response; with HTTP/2 for all its requests
  cut_body                 the connection is closed after the headers and half of the body
  redirect { to }          307 to this origin, with the path and query of the request
  no_cors                  the real response without CORS headers
  repeated_page            lists only (tenant/list, public_number/list): page 1, with the number of the requested page and
                           has_next true
  endless                  lists only: different items on every page, has_next always true
  huge { bytes }           200 and a payload with a field of this length (default 52428800), sent in chunks
  Without effect, faults that need a payload use a sample; delay, unknown_fields, no_cors and repeated_page
  always execute the endpoint.";

/// The response to a request with an invalid token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExpiredAs {
    /// HTTP 401 with a short HTML page, like a gateway
    #[value(name = "401")]
    Http401,
    /// HTTP 200 with `partner_invalid` in the envelope
    #[value(name = "envelope")]
    Envelope,
}

/// A range of milliseconds, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DelayRange {
    pub min: i64,
    pub max: i64,
}

impl FromStr for DelayRange {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.split_once("..")
            .and_then(|(min, max)| Some((min.parse().ok()?, max.parse().ok()?)))
            // Limited to u32, so that a delay cannot make a date overflow.
            .map(|(min, max): (u32, u32)| Self { min: min.into(), max: max.into() })
            .filter(|delay| delay.min <= delay.max)
            .ok_or("expected two integers, in milliseconds, the smaller one first: 200..400")
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

/// Browsers compare origins character by character, so an origin with a trailing slash would never match.
fn parse_origin(text: &str) -> Result<HeaderValue, &'static str> {
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

fn parse_api_key(text: &str) -> Result<String, &'static str> {
    if text.trim().is_empty() {
        Err("the key must not be blank")
    } else if [EMPTY_KEY, SUSPENDED_KEY].contains(&text) {
        Err("this is the key of another partner of the sandbox")
    } else {
        Ok(text.to_owned())
    }
}

fn parse_tenant_count(text: &str) -> Result<usize, &'static str> {
    const MAX: usize = 1_000_000;

    text.parse().ok().filter(|count| *count <= MAX).ok_or("expected an integer, at most 1000000")
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_definition_is_valid() {
        Cli::command().debug_assert();
    }

    #[test]
    fn parses_delay_ranges() {
        assert_eq!("0..0".parse(), Ok(DelayRange { min: 0, max: 0 }));
        assert_eq!("200..400".parse(), Ok(DelayRange { min: 200, max: 400 }));
        for bad in ["", "5", "400..200", "-1..5", "a..b", "1...5", "1.."] {
            assert!(bad.parse::<DelayRange>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn parses_base_paths() {
        let parse = |text: &str| text.parse().map(|BasePath(path)| path);
        assert_eq!(parse(""), Ok(String::new()));
        assert_eq!(parse("/"), Ok(String::new()));
        assert_eq!(parse("/proxy/omicall/"), Ok("/proxy/omicall".to_owned()));
        for bad in ["proxy", "/a//b", "/a b", "/{a}", "/a/../b", "//a", "/*a", "/a?b"] {
            assert!(parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn parses_origins() {
        for good in ["*", "null", "http://localhost:5173", "https://portal.example"] {
            assert!(parse_origin(good).is_ok(), "{good:?}");
        }
        for bad in ["", "localhost:5173", "http://localhost:5173/", "http://a/b", "://a"] {
            assert!(parse_origin(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn rejects_reserved_and_blank_keys() {
        let parse = |key: &str| Cli::try_parse_from(["omicall-sandbox", "--api-key", key]);
        assert!(parse("my-key").is_ok());
        assert!(parse(EMPTY_KEY).is_err());
        assert!(parse(" ").is_err());
    }

    #[test]
    fn the_help_mentions_every_code_route_and_key() {
        let help = Cli::command().render_long_help().to_string();
        for word in [
            "/api/auth",
            "/api/partner/me",
            "/api/partner/tenant/add",
            "/api/partner/tenant/list",
            "/api/partner/tenant/info",
            "/api/partner/tenant/update_balance",
            "/api/partner/service_package/upgrade",
            "/api/partner/service_package/extend",
            "/api/partner/public_number/buy",
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
            "month_num_gte_6",
            "number_count_gte_6",
            "note_is_required",
            "note_is_too_short.gte_10_characters",
            "service_package_not_found",
            "service_package_without_price",
            "public_number_not_found",
            "public_number_without_price",
            "balance_not_enough",
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
