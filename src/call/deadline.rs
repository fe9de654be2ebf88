//! A limit in time that the caller's signal can shorten: one timer, one listener, both gone when it is dropped.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Poll, Waker};

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal};

use crate::error::{Kind, TimeLimit};

#[wasm_bindgen]
extern "C" {
    // Not web-sys' own: there they belong to a window or to a worker, here to wherever the page runs. The handle is a
    // number in browsers and an object in Node.
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(handler: &Function, ms: f64) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(handle: &JsValue);
}

/// Why waiting ended early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    Elapsed,
    Aborted,
}

#[derive(Default)]
struct Shared {
    stop: Cell<Option<Stop>>,
    waker: RefCell<Option<Waker>>,
    on_stop: RefCell<Option<Box<dyn FnOnce()>>>,
}

type Listener = Closure<dyn FnMut()>;

pub struct Deadline {
    shared: Rc<Shared>,
    controller: AbortController,
    timer: Option<(JsValue, Listener)>,
    caller: Option<(AbortSignal, Listener)>,
}

/// How a wait for a promise ended without its value.
pub enum Interrupt {
    Stopped(Stop),
    Rejected(JsValue),
}

impl Deadline {
    /// Starts the clock; without `ms` only the caller ends it. Fails when they have already aborted.
    pub fn start(ms: Option<f64>, signal: Option<&AbortSignal>) -> Result<Self, Kind> {
        if let Some(signal) = signal
            && look_at(signal, "aborted").is_truthy()
        {
            return Err(Kind::Abort { cause: look_at(signal, "reason") });
        }
        let controller = AbortController::new().map_err(|cause| Kind::Network { cause })?;
        let shared = Rc::new(Shared::default());
        let stopper = |stop: Stop| {
            let (shared, controller) = (shared.clone(), controller.clone());
            Listener::new(move || {
                if shared.stop.get().is_none() {
                    shared.stop.set(Some(stop));
                    controller.abort();
                    if let Some(on_stop) = shared.on_stop.take() {
                        on_stop();
                    }
                    if let Some(waker) = shared.waker.take() {
                        waker.wake();
                    }
                }
            })
        };
        let caller = signal.map(|signal| {
            let on_abort = stopper(Stop::Aborted);
            // Adding a listener to an AbortSignal does not throw.
            let _ = signal.add_event_listener_with_callback("abort", on_abort.as_ref().unchecked_ref());
            (signal.clone(), on_abort)
        });
        let timer = ms.map(|ms| {
            let on_elapsed = stopper(Stop::Elapsed);
            (set_timeout(on_elapsed.as_ref().unchecked_ref(), ms), on_elapsed)
        });
        Ok(Self { shared, controller, timer, caller })
    }

    /// Aborts with this limit, whichever way it ends early.
    pub fn signal(&self) -> AbortSignal {
        self.controller.signal()
    }

    pub fn stopped(&self) -> Option<Stop> {
        self.shared.stop.get()
    }

    /// Calls back at the very moment of an early end, or at once where that has come.
    pub fn on_stop(&self, call_back: impl FnOnce() + 'static) {
        if self.stopped().is_some() {
            call_back();
        } else {
            self.shared.on_stop.replace(Some(Box::new(call_back)));
        }
    }

    /// Cancels what still runs under [`Self::signal`].
    pub fn cancel(&self) {
        self.controller.abort();
    }

    /// Waits for a promise, but no longer than the limit. A value that is there wins over a limit that ran out; a rejection
    /// does not, as it may be the limit's own doing: a cancelled fetch rejects before anybody else is woken.
    pub async fn race(&self, promise: Promise) -> Result<JsValue, Interrupt> {
        // What waits for a promise that never settles would stay for good.
        let (given_up, give_up) = pending();
        let mut future = pin!(JsFuture::from(Promise::race(&Array::of2(&promise, &given_up))));
        let result = poll_fn(|context| match future.as_mut().poll(context) {
            Poll::Ready(Ok(value)) => Poll::Ready(Ok(value)),
            early => match (self.stopped(), early) {
                (Some(stop), _) => Poll::Ready(Err(Interrupt::Stopped(stop))),
                (None, Poll::Ready(Err(cause))) => Poll::Ready(Err(Interrupt::Rejected(cause))),
                (None, _) => {
                    self.shared.waker.replace(Some(context.waker().clone()));
                    Poll::Pending
                }
            },
        })
        .await;
        give_up();
        result
    }

    /// Waits until `ready`, which keeps the waker for as long as it is not; but no longer than the limit, which wins.
    pub async fn until(&self, mut ready: impl FnMut(&Waker) -> bool) -> Result<(), Stop> {
        poll_fn(|context| match self.stopped() {
            Some(stop) => Poll::Ready(Err(stop)),
            None if ready(context.waker()) => Poll::Ready(Ok(())),
            None => {
                self.shared.waker.replace(Some(context.waker().clone()));
                Poll::Pending
            }
        })
        .await
    }

    /// The failure that an early end stands for.
    pub fn failure(&self, stop: Stop) -> Kind {
        match (stop, &self.caller) {
            (Stop::Aborted, Some((signal, _))) => Kind::Abort { cause: look_at(signal, "reason") },
            _ => Kind::Timeout { limit: TimeLimit::Attempt },
        }
    }
}

/// A promise, and what resolves it.
pub fn pending() -> (Promise, impl Fn()) {
    let mut resolver = None;
    let promise = Promise::new(&mut |resolve, _| resolver = Some(resolve));
    (promise, move || {
        if let Some(resolve) = &resolver {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
    })
}

/// A field of a signal. Signals are told by their shape, so one may throw.
pub fn look_at(signal: &AbortSignal, field: &str) -> JsValue {
    Reflect::get(signal, &field.into()).unwrap_or_default()
}

impl Drop for Deadline {
    fn drop(&mut self) {
        if let Some((timer, _)) = &self.timer {
            clear_timeout(timer);
        }
        if let Some((signal, listener)) = &self.caller {
            let _ = signal.remove_event_listener_with_callback("abort", listener.as_ref().unchecked_ref());
        }
    }
}
