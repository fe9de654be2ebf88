//! `singleSend`: a request that the browser itself cannot repeat. A browser sends a request again when a reused connection
//! dies before the answer begins, POSTs included; a body that is a stream is gone once it was sent.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Headers, ReadableStream, Request, Response};

use crate::error::Fields;

#[wasm_bindgen]
extern "C" {
    /// `Request` again, for members that not every browser knows.
    #[wasm_bindgen(js_name = Request)]
    type AnyRequest;
    #[wasm_bindgen(constructor, catch, js_class = "Request")]
    fn with(input: &JsValue, init: &Object) -> Result<AnyRequest, JsValue>;
    #[wasm_bindgen(method, getter, structural)]
    fn headers(this: &AnyRequest) -> Headers;
}

/// The same request with its body as a stream, or why there is none.
pub fn single_send(request: &Request, body: Option<&str>, base_url: &str) -> Result<Request, &'static str> {
    // Streams want HTTP/2, which browsers speak over TLS only.
    if !base_url.starts_with("https:") {
        return Err("http");
    }
    if !has_request_streams() {
        return Err("browser");
    }
    let body = Response::new_with_opt_str(Some(body.unwrap_or_default())).ok().and_then(|response| response.body());
    let init = init(&body.ok_or("browser")?.into());
    // A new `init` puts the policy back to its default.
    init.text("referrerPolicy", "no-referrer");
    AnyRequest::with(request, &init.0).map(JsCast::unchecked_into).map_err(|_| "browser")
}

fn init(body: &JsValue) -> Fields {
    let init = Fields(Object::new());
    init.text("method", "POST");
    init.text("duplex", "half");
    init.value("body", body);
    init
}

/// A browser without them makes text of the stream, and text has a type; Safari takes a stream but does not ask for
/// `duplex`, and cannot send it.
fn has_request_streams() -> bool {
    let asked = Rc::new(Cell::new(false));
    let Ok(stream) = ReadableStream::new() else {
        return false;
    };
    let note = {
        let asked = asked.clone();
        Closure::<dyn FnMut() -> JsValue>::new(move || {
            asked.set(true);
            "half".into()
        })
    };
    let init = init(&stream);
    let getter = Fields(Object::new());
    getter.value("get", note.as_ref());
    let _ = Reflect::define_property(&init.0, &"duplex".into(), &getter.0);
    let request = AnyRequest::with(&"https://localhost/".into(), &init.0);
    request.is_ok_and(|request| asked.get() && !request.headers().has("content-type").unwrap_or(true))
}
