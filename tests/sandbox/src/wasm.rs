//! The sandbox for JavaScript: the same router, called with a `Request` and without a network.

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, HttpBody as _, to_bytes},
    http::{HeaderMap, Request, header},
    response::Response,
};
use clap::Parser as _;
use futures_util::{
    Stream, StreamExt as _,
    future::{Either, ready, select},
    stream,
};
use gloo_events::EventListener;
use js_sys::{Array, Promise, TypeError, Uint8Array};
use tokio::sync::oneshot;
use tower::ServiceExt as _;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use wasm_streams::ReadableStream;
use web_sys::{AbortSignal, ResponseInit};

use crate::{App, Sandbox, admin, cli::Cli, connection::Cut, intercept::BODY_LIMIT, json, router, settings::Settings};

/// By hand, so that an editor shows what each kind does.
#[wasm_bindgen(typescript_custom_section)]
const FAULT_KIND: &str = include_str!("faults/kind.d.ts");

/// A sandbox in this process.
#[wasm_bindgen]
pub struct InProcess {
    sandbox: App,
    router: Router,
    admin: Router,
}

#[wasm_bindgen]
impl InProcess {
    /// `settings` is JSON.
    #[wasm_bindgen(constructor)]
    pub fn new(settings: &str) -> Result<Self, String> {
        Ok(Self::start(json::parse(settings.as_bytes())?))
    }

    fn start(settings: Settings) -> Self {
        let sandbox = Arc::new(Sandbox::new(settings));
        Self { router: router(sandbox.clone()), admin: admin::routes().with_state(sandbox.clone()), sandbox }
    }

    #[wasm_bindgen(getter, js_name = basePath)]
    pub fn base_path(&self) -> String {
        self.sandbox.settings.base_path.as_str().to_owned()
    }

    #[wasm_bindgen(getter, js_name = apiKey)]
    pub fn api_key(&self) -> String {
        self.sandbox.settings.api_key.as_str().to_owned()
    }

    /// Handles a request like the server; the origin of its address is ignored. `origin` is the header `Origin`, which a page
    /// cannot set. Rejects where a server would cut the connection, and with the signal's reason if it is aborted.
    #[wasm_bindgen(unchecked_return_type = "Promise<Response>")]
    pub fn handle(&self, request: web_sys::Request, origin: Option<String>) -> Promise {
        respond(self.router.clone(), request, origin, BODY_LIMIT)
    }

    /// Calls an admin route, also without the setting `admin`.
    #[wasm_bindgen(unchecked_return_type = "Promise<Response>")]
    pub fn admin(&self, request: web_sys::Request) -> Promise {
        // A snapshot can be large.
        respond(self.admin.clone(), request, None, u32::MAX)
    }
}

fn respond(router: Router, request: web_sys::Request, origin: Option<String>, max_body: u32) -> Promise {
    future_to_promise(async move {
        let signal = request.signal();
        if signal.aborted() {
            return Err(signal.reason());
        }
        let response = Box::pin(async {
            let request = read_request(&request, origin, max_body).await?;
            let Ok(response) = router.oneshot(request).await;
            write_response(response, &signal).await
        });
        // The handler is dropped at an abort, as it is when a client closes its connection.
        match select(response, Box::pin(aborted(&signal))).await {
            Either::Left((response, _)) => response,
            Either::Right((reason, _)) => Err(reason),
        }
    })
}

/// Resolves to the reason when the signal is aborted. The listener is removed when the future is dropped.
fn aborted(signal: &AbortSignal) -> impl Future<Output = JsValue> + use<> {
    let (sender, receiver) = oneshot::channel();
    let reason = signal.clone();
    let listener = EventListener::once(signal, "abort", move |_| {
        let _ = sender.send(reason.reason());
    });
    async move {
        let _listener = listener;
        receiver.await.unwrap_or_default()
    }
}

async fn read_request(
    request: &web_sys::Request,
    origin: Option<String>,
    max_body: u32,
) -> Result<Request<Body>, JsValue> {
    let body = Uint8Array::new(&JsFuture::from(request.array_buffer()?).await?);
    // The memory of WebAssembly is limited. Of a body that is refused for its size, only that it is too large matters.
    let body = body.subarray(0, max_body.saturating_add(1)).to_vec();
    let mut builder = Request::builder().method(request.method().as_str()).uri(request.url());
    for pair in js_sys::try_iter(&request.headers())?.into_iter().flatten() {
        let pair = Array::from(&pair?);
        if let (Some(name), Some(value)) = (pair.get(0).as_string(), pair.get(1).as_string()) {
            builder = builder.header(name, value);
        }
    }
    if let Some(origin) = origin {
        builder = builder.header(header::ORIGIN, origin);
    }
    builder.body(Body::from(body)).map_err(|error| type_error(&format!("The request is not valid: {error}.")))
}

async fn write_response(response: Response, signal: &AbortSignal) -> Result<JsValue, JsValue> {
    let (parts, body) = response.into_parts();
    if parts.extensions.get::<Cut>().is_some() {
        return Err(type_error("The sandbox cut the connection before the response, because of a fault."));
    }
    let init = ResponseInit::new();
    init.set_status(parts.status.as_u16());
    init.set_status_text(parts.status.canonical_reason().unwrap_or_default());
    init.set_headers(&headers(&parts.headers)?.into());
    let response = if body.size_hint().exact().is_some() {
        // The body is in memory, so reading it cannot fail.
        let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
        web_sys::Response::new_with_opt_js_u8_array_and_init(Some(&Uint8Array::from(&*bytes)), &init)?
    } else {
        let chunks = body.into_data_stream().map(|chunk| match chunk {
            Ok(bytes) => Ok(Uint8Array::from(&*bytes).into()),
            Err(_) => Err(type_error("The sandbox cut the connection within the body, because of a fault.")),
        });
        let abort = stream::once(aborted(signal)).map(Err);
        let stream = ReadableStream::from_stream(until_end_or_error(chunks, abort)).into_raw().unchecked_into();
        web_sys::Response::new_with_opt_readable_stream_and_init(Some(&stream), &init)?
    };
    Ok(response.into())
}

/// The chunks of `body`, and an item of `abort` in place of the next one, if it comes first.
fn until_end_or_error<T, E>(
    body: impl Stream<Item = Result<T, E>> + 'static,
    abort: impl Stream<Item = Result<T, E>> + 'static,
) -> impl Stream<Item = Result<T, E>> {
    let end = stream::once(ready(None));
    stream::select(abort.map(Some), body.map(Some).chain(end))
        .take_while(|item| ready(item.is_some()))
        .filter_map(ready)
}

fn headers(map: &HeaderMap) -> Result<web_sys::Headers, JsValue> {
    let headers = web_sys::Headers::new()?;
    for (name, value) in map {
        // Each byte is a character, as in `Headers`.
        let value: String = value.as_bytes().iter().map(|byte| char::from(*byte)).collect();
        headers.append(name.as_str(), &value)?;
    }
    Ok(headers)
}

fn type_error(message: &str) -> JsValue {
    TypeError::new(message).into()
}

/// The command line of the program for Node.js, parsed.
#[wasm_bindgen]
pub struct CommandLine {
    cli: Cli,
}

/// What the program prints in place of serving: the help, the version, or an error.
#[wasm_bindgen(getter_with_clone)]
pub struct CommandLineOutput {
    pub text: String,
    #[wasm_bindgen(js_name = exitCode)]
    pub exit_code: i32,
}

#[wasm_bindgen]
impl CommandLine {
    /// `arguments` are those after the name of the program.
    pub fn parse(arguments: Vec<String>) -> Result<Self, CommandLineOutput> {
        let arguments = [crate::cli::NAME.to_owned()].into_iter().chain(arguments);
        let cli = Cli::try_parse_from(arguments)
            .map_err(|error| CommandLineOutput { text: error.to_string(), exit_code: error.exit_code() })?;
        if cli.tls || cli.http1 {
            let text = format!(
                "{}: --tls and --http1 are only in the native server, which a clone of the repository builds: npm run sandbox -- --tls",
                crate::cli::NAME
            );
            return Err(CommandLineOutput { text, exit_code: 2 });
        }
        Ok(Self { cli })
    }

    #[wasm_bindgen(getter)]
    pub fn host(&self) -> String {
        self.cli.host.clone()
    }

    #[wasm_bindgen(getter)]
    pub fn port(&self) -> u16 {
        self.cli.port
    }

    pub fn start(self) -> InProcess {
        InProcess::start(self.cli.settings)
    }
}
