//! The command-line flags, and the help text, which documents the whole sandbox.

use clap::{Parser, builder::NonEmptyStringValueParser};

use crate::settings::Settings;

/// The name of the program: that of the npm package, or that of the native server.
pub const NAME: &str = if cfg!(target_arch = "wasm32") { "omicall-partner-sandbox" } else { "omicall-sandbox" };

/// A local server that implements the OMICall partner API, for development and tests.
///
/// All state is in memory: a restart resets it. The same seed always gives the same tenants, except their dates, which are
/// relative to the day of the start.
#[derive(Clone, Debug, Parser)]
#[command(name = NAME, version, after_long_help = REFERENCE)]
pub struct Cli {
    /// Address or host name to listen on
    #[arg(long, default_value = "127.0.0.1", value_parser = NonEmptyStringValueParser::new())]
    pub host: String,

    /// Port to listen on; 0 selects any free port
    #[arg(long, default_value_t = 8787)]
    pub port: u16,

    /// Serves HTTPS with HTTP/2 and HTTP/1.1; the certificate is self-signed and generated at startup. Only the native
    /// server of the repository does
    #[arg(long)]
    pub tls: bool,

    /// Disables HTTP/2 with --tls; without --tls, HTTP/2 is never available. Only for the native server
    #[arg(long)]
    pub http1: bool,

    #[command(flatten)]
    pub settings: Settings,
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
  The initial tenants were created in the two years before the day (UTC) on which the sandbox starts or is reset, and
  all other dates are relative to this day too. All other values depend on --seed and --tenants only. Most packages,
  numbers and domains are running, some expire within 30 or 90 days, and a few have expired. About every tenth tenant
  has a balance under 100000. With 9 tenants or more there is one of each sort.
  With isAutoActive, a tenant becomes \"activated\" after the time set by --activation-ms; without it, the tenant stays
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
  POST /sandbox/reset          restores the initial state: seeded tenants, balances and numbers, with dates relative to
                               the present day, no tokens, no request counts, no faults, keep-alive on, the clock as at
                               the start
  POST /sandbox/expire_tokens  invalidates all tokens issued so far
  POST /sandbox/advance        { ms: 10000 } moves the clock forward: what is due by then has happened
  GET  /sandbox/snapshot       the tenants, balances, numbers and the clock as a text
  POST /sandbox/restore        replaces these by those of the text, whose dates do not change; tokens, faults and the
                               request log stay
  GET  /sandbox/requests       the latest 100000 API requests in order of arrival: [{ endpoint, url, connection, nth,
                               protocol, fault, at }]; connection is a number; nth is the position of the request on
                               its connection, from 1, preflights and admin requests counted; both are null without the
                               native server; fault is a kind or null
  POST /sandbox/keep_alive     { enabled: false } closes idle HTTP/1.1 connections, and from then on every HTTP/1.1
                               connection after its response, so that every request uses a new one
  POST /sandbox/faults         adds a fault:
                               { endpoint: \"POST /api/partner/tenant/add\", count: 1, effect: false,
                                 fault: { kind: \"status\", status: 503 } }
  GET  /sandbox/faults         [{ endpoint, effect, fault, struck, left }], oldest first, including used-up faults;
                               struck is how often the fault was injected, left how often it still will be
  POST /sandbox/clear_faults   removes all faults
  Bodies are JSON, with any content type; an invalid one gives 400 and { error }. Without --admin, every path under
  /sandbox/ gives 404 and { error }.

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

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use crate::settings::{EMPTY_KEY, FAILING_LOCAL_PART, SUSPENDED_KEY};

    use super::*;

    #[test]
    fn the_command_definition_is_valid() {
        Cli::command().debug_assert();
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
            "/sandbox/advance",
            "/sandbox/snapshot",
            "/sandbox/restore",
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
