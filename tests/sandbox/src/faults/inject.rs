//! Injects a fault into a request.

use std::future::pending;

use axum::{extract::Request, http::StatusCode, middleware::Next, response::Response};

use crate::{
    app::App,
    connection::ConnectionInfo,
    cors, envelope,
    faults::{
        ActiveFault,
        kind::Fault,
        lists::{self, RequestedPage},
        responses, sample,
    },
    gateway,
    intercept::endpoint,
    request_log,
};

pub async fn inject_fault(
    app: &App,
    ActiveFault { fault, effect, .. }: ActiveFault,
    request: Request,
    next: Next,
) -> Response {
    let endpoint = endpoint(&request);
    let url = request_log::url(&request);
    let requested = RequestedPage::of(request.uri());
    let connection = request.extensions().get::<ConnectionInfo>().map(|info| info.connection.clone());

    let request = match &fault {
        Fault::Delay { ms } if !effect => {
            app.clock.sleep(*ms).await;
            request
        }
        Fault::RepeatedPage {} => lists::request_first_page(request),
        _ => request,
    };
    let response = if effect || fault.needs_real_response() {
        next.run(request).await
    } else {
        envelope::success(sample::payload(&endpoint))
    };

    match fault {
        Fault::Delay { ms } => {
            if effect {
                app.clock.sleep(ms).await;
            }
            response
        }
        Fault::Hang {} => pending().await,
        Fault::Status { status, body, retry_after } => {
            let retry_after = retry_after.and_then(|retry_after| retry_after.header(app));
            responses::error(status, body.unwrap_or_default(), retry_after)
        }
        Fault::Html {} => gateway::html_page(StatusCode::OK),
        Fault::Empty {} => Response::default(),
        Fault::Truncated {} => responses::truncated(response, &endpoint).await,
        Fault::NotJsonObject {} => envelope::json(&[sample::payload(&endpoint)]),
        Fault::NoStatusCode {} => responses::no_status_code(response, &endpoint).await,
        Fault::WrongTypes {} => responses::wrong_types(response, &endpoint).await,
        Fault::UnknownFields {} => responses::unknown_fields(response).await,
        Fault::UnknownCode { code } => responses::unknown_code(code.as_deref()),
        Fault::PayloadError { code } => responses::payload_error(code.as_deref()),
        Fault::CutHeaders {} => responses::cut_headers(connection).await,
        Fault::CutBody {} => responses::cut_body(response, connection).await,
        Fault::Redirect { to } => responses::redirect(&to, &url),
        Fault::NoCors {} => cors::without(response),
        Fault::RepeatedPage {} => lists::repeated_page(response, requested).await,
        Fault::Endless {} => lists::endless(requested, &endpoint),
        Fault::Huge { bytes } => responses::huge(bytes, &endpoint).await,
    }
}
