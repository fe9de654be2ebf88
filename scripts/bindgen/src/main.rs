//! `omicall-bindgen WASM FOLDER` writes the files that `wasm-pack build --target web` would write.
use std::{env, error::Error};

use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<(), Box<dyn Error>> {
    let [wasm, folder] =
        env::args().skip(1).collect::<Vec<_>>().try_into().map_err(|_| "usage: omicall-bindgen WASM FOLDER")?;
    Bindgen::new()
        .web(true)?
        .typescript(true)
        .input_path(wasm)
        // The packages say where the file is.
        .omit_default_module_path(true)
        .generate(folder)?;
    Ok(())
}
