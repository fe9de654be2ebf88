//! Waiting until a tenant is active: `GET /api/partner/tenant/info`, again and again.

use std::cell::Cell;

use js_sys::Function;
use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::JsValue;

use super::get;
use crate::config::CallOptions;
use crate::error::{Error, ErrorKind, Result, Text};
use crate::platform::bindings::monotonic_ms;
use crate::platform::guarded::{field, notify};
use crate::platform::serialize::to_js;
use crate::transport::timeout::{Stop, Timeout, pause};
use crate::transport::{ApiRequest, Connection};
use crate::validation::params::{Params, field, params};
use crate::validation::types::{Milliseconds, read_id};
use crate::validation::{FieldReader, Issues};

/// The `@defaultValue` of `WaitOptions.deadlineMs`.
const DEFAULT_DEADLINE_MS: f64 = 60_000.0;
/// The `@defaultValue` of `WaitOptions.intervalMs`.
const DEFAULT_INTERVAL_MS: f64 = 1_000.0;

/// The last request gets as much time as the whole wait had, and this at least.
const MIN_LAST_REQUEST_MS: f64 = 1_000.0;

const ACTIVATION_TIMEOUT: &Text = &Text {
    en: "The tenant did not become active in time: check it again later.",
    vi: "Doanh nghiệp chưa được kích hoạt trong thời gian chờ: hãy kiểm tra lại sau.",
};

params! {
    /// Options of {@link Tenants.waitUntilActive}.
    #[derive(Debug, Tsify)]
    WaitOptions
    extends { call: CallOptions }
    optional {
        /// How long to wait, in ms. After it there is one more request, because the timers of a hidden or sleeping page fire
        /// late: it may take as long as the wait, 1,000 ms at least.
        ///
        /// @defaultValue 60,000
        deadlineMs: Milliseconds = "number | undefined";
        /// The pause between two requests, in ms.
        ///
        /// @defaultValue 1,000
        intervalMs: Milliseconds = "number | undefined";
        /// Is called after each response that shows the tenant not active yet.
        ///
        /// @example
        /// ```ts
        /// const onProgress = ({ elapsedMs }: ActivationProgress) => console.log(`${elapsedMs} ms`);
        /// ```
        onProgress: Function = "((progress: ActivationProgress) => void) | undefined";
    }
}

/// The progress of an activation.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ActivationProgress {
    /// Since the call, in ms.
    pub elapsed_ms: f64,
    /// The status that the server reported last; not `"activated"` yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub status: Option<String>,
}

/// A validated wait.
pub struct Wait {
    request: ApiRequest,
    options: WaitOptions,
}

impl Wait {
    pub fn read(id: &JsValue, options: &JsValue, issues: &mut Issues) -> Option<Self> {
        let id = read_id(&mut FieldReader::of_argument(field!(id), id, issues));
        let options = WaitOptions::read_optional(options, field!(options), issues)?;
        Some(Self { request: get::request(&id?), options })
    }

    /// Resolves to the tenant when it is active. The timers of a page that was hidden or asleep fire long after the deadline, so
    /// there is one more request after it.
    pub async fn run(self, connection: &Connection) -> Result {
        let WaitOptions { call, deadlineMs, intervalMs, onProgress } = self.options;
        let interval_ms = intervalMs.map_or(DEFAULT_INTERVAL_MS, |ms| ms.0);
        let deadline_ms = deadlineMs.map_or(DEFAULT_DEADLINE_MS, |ms| ms.0);
        let started_at = monotonic_ms();
        let attempts = Cell::new(0);
        let error = |kind| {
            let mut error = Error::before_sending(self.request.endpoint(), kind);
            error.attempts = attempts.get();
            error
        };
        let mut deadline = Timeout::deadline(deadline_ms, call.signal.as_ref()).map_err(&error)?;
        let mut is_last = false;
        loop {
            // The requests and pauses below run under the signal of the deadline, so an abort may mean that the time is up.
            let options = CallOptions { signal: Some(deadline.signal()), ..call.clone() };
            match connection.execute(self.request.clone(), &options).await {
                Ok(response) => {
                    attempts.set(attempts.get() + response.attempts);
                    let status = field(&response.payload, "status").as_string();
                    if status.as_deref() == Some("activated") {
                        return Ok(response.payload);
                    }
                    if let Some(listener) = &onProgress {
                        let progress = ActivationProgress { elapsed_ms: (monotonic_ms() - started_at).round(), status };
                        notify(listener, &to_js(&progress).map_err(ErrorKind::Converted)?);
                    }
                    if !is_last {
                        // Ends early at the deadline, or because the caller aborts: see below.
                        pause(interval_ms, options.signal.as_ref()).await.ok();
                    }
                }
                Err(mut failed) => {
                    attempts.set(attempts.get() + failed.attempts);
                    let is_late = is_last && matches!(failed.kind, ErrorKind::Timeout(_));
                    if deadline.stopped().is_none() && !is_late {
                        failed.attempts = attempts.get();
                        return Err(failed);
                    }
                }
            }
            match deadline.stopped() {
                None if !is_last => {}
                Some(Stop::Elapsed) if !is_last => {
                    let ms = deadline_ms.max(MIN_LAST_REQUEST_MS);
                    deadline = Timeout::start(Some(ms), call.signal.as_ref()).map_err(&error)?;
                    is_last = true;
                }
                Some(Stop::Aborted) => return Err(error(deadline.error(Stop::Aborted))),
                _ => return Err(error(ErrorKind::Timeout(ACTIVATION_TIMEOUT))),
            }
        }
    }
}
