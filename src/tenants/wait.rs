//! Waiting until a tenant is active: `GET /api/partner/tenant/info`, again and again.

use js_sys::{Date, Function};
use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::JsValue;

use super::get;
use crate::call::deadline::{Deadline, Stop};
use crate::call::send::pause;
use crate::call::{Call, Connection};
use crate::error::{Failed, Fault, Kind, TimeLimit};
use crate::input::{Arguments, Issues};
use crate::js::{self, field};
use crate::objects::to_js;
use crate::settings::{CALL_OPTIONS, CallOptions};

const DEFAULT_DEADLINE_MS: f64 = 60_000.0;
const DEFAULT_INTERVAL_MS: f64 = 1_000.0;

/// How far the activation of a tenant has come.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ActivationProgress {
    /// Since the call, in ms.
    pub elapsed_ms: f64,
    /// What the server last said; not `"activated"` yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub status: Option<String>,
}

/// A wait, described before it begins.
pub struct Wait {
    call: Call,
    options: CallOptions,
    deadline_ms: f64,
    interval_ms: f64,
    on_progress: Option<Function>,
}

impl Wait {
    pub fn read(id: &JsValue, options: &JsValue, issues: &mut Issues) -> Option<Self> {
        let call = get::call(id, issues);
        let known: [&[&str]; 2] = [&CALL_OPTIONS, &["deadlineMs", "intervalMs", "onProgress"]];
        let mut args = Arguments::new(options, "options", &known, None, issues)?;
        let options = CallOptions::from_arguments(&mut args);
        let deadline_ms = args.milliseconds("deadlineMs").unwrap_or(DEFAULT_DEADLINE_MS);
        let interval_ms = args.milliseconds("intervalMs").unwrap_or(DEFAULT_INTERVAL_MS);
        let on_progress = args.function("onProgress");
        Some(Self { call: call?, options, deadline_ms, interval_ms, on_progress })
    }

    /// Resolves to the tenant once it is active.
    pub async fn run(self, connection: &Connection) -> Result<JsValue, Failed> {
        let started_at = Date::now();
        let mut attempts = 0;
        let fault = |kind: Kind, attempts: u32| {
            let mut fault = Fault::at(self.call.endpoint(), kind);
            fault.attempts = attempts;
            fault
        };
        let whole = Deadline::start(Some(self.deadline_ms), &self.options.signal).map_err(|kind| fault(kind, 0))?;
        // Everything below hangs on the deadline's signal, so an abort may mean that the time is up.
        let ended = || match whole.stopped()? {
            Stop::Elapsed => Some(Kind::Timeout { limit: TimeLimit::Activation }),
            stop => Some(whole.failure(stop)),
        };
        let options = CallOptions { signal: whole.signal(), ..self.options.clone() };
        loop {
            let reply = connection.run(self.call.clone(), &options).await.map_err(|mut failed| {
                failed.attempts += attempts;
                failed.kind = ended().unwrap_or(failed.kind);
                failed
            })?;
            attempts += reply.attempts;
            let status = field(&reply.payload, "status").as_string();
            if status.as_deref() == Some("activated") {
                return Ok(reply.payload);
            }
            if let Some(listener) = &self.on_progress {
                let progress = ActivationProgress { elapsed_ms: Date::now() - started_at, status };
                js::notify(listener, &to_js(&progress));
            }
            let paused = pause(self.interval_ms, &options.signal).await;
            paused.map_err(|kind| fault(ended().unwrap_or(kind), attempts))?;
        }
    }
}
