//! Parses the definition of a fault; an error names the invalid field.

use std::num::NonZeroU64;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use tsify::Tsify;

use crate::{
    faults::{kind::Fault, sample},
    json,
};

macro_rules! endpoints {
    ($($name:ident = $text:literal,)*) => {
        /// The endpoint of a fault: method and path without the base path, or `*` for all endpoints.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, Tsify)]
        pub enum FaultEndpoint {
            $(#[serde(rename = $text)] $name,)*
        }

        impl FaultEndpoint {
            pub const ALL: &[Self] = &[$(Self::$name),*];

            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }
        }
    };
}

endpoints! {
    Any = "*",
    Auth = "GET /api/auth",
    Me = "GET /api/partner/me",
    Agency = "GET /api/partner/agency_tenant/info",
    Packages = "GET /api/partner/service_package/list",
    Upgrade = "POST /api/partner/service_package/upgrade",
    Extend = "POST /api/partner/service_package/extend",
    Templates = "GET /api/partner/service_package_v2/template/list",
    Numbers = "GET /api/partner/public_number/list",
    Buy = "POST /api/partner/public_number/buy",
    Add = "POST /api/partner/tenant/add",
    List = "POST /api/partner/tenant/list",
    Info = "GET /api/partner/tenant/info",
    UpdateBalance = "POST /api/partner/tenant/update_balance",
}

/// A fault as a test has defined it.
pub struct FaultDefinition {
    pub endpoint: FaultEndpoint,
    pub count: Option<u64>,
    pub effect: bool,
    pub kind: String,
    pub fault: Fault,
    /// The field `fault` as it was sent, for the list of faults.
    pub source: Value,
}

/// A fault to inject.
#[derive(Deserialize, Tsify)]
#[serde(deny_unknown_fields)]
#[tsify(rename = "Fault")]
struct RawDefinition {
    /// The requests that get the fault.
    endpoint: FaultEndpoint,
    /// How many requests get it. Default: all.
    #[tsify(optional, type = "number | undefined")]
    count: Option<NonZeroU64>,
    /// Whether the endpoint is executed before the fault: a tenant is created, a balance topped up. Default: no.
    #[tsify(optional, type = "boolean | undefined")]
    effect: Option<bool>,
    /// The kind, with its parameters.
    #[tsify(type = "FaultKind")]
    fault: Map<String, Value>,
}

impl FaultDefinition {
    pub fn parse(bytes: &[u8]) -> Result<Self, String> {
        let RawDefinition { endpoint, count, effect, fault: mut parameters } = json::parse(bytes)?;
        let source = Value::Object(parameters.clone());
        let Some(Value::String(kind)) = parameters.remove("kind") else {
            return Err("fault.kind: expected the name of a kind".to_owned());
        };
        let tagged = Map::from_iter([(kind.clone(), Value::Object(parameters))]);
        let fault: Fault = serde_path_to_error::deserialize(Value::Object(tagged)).map_err(|error| {
            let path = error.path().to_string();
            match path.strip_prefix(&format!("{kind}.")) {
                Some(parameter) => format!("fault.{parameter}: {}", error.inner()),
                None if path == kind => format!("fault: {}", error.inner()),
                None => format!("fault.kind: {}", error.inner()),
            }
        })?;

        if endpoint != FaultEndpoint::Any && fault.is_for_lists() && !sample::is_list(endpoint.as_str()) {
            return Err(format!("endpoint: {kind} is for {} only", sample::LISTS.join(" and ")));
        }
        Ok(Self {
            endpoint,
            count: count.map(NonZeroU64::get),
            effect: effect.unwrap_or_default(),
            kind,
            fault,
            source,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(json: &str) -> String {
        match FaultDefinition::parse(json.as_bytes()) {
            Ok(_) => panic!("{json} was accepted"),
            Err(error) => error,
        }
    }

    #[test]
    fn an_error_names_the_invalid_field() {
        for (json, field) in [
            ("{", "the body"),
            ("5", "5"),
            (r#"{"fault":{"kind":"hang"}}"#, "endpoint"),
            (r#"{"endpoint":5,"fault":{"kind":"hang"}}"#, "endpoint:"),
            (r#"{"endpoint":"/api/auth","fault":{"kind":"hang"}}"#, "endpoint:"),
            (r#"{"endpoint":"get /api/auth","fault":{"kind":"hang"}}"#, "endpoint:"),
            (
                r#"{"endpoint":"GET /api/auth?a","fault":{"kind":"hang"}}"#,
                "endpoint: unknown variant `GET /api/auth?a`",
            ),
            (r#"{"endpoint":"POST /api/auth","fault":{"kind":"hang"}}"#, "endpoint: unknown variant `POST /api/auth`"),
            (r#"{"endpoint":"GET /api/auth","fault":{"kind":"endless"}}"#, "endpoint:"),
            (r#"{"endpoint":"*"}"#, "fault"),
            (r#"{"endpoint":"*","fault":"hang"}"#, "fault:"),
            (r#"{"endpoint":"*","fault":{}}"#, "fault.kind:"),
            (r#"{"endpoint":"*","fault":{"kind":5}}"#, "fault.kind:"),
            (r#"{"endpoint":"*","fault":{"kind":"hung"}}"#, "fault.kind:"),
            (r#"{"endpoint":"*","count":0,"fault":{"kind":"hang"}}"#, "count:"),
            (r#"{"endpoint":"*","count":-1,"fault":{"kind":"hang"}}"#, "count:"),
            (r#"{"endpoint":"*","effect":"yes","fault":{"kind":"hang"}}"#, "effect:"),
            (r#"{"endpoint":"*","times":1,"fault":{"kind":"hang"}}"#, "times"),
            (r#"{"endpoint":"*","fault":{"kind":"hang","ms":1}}"#, "fault.ms:"),
            (r#"{"endpoint":"*","fault":{"kind":"delay"}}"#, "fault: missing field `ms`"),
            (r#"{"endpoint":"*","fault":{"kind":"delay","ms":"1"}}"#, "fault.ms:"),
            (r#"{"endpoint":"*","fault":{"kind":"status","status":200}}"#, "fault.status:"),
            (r#"{"endpoint":"*","fault":{"kind":"status","status":503,"body":"xml"}}"#, "fault.body:"),
            (r#"{"endpoint":"*","fault":{"kind":"status","status":503,"retry_after":3}}"#, "fault.retry_after:"),
            (r#"{"endpoint":"*","fault":{"kind":"status","status":503,"retry_after":"date+x"}}"#, "fault.retry_after:"),
            (r#"{"endpoint":"*","fault":{"kind":"redirect","to":"a\nb"}}"#, "fault.to:"),
            (r#"{"endpoint":"*","fault":{"kind":"huge","bytes":-1}}"#, "fault.bytes:"),
        ] {
            let error = error(json);
            assert!(error.contains(field), "{json}: {error}");
        }
    }

    #[test]
    fn the_types_for_typescript_have_the_same_kinds() {
        let typed: Vec<_> =
            include_str!("kind.d.ts").lines().filter_map(|line| line.trim().strip_prefix("kind: \"")).collect();
        let typed: Vec<_> = typed.iter().map(|rest| format!("`{}`", rest.trim_end_matches("\";"))).collect();
        let unknown = error(r#"{"endpoint":"*","fault":{"kind":"?"}}"#);
        assert!(unknown.ends_with(&format!("expected one of {}", typed.join(", "))), "{unknown}");
    }

    #[test]
    fn null_is_absent() -> Result<(), String> {
        let json = r#"{"endpoint":"*","count":null,"effect":null,"fault":{"kind":"huge","bytes":null}}"#;
        let definition = FaultDefinition::parse(json.as_bytes())?;
        assert_eq!((definition.count, definition.effect, definition.kind.as_str()), (None, false, "huge"));
        Ok(())
    }
}
