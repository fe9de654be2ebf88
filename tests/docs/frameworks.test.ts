// The guide on frameworks with server-side rendering: the code of an error reaches the page.
import { pathToFileURL } from "node:url";
import { createError, type H3Error } from "h3";
import { ApiError, connect } from "omicall-partner";
import { createRequestHandler, createStaticHandler, isRouteErrorResponse, type ServerBuild } from "react-router";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { compile } from "./compile";
import { fileOf } from "./documents";
import { reset, SANDBOX, token } from "./sandbox";
import { writeSources } from "./typecheck";

const guide = "docs/guides/server-side-rendering.md";

const load = async (file: string) => import(pathToFileURL(await compile(fileOf(guide, file))).href);

beforeAll(writeSources);
beforeEach(reset); // other files leave faults in the sandbox
afterEach(() => {
  vi.unstubAllGlobals();
});

/** Nuxt's way of an error from its server to the page: `createError`, its JSON, and `createError` again. */
const afterRendering = (error: Error): H3Error<unknown> =>
  createError(JSON.parse(JSON.stringify(createError(error).toJSON())));

test("Nuxt: after server-side rendering, the code is in `data`", async () => {
  let result: Promise<unknown> = Promise.resolve();
  const error: { value?: H3Error<unknown> } = {};
  vi.stubGlobal("createError", createError);
  vi.stubGlobal("computed", (get: () => unknown) => ({
    get value() {
      return get();
    },
  }));
  vi.stubGlobal("useAsyncData", (_: string, handler: () => Promise<unknown>) => {
    result = handler().catch((thrown: Error) => (error.value = afterRendering(thrown)));
    return { data: {}, error };
  });
  const { useTenants } = await load("app/composables/useTenants.ts");
  const { failure } = useTenants();
  await result;
  expect(failure.value).toMatchObject({ name: "AuthenticationError", code: "unauthorized" });
});

test("Nuxt: without the guide's conversion, the code is lost", () => {
  const error = new ApiError({ code: "email_registered", message: "…" });
  expect(afterRendering(error).data).toBeUndefined();
});

test("React Router: the code is in the data of the error response", async () => {
  const { loader } = await load("app/routes/tenants.tsx");
  const { query } = createStaticHandler([{ id: "tenants", path: "/", loader }]);
  const context = await query(new Request("http://127.0.0.1/"));
  if (context instanceof Response) throw new Error(`HTTP ${context.status}`);
  const error = context.errors?.["tenants"];
  expect(isRouteErrorResponse(error) && error.status).toBe(502);
  expect(isRouteErrorResponse(error) && error.data).toMatchObject({ code: "unauthorized" });
});

/** What React Router's server sends to the page for a list that the loader did not await. */
async function sentWithoutAwait(tokenOf: typeof token): Promise<string> {
  const omi = await connect({ baseUrl: SANDBOX, token: tokenOf });
  const module = { loader: async () => ({ page: omi.tenants.list() }), default: () => null };
  const build: unknown = {
    routes: { tenants: { id: "tenants", path: "tenants", module } },
    entry: { module: { default: () => new Response() } },
    assets: { entry: { imports: [], module: "" }, routes: {}, url: "", version: "" },
    future: {},
    routeDiscovery: { mode: "initial" },
    basename: "/",
    ssr: true,
  };
  const respond = createRequestHandler(build as ServerBuild, "production");
  return (await respond(new Request("http://127.0.0.1/tenants.data"))).text();
}

test("React Router: a list that the loader did not await is sent later, without the code of its error", async () => {
  expect(await sentWithoutAwait(token)).toContain('"total_items",120');
  const refused = await sentWithoutAwait(async () => "not-a-token");
  expect(refused).toContain("Unexpected Server Error");
  expect(refused).not.toContain("unauthorized");
});

test("JSON.stringify makes {} of a list that was not awaited", async () => {
  const omi = await connect({ baseUrl: SANDBOX, token });
  expect(JSON.stringify({ page: omi.tenants.list() })).toBe('{"page":{}}');
});
