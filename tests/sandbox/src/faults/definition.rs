//! Parses the definition of a fault; an error names the invalid field.

use std::num::NonZeroU64;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{
    faults::{kind::Fault, sample},
    json,
};

pub const ANY: &str = "*";

/// A fault as a test has defined it.
pub struct FaultDefinition {
    pub endpoint: String,
    pub count: Option<u64>,
    pub effect: bool,
    pub kind: String,
    pub fault: Fault,
    /// The field `fault` as it was sent, for the list of faults.
    pub source: Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDefinition {
    endpoint: String,
    count: Option<NonZeroU64>,
    effect: Option<bool>,
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

        if endpoint != ANY {
            if !is_endpoint(&endpoint) {
                return Err("endpoint: expected \"*\", or method and path: POST /api/partner/tenant/add".to_owned());
            }
            if fault.is_for_lists() && !sample::is_list(&endpoint) {
                return Err(format!("endpoint: {kind} is for {} only", sample::LISTS.join(" and ")));
            }
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

fn is_endpoint(text: &str) -> bool {
    text.split_once(' ').is_some_and(|(method, path)| {
        !method.is_empty()
            && method.bytes().all(|byte| byte.is_ascii_uppercase())
            && path.starts_with('/')
            && !path.contains(['?', ' '])
    })
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
            (r#"{"endpoint":"GET /api/auth?a","fault":{"kind":"hang"}}"#, "endpoint:"),
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
    fn null_is_absent() -> Result<(), String> {
        let json = r#"{"endpoint":"*","count":null,"effect":null,"fault":{"kind":"huge","bytes":null}}"#;
        let definition = FaultDefinition::parse(json.as_bytes())?;
        assert_eq!((definition.count, definition.effect, definition.kind.as_str()), (None, false, "huge"));
        Ok(())
    }
}
