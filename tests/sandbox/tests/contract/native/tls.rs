//! HTTPS: the certificate, the offered protocols, and cut connections with HTTP/2.

use std::sync::Arc;

use axum::http::Method;
use clap::Parser as _;
use http_body_util::BodyExt as _;
use omicall_sandbox::{cli::Cli, tls};
use serde_json::json;
use tokio::io::{AsyncRead, AsyncWrite, duplex};
use tokio_rustls::{
    TlsConnector,
    client::TlsStream,
    rustls::{
        ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
        client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
        crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature},
        pki_types::{CertificateDer, ServerName, UnixTime},
    },
};

use super::wire::TestServer;
use crate::{
    http::{TestClient, request},
    support::*,
};

/// Trusts every certificate, as the browsers in tests are configured to.
#[derive(Debug)]
struct TrustEverything(CryptoProvider);

impl ServerCertVerifier for TrustEverything {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signature, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signature, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

/// A connector that trusts the given certificate, or any if `None`, and offers the given protocols.
fn connector(trusted: Option<CertificateDer<'static>>, protocols: &[&[u8]]) -> TlsConnector {
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions");
    let mut config = match trusted {
        Some(certificate) => {
            let mut roots = RootCertStore::empty();
            roots.add(certificate).expect("a root");
            builder.with_root_certificates(roots).with_no_client_auth()
        }
        None => builder
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(TrustEverything(ring::default_provider())))
            .with_no_client_auth(),
    };
    config.alpn_protocols = protocols.iter().map(|protocol| protocol.to_vec()).collect();
    TlsConnector::from(Arc::new(config))
}

fn name(text: &str) -> ServerName<'static> {
    ServerName::try_from(text.to_owned()).expect("a name")
}

async fn connect_tls(
    server: &TestServer,
    protocols: &[&[u8]],
) -> TlsStream<impl AsyncRead + AsyncWrite + Unpin + Send + 'static> {
    connector(None, protocols).connect(name("localhost"), server.tcp().await).await.expect("a secure connection")
}

fn protocol<S>(stream: &TlsStream<S>) -> Option<&[u8]> {
    stream.get_ref().1.alpn_protocol()
}

#[tokio::test]
async fn the_certificate_is_valid_for_localhost_and_the_host() {
    let cli = Cli::parse_from(["omicall-sandbox", "--tls", "--host", "sandbox.test"]);
    let acceptor = tls::acceptor(&cli).expect("a certificate").expect("TLS");
    let handshake = async |connector: TlsConnector, name: ServerName<'static>| {
        let (client, server) = duplex(64 * 1024);
        tokio::join!(connector.connect(name, client), acceptor.accept(server)).0
    };
    let stream = handshake(connector(None, &[]), name("localhost")).await.expect("a handshake");
    let certificates = stream.get_ref().1.peer_certificates().expect("certificates");
    let certificate = certificates[0].clone().into_owned();
    for good in ["127.0.0.1", "::1", "localhost", "sandbox.test"] {
        handshake(connector(Some(certificate.clone()), &[]), name(good)).await.unwrap_or_else(|_| panic!("{good}"));
    }
    assert!(handshake(connector(Some(certificate), &[]), name("elsewhere.test")).await.is_err());
}

#[tokio::test]
async fn offers_http_2_and_http_1() {
    let server = TestServer::start(&["--tls"]);
    let stream = connect_tls(&server, &[tls::HTTP_2, tls::HTTP_1]).await;
    assert_eq!(protocol(&stream), Some(tls::HTTP_2));
    TestClient::http2(stream).await.token().await;
    let stream = connect_tls(&server, &[tls::HTTP_1]).await;
    assert_eq!(protocol(&stream), Some(tls::HTTP_1));
    TestClient::http1(stream).await.token().await;
    // Old clients offer no protocol (no ALPN).
    let mut client = TestClient::http1(connect_tls(&server, &[]).await).await;
    client.token().await;

    let requests = client.get("/sandbox/requests").await.json();
    let seen: Vec<_> = requests.as_array().expect("a list").iter().map(|one| &one["protocol"]).collect();
    assert_eq!(seen, ["HTTP/2", "HTTP/1.1", "HTTP/1.1"]);
}

#[tokio::test]
async fn can_offer_http_1_only() {
    let server = TestServer::start(&["--tls", "--http1"]);
    let stream = connect_tls(&server, &[tls::HTTP_2, tls::HTTP_1]).await;
    assert_eq!(protocol(&stream), Some(tls::HTTP_1));
    TestClient::http1(stream).await.token().await;
}

#[tokio::test]
async fn a_client_without_tls_fails_and_affects_no_other() {
    let server = TestServer::start(&["--tls"]);
    let mut plain = server.connect().await;
    assert!(plain.call(Method::GET, ME, "", json!({})).await.is_err());
    TestClient::http1(connect_tls(&server, &[]).await).await.token().await;
}

#[tokio::test]
async fn a_cut_closes_the_entire_http_2_connection() {
    let server = TestServer::start(&["--tls"]);
    let mut client = TestClient::http2(connect_tls(&server, &[tls::HTTP_2]).await).await;
    let token = client.token().await;
    for fault in [
        json!({ "endpoint": "GET /api/partner/me", "fault": { "kind": "hang" } }),
        json!({ "endpoint": "POST /api/partner/tenant/add", "effect": true, "fault": { "kind": "cut_headers" } }),
    ] {
        client.call(Method::POST, "/sandbox/faults", "", fault).await.expect("a response").json();
    }
    let hanging = client.send(request(Method::GET, ME, &token, json!({})));
    let cut = client.send(request(Method::POST, ADD, &token, create_params()));
    let (hanging, cut) = tokio::join!(hanging, cut);
    assert!(hanging.is_err() && cut.is_err());
    client.closed.await.expect("a closed connection");

    let mut client = TestClient::http2(connect_tls(&server, &[tls::HTTP_2]).await).await;
    assert_eq!(client.get("/sandbox/state").await.json()["tenants"], 121);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cut_body_works_with_http_2() {
    let server = TestServer::start(&["--tls"]);
    // Repeated, because one task builds the response while another writes and closes, so the order may vary.
    for _ in 0..20 {
        let mut client = TestClient::http2(connect_tls(&server, &[tls::HTTP_2]).await).await;
        let fault = json!({ "endpoint": "*", "count": 1, "fault": { "kind": "cut_body" } });
        client.call(Method::POST, "/sandbox/faults", "", fault).await.expect("a response").json();
        let response = client.send(request(Method::GET, ME, "", json!({}))).await.expect("headers");
        assert_eq!(response.status(), 200);
        let length: usize = response.headers()["content-length"].to_str().expect("text").parse().expect("a number");
        let mut body = response.into_body();
        let half = body.frame().await.expect("a frame").expect("half").into_data().expect("data");
        assert_eq!(half.len(), length / 2);
        assert!(body.frame().await.expect("more").is_err());
        client.closed.await.expect("a closed connection");
    }
}

#[tokio::test]
async fn keep_alive_does_not_affect_http_2() {
    let server = TestServer::start(&["--tls"]);
    let mut client = TestClient::http2(connect_tls(&server, &[tls::HTTP_2]).await).await;
    let off = json!({ "enabled": false });
    let reply = client.call(Method::POST, "/sandbox/keep_alive", "", off).await.expect("a response");
    assert_eq!(reply.header("connection"), None);
    client.token().await;
    assert_eq!(client.get("/sandbox/requests").await.json()[0]["nth"], 2);
}
