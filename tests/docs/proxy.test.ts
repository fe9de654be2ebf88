// The wrapped `fetch` of docs/browser-repeats.md adds a key of its own to each request, and keeps the SDK's headers.
import { pathToFileURL } from "node:url";
import type { PartnerClient } from "omicall-partner";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { compile } from "./compile";
import { documentOf } from "./documents";
import { writeSources } from "./typecheck";

let file: string;

beforeAll(async () => {
  writeSources();
  const [block] = documentOf("docs/browser-repeats.md").blocks;
  file = await compile(block!);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

test("each request has a key of its own", async () => {
  const requests: [string, RequestInit][] = [];
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    if (url === "/omi-token") return new Response("test-token");
    requests.push([url, init]);
    return Response.json({ status_code: 9999, payload: { full_name: "Sao Mai" } });
  });
  const { connectOmi }: { connectOmi: () => Promise<PartnerClient> } = await import(pathToFileURL(file).href);
  const omi = await connectOmi();
  await omi.tenants.get("tenant-1");
  await omi.tenants.get("tenant-2");
  const url = "https://portal.example.com/omi/api/partner/tenant/info?id=";
  expect(requests.map(([url]) => url)).toEqual([`${url}tenant-1`, `${url}tenant-2`]);
  const headers = requests.map(([, init]) => new Headers(init.headers));
  expect(headers.map((headers) => headers.get("authorization"))).toEqual(["Bearer test-token", "Bearer test-token"]);
  expect(new Set(headers.map((headers) => headers.get("idempotency-key") ?? "")).size).toBe(2);
});
