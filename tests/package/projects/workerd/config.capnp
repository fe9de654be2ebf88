using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "internet", network = (allow = ["private", "local"])),
  ],
);

const worker :Workerd.Worker = (
  compatibilityDate = "2026-07-01",
  bindings = [(name = "SANDBOX_URL", fromEnvironment = "SANDBOX_URL")],
  modules = [
    (name = "worker.js", esModule = embed "worker.js"),
    (name = "jobs/steps.js", esModule = embed "jobs/steps.js"),
    (name = "omicall-partner", esModule = embed "node_modules/omicall-partner/dist/index.js"),
    (name = "omicall-partner/omicall_partner_bg.wasm", wasm = embed "node_modules/omicall-partner/wasm/omicall_partner_bg.wasm"),
  ],
);
