//! Lets a fault happen to a request.

use std::{
    future::pending,
    time::{Duration, UNIX_EPOCH},
};

use axum::{extract::Request, http::StatusCode, middleware::Next, response::Response};
use tokio::time::sleep;

use crate::{
    app::App,
    connection::Arrival,
    cors, envelope,
    faults::{
        Struck, answers,
        kind::Fault,
        lists::{self, Asked},
        stand_in,
    },
    gateway, requests,
    traffic::endpoint,
};

pub async fn strike(app: &App, Struck { fault, effect, .. }: Struck, request: Request, next: Next) -> Response {
    let endpoint = endpoint(&request);
    let url = requests::url(&request);
    let asked = Asked::of(request.uri());
    let connection = request.extensions().get::<Arrival>().map(|arrival| arrival.connection.clone());

    let request = match &fault {
        Fault::Delay { ms } if !effect => {
            sleep(Duration::from_millis(*ms)).await;
            request
        }
        Fault::RepeatedPage {} => lists::ask_for_first_page(request),
        _ => request,
    };
    let answer = if effect || fault.needs_real_answer() {
        next.run(request).await
    } else {
        envelope::done(stand_in::payload(&endpoint))
    };

    match fault {
        Fault::Delay { ms } => {
            if effect {
                sleep(Duration::from_millis(ms)).await;
            }
            answer
        }
        Fault::Hang {} => pending().await,
        Fault::Status { status, body, retry_after } => {
            let now = UNIX_EPOCH + Duration::from_millis(u64::try_from(app.now()).unwrap_or_default());
            answers::error(status, body.unwrap_or_default(), retry_after, now)
        }
        Fault::Html {} => gateway::page(StatusCode::OK),
        Fault::Empty {} => Response::default(),
        Fault::Truncated {} => answers::truncated(answer, &endpoint).await,
        Fault::NotJsonObject {} => envelope::json(&[stand_in::payload(&endpoint)]),
        Fault::NoStatusCode {} => answers::no_status_code(answer, &endpoint).await,
        Fault::WrongTypes {} => answers::wrong_types(answer, &endpoint).await,
        Fault::UnknownFields {} => answers::unknown_fields(answer).await,
        Fault::UnknownCode { code } => answers::unknown_code(code.as_deref()),
        Fault::PayloadError { code } => answers::payload_error(code.as_deref()),
        Fault::CutHeaders {} => answers::cut_headers(connection).await,
        Fault::CutBody {} => answers::cut_body(answer, connection).await,
        Fault::Redirect { to } => answers::redirect(&to, &url),
        Fault::NoCors {} => cors::without(answer),
        Fault::RepeatedPage {} => lists::repeated_page(answer, asked).await,
        Fault::Endless {} => lists::endless(asked),
        Fault::Huge { bytes } => answers::huge(bytes, &endpoint).await,
    }
}
