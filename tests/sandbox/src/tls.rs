//! HTTPS with a self-signed certificate that is generated at startup.

use std::{collections::BTreeSet, error::Error, sync::Arc};

use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, crypto::ring, pki_types::PrivateKeyDer},
};

use crate::cli::Cli;

pub const HTTP_1: &[u8] = b"http/1.1";
pub const HTTP_2: &[u8] = b"h2";

/// The TLS acceptor; `None` without `--tls`.
pub fn acceptor(cli: &Cli) -> Result<Option<TlsAcceptor>, Box<dyn Error>> {
    if !cli.tls {
        return Ok(None);
    }
    let names = BTreeSet::from(["127.0.0.1", "::1", "localhost", &cli.host]);
    let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
    let certificate = rcgen::generate_simple_self_signed(names)?;
    let key = PrivateKeyDer::try_from(certificate.signing_key.serialize_der())?;

    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![certificate.cert.into()], key)?;
    if !cli.http1 {
        config.alpn_protocols.push(HTTP_2.to_vec());
    }
    config.alpn_protocols.push(HTTP_1.to_vec());
    Ok(Some(TlsAcceptor::from(Arc::new(config))))
}
