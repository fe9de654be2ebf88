// src/main.rs
mod session;

use std::{env, sync::Arc, time::Duration};

use axum::http::{StatusCode, header::CACHE_CONTROL};
use axum::{Router, extract::State, response::IntoResponse, routing::post};
use session::User;
use tokio::{net::TcpListener, sync::Mutex, time::Instant};

type Cached = Mutex<(String, Option<Instant>)>; // the token, and until when it is valid for reuse

async fn token(_: User, State(cached): State<Arc<Cached>>, refused: String) -> Result<impl IntoResponse, StatusCode> {
    let mut cached = cached.lock().await; // concurrent requests wait for the same token
    if cached.1.is_none_or(|until| Instant::now() > until) || refused == cached.0 {
        let token = new_token().await.ok_or(StatusCode::BAD_GATEWAY)?;
        *cached = (token, Some(Instant::now() + Duration::from_secs(23 * 3600)));
    }
    Ok(([(CACHE_CONTROL, "no-store")], cached.0.clone()))
}

async fn new_token() -> Option<String> {
    let base = env::var("OMICALL_URL").unwrap_or("https://public-v1-stg.omicall.com".into());
    let key = [("apiKey", env::var("OMICALL_API_KEY").ok()?)];
    let request = reqwest::Client::new().get(base + "/api/auth").query(&key).timeout(Duration::from_secs(10));
    let response: serde_json::Value = request.send().await.ok()?.json().await.ok()?;
    response["payload"]["access_token"].as_str().map(str::to_owned)
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let app = Router::new().route("/omi-token", post(token)).with_state(Arc::default());
    let listener = TcpListener::bind(env::var("ADDRESS").unwrap_or("127.0.0.1:3000".into())).await?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, app).await
}
