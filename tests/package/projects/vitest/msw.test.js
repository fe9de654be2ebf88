import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { connect, OutcomeUnknownError } from "omicall-partner";
import { afterAll, beforeAll, expect, test } from "vitest";
import { topUpOf } from "./jobs/steps.js";

const baseUrl = "https://portal.example.com/omi";
const topUp = topUpOf("lan@saomai.example");
const requests = [];
const server = setupServer(
  http.get(`${baseUrl}/api/partner/tenant/info`, ({ request }) => {
    requests.push([new URL(request.url).search, request.headers.get("authorization")]);
    return HttpResponse.json({ status_code: 9999, payload: { full_name: "Sao Mai" } });
  }),
  http.post(`${baseUrl}/api/partner/tenant/update_balance`, async ({ request }) => {
    requests.push(await request.json());
    return HttpResponse.error();
  }),
);
beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterAll(() => server.close());

test("MSW's handlers answer a read, and lose the response to a top-up", async () => {
  const omi = await connect({ baseUrl, token: "test-token" });
  expect(await omi.tenants.get("tenant-1")).toEqual({ full_name: "Sao Mai" });
  await expect(omi.tenants.topUp(topUp)).rejects.toBeInstanceOf(OutcomeUnknownError);
  expect(requests).toEqual([["?id=tenant-1", "Bearer test-token"], expect.objectContaining({ email: topUp.email })]);
});
