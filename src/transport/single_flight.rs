//! Single flight: identical calls that are made while the first one runs share its execution and its result.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal};

use super::timeout::{AbortListener, Interrupt, Timeout, not_aborted};
use crate::error::{Error, ErrorKind, Result};
use crate::platform::guarded::field;
use crate::platform::promise::promise;

/// The executions of a client that are running.
#[derive(Clone, Default)]
pub struct SingleFlight(Rc<RefCell<Vec<Running>>>);

#[derive(Clone)]
struct Running {
    execution: Rc<Execution>,
    result: Promise,
}

/// Starts an execution, whose signal aborts when no caller is left: the promise of the result, which must settle in any case,
/// and the hook for callers that leave.
pub type Start = Box<dyn FnOnce(AbortSignal) -> (Promise, OnLeave)>;

/// The result for a caller that aborts while others still wait.
pub type OnLeave = Box<dyn Fn(ErrorKind) -> Result>;

/// One execution and the number of its callers. It is cancelled when the last of them leaves.
struct Execution {
    key: String,
    controller: AbortController,
    callers: Cell<u32>,
    is_settled: Cell<bool>,
    /// Once the execution has started.
    on_leave: RefCell<Option<OnLeave>>,
}

impl Execution {
    /// Whether more callers may join.
    fn is_open(&self) -> bool {
        self.callers.get() > 0 && !self.is_settled.get()
    }

    fn leave(&self, signal: &AbortSignal) {
        self.callers.set(self.callers.get().saturating_sub(1));
        if self.callers.get() == 0 {
            self.controller.abort_with_reason(&field(signal, "reason"));
        }
    }

    fn result_of_leaving(&self, endpoint: Rc<str>, kind: ErrorKind) -> Result {
        match &*self.on_leave.borrow() {
            Some(on_leave) => on_leave(kind),
            None => Err(Error::before_sending(endpoint, kind)),
        }
    }
}

impl SingleFlight {
    /// Joins the execution with this key that is running, or starts it.
    pub async fn run(&self, key: String, endpoint: Rc<str>, signal: Option<AbortSignal>, start: Start) -> Result {
        let failed = |kind| Error::before_sending(endpoint.clone(), kind);
        not_aborted(signal.as_ref()).map_err(failed)?;
        let running =
            self.0.borrow().iter().find(|running| running.execution.key == key && running.execution.is_open()).cloned();
        let Running { execution, result } = match running {
            Some(running) => running,
            None => self.prepare(key, start)?,
        };
        // Before the timeout: when the browser itself aborts a signal, the core runs between two listeners, and must find that this
        // caller has left.
        let _listener = signal.as_ref().map(|signal| {
            let (execution, caller) = (execution.clone(), signal.clone());
            AbortListener::new(signal, move || execution.leave(&caller))
        });
        let timeout = Timeout::start(None, signal.as_ref()).map_err(failed)?;
        let settled = JsFuture::from(result.clone());
        // Last: an execution without a caller does not start.
        execution.callers.set(execution.callers.get() + 1);
        match timeout.race(settled).await {
            Ok(value) => Ok(value),
            Err(Interrupt::Rejected(rejection)) => Err(ErrorKind::Converted(rejection).into()),
            Err(Interrupt::Stopped(stop)) if execution.is_open() => {
                execution.result_of_leaving(endpoint.clone(), timeout.error(stop))
            }
            // This was the last caller, and the execution has not started.
            Err(Interrupt::Stopped(stop)) if execution.on_leave.borrow().is_none() => Err(failed(timeout.error(stop))),
            // This was the last caller: the execution was cancelled, and its result says whether the request had been sent.
            Err(Interrupt::Stopped(_)) => {
                JsFuture::from(result).await.map_err(|rejection| ErrorKind::Converted(rejection).into())
            }
        }
    }

    /// An execution that starts when the current call has become its caller.
    fn prepare(&self, key: String, start: Start) -> Result<Running> {
        let controller = AbortController::new().map_err(ErrorKind::Converted)?;
        let (callers, is_settled, on_leave) = Default::default();
        let execution = Rc::new(Execution { key, controller, callers, is_settled, on_leave });
        let started = {
            let execution = execution.clone();
            promise(Box::pin(async move {
                if execution.callers.get() == 0 {
                    return Err(JsValue::UNDEFINED);
                }
                let (result, on_leave) = start(execution.controller.signal());
                execution.on_leave.replace(Some(on_leave));
                JsFuture::from(result).await
            }))
        };
        // Settles however the execution ends, and with it the entry goes.
        let (executions, ended, started) = (self.clone(), execution.clone(), JsFuture::from(started));
        let result = promise(Box::pin(async move {
            let result = started.await;
            ended.is_settled.set(true);
            // After a failure of the core, something may still run under the signal.
            ended.controller.abort();
            executions.0.borrow_mut().retain(|running| !Rc::ptr_eq(&running.execution, &ended));
            result
        }));
        let running = Running { execution, result };
        self.0.borrow_mut().push(running.clone());
        Ok(running)
    }
}
