//! A time limit that the caller's signal can end earlier.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Poll, Waker};

use js_sys::Function;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal};

use crate::error::{ErrorKind, Text};
use crate::platform::bindings::monotonic_ms;
use crate::platform::guarded::{attempt, field};

const ATTEMPT_TIMEOUT: &Text = &Text {
    en: "The server did not answer in time: try again.",
    vi: "Máy chủ không trả lời kịp thời gian: hãy thử lại.",
};

/// A timer that fires later than this was held back: the page was busy, hidden or asleep.
const ON_TIME_MS: f64 = 20.0;
/// What a page gets to receive what arrived while it was busy.
const GRACE_MS: f64 = 250.0;

/// Why waiting ended early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    Elapsed,
    Aborted,
}

/// How a wait for a promise ended without its value.
pub enum Interrupt {
    Stopped(Stop),
    Rejected(JsValue),
}

/// Ends when it is dropped: without timer and listener.
pub struct Timeout {
    state: Rc<State>,
    caller: Option<AbortSignal>,
    _listener: Option<AbortListener>,
}

impl Drop for Timeout {
    fn drop(&mut self) {
        self.state.timer.take();
    }
}

struct State {
    stopped: Cell<Option<Stop>>,
    waker: RefCell<Option<Waker>>,
    timer: RefCell<Option<gloo_timers::callback::Timeout>>,
    /// Aborts what runs under the time limit.
    controller: AbortController,
}

impl State {
    fn stop(&self, stop: Stop) {
        if self.stopped.get().is_none() {
            self.stopped.set(Some(stop));
            if let Some(waker) = self.waker.take() {
                waker.wake();
            }
            self.controller.abort();
        }
    }

    /// Stops when `ms` have passed. Where the timer is late by more than `tolerance_ms`, the response may have arrived, but the
    /// page could not look at it: then it stops `GRACE_MS` later. Once only: all timers of a hidden page are late.
    fn stop_after(self: &Rc<Self>, ms: f64, tolerance_ms: f64) {
        let due = monotonic_ms() + ms;
        let state = self.clone();
        let fired = move || {
            let looked = attempt(&mut || {
                if monotonic_ms() - due <= tolerance_ms {
                    state.stop(Stop::Elapsed);
                } else {
                    state.stop_after(GRACE_MS, f64::INFINITY);
                }
            });
            // Nothing else would end the wait after a failure of the core.
            if looked.is_err() {
                state.stop(Stop::Elapsed);
            }
        };
        // Validated: a timer can hold it.
        self.timer.replace(Some(gloo_timers::callback::Timeout::new(ms as u32, fired)));
    }
}

/// Fails where the caller has aborted.
pub fn not_aborted(caller: Option<&AbortSignal>) -> Result<(), ErrorKind> {
    match caller {
        Some(signal) if field(signal, "aborted").as_bool() == Some(true) => Err(aborted(signal)),
        _ => Ok(()),
    }
}

fn aborted(signal: &AbortSignal) -> ErrorKind {
    ErrorKind::Abort { reason: field(signal, "reason") }
}

impl Timeout {
    /// Starts; without `ms` only the caller's signal ends it. A page that was busy when the time ran out first receives what has
    /// arrived. Fails where the caller has aborted.
    pub fn start(ms: Option<f64>, caller: Option<&AbortSignal>) -> Result<Self, ErrorKind> {
        Self::with_tolerance(ms, ON_TIME_MS, caller)
    }

    /// The same without that: whoever uses it looks again at the end.
    pub fn deadline(ms: f64, caller: Option<&AbortSignal>) -> Result<Self, ErrorKind> {
        Self::with_tolerance(Some(ms), f64::INFINITY, caller)
    }

    fn with_tolerance(ms: Option<f64>, tolerance_ms: f64, caller: Option<&AbortSignal>) -> Result<Self, ErrorKind> {
        not_aborted(caller)?;
        let controller = AbortController::new().map_err(ErrorKind::Converted)?;
        let (stopped, waker, timer) = Default::default();
        let state = Rc::new(State { stopped, waker, timer, controller });
        let aborted = state.clone();
        let listener = caller.map(|signal| AbortListener::new(signal, move || aborted.stop(Stop::Aborted)));
        if let Some(ms) = ms {
            state.stop_after(ms, tolerance_ms);
        }
        Ok(Self { state, caller: caller.cloned(), _listener: listener })
    }

    /// Aborts when this ends early.
    pub fn signal(&self) -> AbortSignal {
        self.state.controller.signal()
    }

    pub fn stopped(&self) -> Option<Stop> {
        self.state.stopped.get()
    }

    /// Cancels what runs under [`Self::signal`].
    pub fn cancel(&self) {
        self.state.controller.abort();
    }

    /// Waits for a promise until this ends. A value that came first is the result even if time ran out before the core could
    /// look at it. A rejection is not: a fetch rejects because this cancelled it.
    pub async fn race(&self, mut settled: JsFuture) -> Result<JsValue, Interrupt> {
        poll_fn(|context| match (Pin::new(&mut settled).poll(context), self.stopped()) {
            (Poll::Ready(Ok(value)), _) => Poll::Ready(Ok(value)),
            (_, Some(stop)) => Poll::Ready(Err(Interrupt::Stopped(stop))),
            (Poll::Ready(Err(error)), None) => Poll::Ready(Err(Interrupt::Rejected(error))),
            (Poll::Pending, None) => {
                self.state.waker.replace(Some(context.waker().clone()));
                Poll::Pending
            }
        })
        .await
    }

    /// Lets the time pass; the result is why it ended.
    pub async fn elapsed(&self) -> Stop {
        poll_fn(|context| match self.stopped() {
            Some(stop) => Poll::Ready(stop),
            None => {
                self.state.waker.replace(Some(context.waker().clone()));
                Poll::Pending
            }
        })
        .await
    }

    /// The error of an early end.
    pub fn error(&self, stop: Stop) -> ErrorKind {
        match (stop, &self.caller) {
            (Stop::Aborted, Some(signal)) => aborted(signal),
            _ => ErrorKind::Timeout(ATTEMPT_TIMEOUT),
        }
    }
}

/// Lets time pass, unless the caller aborts.
pub async fn pause(ms: f64, caller: Option<&AbortSignal>) -> Result<(), ErrorKind> {
    let timeout = Timeout::deadline(ms, caller)?;
    match timeout.elapsed().await {
        Stop::Elapsed => Ok(()),
        stop => Err(timeout.error(stop)),
    }
}

/// A listener of a signal, removed when this is dropped.
pub struct AbortListener {
    signal: AbortSignal,
    callback: Closure<dyn FnMut()>,
}

impl AbortListener {
    pub fn new(signal: &AbortSignal, callback: impl FnMut() + 'static) -> Self {
        let listener = Self { signal: signal.clone(), callback: Closure::new(callback) };
        // A signal is recognised by its shape, so this may throw; then it cannot end the call.
        signal.add_event_listener_with_callback("abort", listener.function()).ok();
        listener
    }

    fn function(&self) -> &Function {
        self.callback.as_ref().unchecked_ref()
    }
}

impl Drop for AbortListener {
    fn drop(&mut self) {
        self.signal.remove_event_listener_with_callback("abort", self.function()).ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Language, messages};

    #[test]
    fn the_timeout_as_a_cause_gives_no_advice() {
        for language in [Language::En, Language::Vi] {
            let fact = messages::without_advice(&ErrorKind::Timeout(ATTEMPT_TIMEOUT), language);
            assert!(fact.ends_with('.') && !fact.contains(':') && fact.len() > 10, "{fact}");
            assert!(!fact.contains("again") && !fact.contains("lại"), "{fact}");
        }
    }
}
