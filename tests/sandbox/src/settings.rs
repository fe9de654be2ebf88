//! The settings of a sandbox: the flags of the programs, and the options of `createSandbox`.

use std::{fmt, str::FromStr};

use axum::http::HeaderValue;
use clap::{Args, ValueEnum};
use serde::Deserialize;
use tsify::Tsify;

/// The API key of the partner without tenants.
pub const EMPTY_KEY: &str = "sandbox-empty-key";
/// The API key of the suspended partner, who can get a token but call no partner endpoint.
pub const SUSPENDED_KEY: &str = "sandbox-suspended-key";
/// The local part of e-mail addresses for which tenant/add fails.
pub const FAILING_LOCAL_PART: &str = "create-tenant-error";

const API_KEY: &str = "sandbox-partner-key";
const TOKEN_TTL_MS: u32 = 86_400_000;
const TENANTS: TenantCount = TenantCount(120);
const SEED: u64 = 1;
const ACTIVATION_MS: DelayRange = DelayRange { min: 3_000, max: 10_000 };

/// The settings of a sandbox, which are the flags of the program `omicall-partner-sandbox` too.
#[derive(Args, Clone, Debug, Deserialize, Tsify)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[tsify(rename = "SandboxSettings")]
pub struct Settings {
    /// Path prefix of all routes, as behind a proxy; paths without it give 404
    #[arg(long, value_name = "PATH", default_value = "")]
    #[tsify(type = "string | undefined")]
    pub base_path: BasePath,

    /// Origin whose pages may call the sandbox, such as http://localhost:5173; several are possible [default: any]
    #[arg(long, value_name = "ORIGIN")]
    #[tsify(type = "readonly string[] | undefined")]
    pub allow_origin: Vec<Origin>,

    /// API key ("super key") of the partner
    #[arg(long, value_name = "KEY", default_value = API_KEY)]
    #[tsify(type = "string | undefined")]
    pub api_key: ApiKey,

    /// Lifetime of tokens, in milliseconds
    #[arg(long, value_name = "MS", default_value_t = TOKEN_TTL_MS)]
    #[tsify(type = "number | undefined")]
    pub token_ttl_ms: u32,

    /// Response to a missing, unknown or expired token
    #[arg(long, value_enum, value_name = "HOW", default_value_t)]
    #[tsify(type = "ExpiredAs | undefined")]
    pub expired_as: ExpiredAs,

    /// Number of initial tenants
    #[arg(long, value_name = "N", default_value_t = TENANTS)]
    #[tsify(type = "number | undefined")]
    pub tenants: TenantCount,

    /// Seed of the initial tenants and of all values generated later, except tokens; dates are relative to the day of the
    /// start
    #[arg(long, value_name = "S", default_value_t = SEED)]
    #[tsify(type = "number | undefined")]
    pub seed: u64,

    /// Range of the activation time, in milliseconds, both ends included
    #[arg(long, value_name = "MIN..MAX", default_value_t = ACTIVATION_MS)]
    #[tsify(type = "readonly [min: number, max: number] | undefined")]
    pub activation_ms: DelayRange,

    /// Delays every API response by this many milliseconds, to show loading states; not preflights and admin routes
    #[arg(long, value_name = "MS", default_value_t = 0)]
    #[tsify(type = "number | undefined")]
    pub latency_ms: u64,

    /// Stops the clock at this time, in epoch milliseconds: only `advance` moves it [default: real time]
    #[arg(long, value_name = "EPOCH_MS")]
    #[tsify(optional, type = "number | undefined")]
    pub now: Option<Time>,

    /// Enables the admin routes for tests, /sandbox/...; they need no token
    #[arg(long)]
    #[tsify(type = "boolean | undefined")]
    pub admin: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            base_path: BasePath::default(),
            allow_origin: Vec::new(),
            api_key: ApiKey(API_KEY.to_owned()),
            token_ttl_ms: TOKEN_TTL_MS,
            expired_as: ExpiredAs::default(),
            tenants: TENANTS,
            seed: SEED,
            activation_ms: ACTIVATION_MS,
            latency_ms: 0,
            now: None,
            admin: false,
        }
    }
}

/// The response to a request with an invalid token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Tsify, ValueEnum)]
pub enum ExpiredAs {
    /// HTTP 401 with a short HTML page, like a gateway
    #[default]
    #[value(name = "401")]
    #[serde(rename = "401")]
    Http401,
    /// HTTP 200 with `partner_invalid` in the envelope
    #[value(name = "envelope")]
    #[serde(rename = "envelope")]
    Envelope,
}

/// A range of milliseconds, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "(u32, u32)")]
pub struct DelayRange {
    pub min: i64,
    pub max: i64,
}

/// Limited to u32, so that a delay cannot make a date overflow.
impl TryFrom<(u32, u32)> for DelayRange {
    type Error = &'static str;

    fn try_from((min, max): (u32, u32)) -> Result<Self, Self::Error> {
        if min <= max {
            Ok(Self { min: min.into(), max: max.into() })
        } else {
            Err("expected two integers, in milliseconds, the smaller one first")
        }
    }
}

impl FromStr for DelayRange {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.split_once("..")
            .and_then(|(min, max)| Some((min.parse().ok()?, max.parse().ok()?)))
            .and_then(|range: (u32, u32)| range.try_into().ok())
            .ok_or("expected two integers, in milliseconds, the smaller one first: 200..400")
    }
}

impl fmt::Display for DelayRange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}..{}", self.min, self.max)
    }
}

/// Empty, or a path that starts with a slash and does not end with one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
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

/// The origin of a page. Browsers compare origins character by character, so one with a trailing slash would never match.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Origin(HeaderValue);

impl Origin {
    pub fn is_any(&self) -> bool {
        self.0 == "*"
    }

    pub fn header(&self) -> HeaderValue {
        self.0.clone()
    }
}

impl FromStr for Origin {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const EXPECTED: &str = "expected an origin without a path, such as http://localhost:5173, or *";

        let is_origin = text == "*"
            || text == "null"
            || text
                .split_once("://")
                .is_some_and(|(scheme, host)| !scheme.is_empty() && !host.is_empty() && !host.contains('/'));
        HeaderValue::from_str(text).ok().filter(|_| is_origin).map(Self).ok_or(EXPECTED)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct ApiKey(String);

impl ApiKey {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ApiKey {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.trim().is_empty() {
            Err("the key must not be blank")
        } else if [EMPTY_KEY, SUSPENDED_KEY].contains(&text) {
            Err("this is the key of another partner of the sandbox")
        } else {
            Ok(Self(text.to_owned()))
        }
    }
}

/// At most a million.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u64")]
pub struct TenantCount(pub usize);

impl TryFrom<u64> for TenantCount {
    type Error = &'static str;

    fn try_from(count: u64) -> Result<Self, Self::Error> {
        const MAX: usize = 1_000_000;

        usize::try_from(count)
            .ok()
            .filter(|count| *count <= MAX)
            .map(Self)
            .ok_or("expected an integer, at most 1000000")
    }
}

impl FromStr for TenantCount {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().unwrap_or(u64::MAX).try_into()
    }
}

impl fmt::Display for TenantCount {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// Epoch milliseconds, from 1970 to the year 2100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "i64")]
pub struct Time(pub i64);

impl TryFrom<i64> for Time {
    type Error = &'static str;

    fn try_from(time: i64) -> Result<Self, Self::Error> {
        /// 1 January 2101.
        const END: i64 = 4_133_980_800_000;

        if (0..END).contains(&time) { Ok(Self(time)) } else { Err("expected epoch milliseconds, before the year 2101") }
    }
}

impl FromStr for Time {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().unwrap_or(-1).try_into()
    }
}

/// The same checks for the option as for the flag.
macro_rules! from_text {
    ($($type:ty),*) => {$(
        impl TryFrom<String> for $type {
            type Error = &'static str;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }
    )*};
}

from_text!(BasePath, Origin, ApiKey);

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use crate::{cli::Cli, json};

    use super::*;

    #[test]
    fn the_defaults_of_flags_and_options_are_the_same() {
        let flags = Cli::parse_from(["omicall-sandbox"]).settings;
        assert_eq!(format!("{flags:?}"), format!("{:?}", Settings::default()));
    }

    #[test]
    fn an_error_names_the_option() {
        for (options, error) in [
            (r#"{"tenant":5}"#, "tenant: unknown field `tenant`"),
            (r#"{"tenants":"5"}"#, "tenants: invalid type: string"),
            (r#"{"tenants":1000001}"#, "tenants: expected an integer, at most 1000000"),
            (r#"{"tenants":-1}"#, "tenants: invalid value"),
            (r#"{"seed":1.5}"#, "seed: invalid type: floating point"),
            (r#"{"activationMs":[5,4]}"#, "activationMs: expected two integers"),
            (r#"{"activationMs":[5]}"#, "activationMs: invalid length 1"),
            (r#"{"apiKey":"sandbox-empty-key"}"#, "apiKey: this is the key of another partner"),
            (r#"{"allowOrigin":["http://a","http://b/"]}"#, "allowOrigin[1]: expected an origin"),
            (r#"{"basePath":"a"}"#, "basePath: expected a path"),
            (r#"{"now":-1}"#, "now: expected epoch milliseconds"),
            (r#"{"now":4133980800000}"#, "now: expected epoch milliseconds"),
            (r#"{"expiredAs":"403"}"#, "expiredAs: unknown variant `403`, expected `401` or `envelope`"),
        ] {
            match json::parse::<Settings>(options.as_bytes()) {
                Ok(_) => panic!("{options} was accepted"),
                Err(message) => assert!(message.contains(error), "{options}: {message}"),
            }
        }
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
            assert!(good.parse::<Origin>().is_ok(), "{good:?}");
        }
        for bad in ["", "localhost:5173", "http://localhost:5173/", "http://a/b", "://a"] {
            assert!(bad.parse::<Origin>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn rejects_reserved_and_blank_keys() {
        let parse = |key: &str| Cli::try_parse_from(["omicall-sandbox", "--api-key", key]);
        assert!(parse("my-key").is_ok());
        assert!(parse(EMPTY_KEY).is_err());
        assert!(parse(" ").is_err());
    }
}
