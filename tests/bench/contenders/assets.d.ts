// Resolved by esbuild's `file` loader.
declare module "*.wasm" {
  const url: string;
  export default url;
}
