// The fault matrix: what each fault does to each operation. A new fault is one more row here, and a kind in the sandbox.
import type { PartnerError } from "omicall-partner";
import { ADD, INFO, LIST, ME, UPDATE_BALANCE } from "./support";
import type { Fault } from "./support";

type Name = PartnerError["name"];

/** What becomes of a call. */
export interface End {
  /** How many the SDK sends; as many arrive, on connections that are not used again. */
  requests: number;
  /** More arrive, because the browser repeats them by itself. */
  repeated?: true;
  /** Those of the last page, where there are several. */
  attempts?: number;
  /** Absent: it resolves. */
  error?: { name: Name; code: string };
  /** Why the outcome is unknown. */
  cause?: { name: Name; code: string };
}

const ok = (requests = 1): End => ({ requests });
const error = (name: Name, code: string, requests = 1): End => ({ requests, error: { name, code } });
const repeated = (end: End): End => ({ ...end, repeated: true });
const unknown = (name: Name, code: string): End => ({
  requests: 1,
  error: { name: "OutcomeUnknownError", code: "outcome_unknown" },
  cause: { name, code },
});

export interface Row {
  fault: Fault;
  /** A read that is struck once, and one that is struck each time; one repetition is allowed. */
  read?: [once: End, always: End];
  /** A write that is struck once, and one that is struck each time. */
  write?: [once: End, always: End];
  /** Calls whose payload nobody checks, where they fare better. */
  unchecked?: End;
  /** The list when it is iterated, where that makes another difference than two more pages. */
  iterated?: [once: End, always: End];
  /** A GET in Firefox, which repeats those by itself. */
  firefoxGets?: [once: End, always: End];
  /**
   * Whether writes take effect before the fault strikes. Both, unless it answers with a refusal (then they must not have), or
   * with a success (then they must have).
   */
  effects?: readonly boolean[];
  only?: string;
}

const REFUSED = [false];
const DONE = [true];

const timeout = ["TimeoutError", "timeout"] as const;
const network = ["NetworkError", "network"] as const;
const server = ["ServerError", "server_error"] as const;
const protocol = ["ProtocolError", "protocol"] as const;
const limited = ["RateLimitError", "rate_limited"] as const;
const unauthorized = ["AuthenticationError", "unauthorized"] as const;
const forbidden = ["AuthenticationError", "forbidden"] as const;
const partnerInvalid = ["AuthenticationError", "partner_invalid"] as const;
const strange = ["ApiError", "sandbox_unknown_code"] as const;
const api = (code: string) => ["ApiError", code] as const;

type Failure = readonly [name: Name, code: string];

/** May pass: a read is repeated, a write's outcome is unknown. */
const passing = (failure: Failure): Pick<Row, "read" | "write"> => ({
  read: [ok(2), error(...failure, 2)],
  write: [unknown(...failure), unknown(...failure)],
});
/** Does not pass by itself, and leaves a write's outcome open. */
const unreadable = (failure: Failure): Pick<Row, "read" | "write"> => ({
  read: [error(...failure), error(...failure)],
  write: [unknown(...failure), unknown(...failure)],
});
/** The call was not executed. */
const refused = (failure: Failure): Pick<Row, "read" | "write" | "effects"> => ({
  read: [error(...failure), error(...failure)],
  write: [error(...failure), error(...failure)],
  effects: REFUSED,
});
/** The token was refused: the call is repeated once with a new one, writes too. */
const renewed = (failure: Failure): Pick<Row, "read" | "write" | "effects"> => ({
  read: [ok(2), error(...failure, 2)],
  write: [ok(2), error(...failure, 2)],
  effects: REFUSED,
});
/** Nothing to complain about. */
const fine: Pick<Row, "read" | "write" | "effects"> = { read: [ok(), ok()], write: [ok(), ok()], effects: DONE };

const status = (status: number, more: Record<string, unknown> = {}) => ({ kind: "status", status, ...more });

// prettier-ignore
export const ROWS: Record<string, Row> = {
  "delay":                          { fault: { kind: "delay", ms: 20 }, ...fine },
  "hang":                           { fault: { kind: "hang" }, ...passing(timeout) },

  "400":                            { fault: status(400), ...refused(api("http_400")) },
  "400 with JSON":                  { fault: status(400, { body: "json" }), ...refused(api("http_400")) },
  "401":                            { fault: status(401), ...renewed(unauthorized) },
  "401 without a body":             { fault: status(401, { body: "empty" }), ...renewed(unauthorized) },
  "403":                            { fault: status(403), ...refused(forbidden) },
  "404":                            { fault: status(404), ...refused(api("http_404")) },
  "408":                            { fault: status(408), ...passing(api("http_408")) },
  "429":                            { fault: status(429), ...refused(limited), ...{ read: [ok(2), error(...limited, 2)] } },
  "429, Retry-After 0":             { fault: status(429, { retry_after: "0" }), ...refused(limited), ...{ read: [ok(2), error(...limited, 2)] } },
  "429, Retry-After now":           { fault: status(429, { retry_after: "date+0" }), ...refused(limited), ...{ read: [ok(2), error(...limited, 2)] } },
  "429, Retry-After 61":            { fault: status(429, { retry_after: "61" }), ...refused(limited) },
  "429, Retry-After in two minutes": { fault: status(429, { retry_after: "date+120" }), ...refused(limited) },
  "429, Retry-After soon":          { fault: status(429, { retry_after: "soon" }), ...refused(limited), ...{ read: [ok(2), error(...limited, 2)] } },
  "500":                            { fault: status(500), ...passing(server) },
  "500 with JSON":                  { fault: status(500, { body: "json" }), ...passing(server) },
  "501":                            { fault: status(501), ...unreadable(server) },
  "502 with an HTML page":          { fault: status(502, { body: "html" }), ...passing(server) },
  "503":                            { fault: status(503, { body: "empty" }), ...passing(server) },
  "503, Retry-After 0":             { fault: status(503, { retry_after: "0" }), ...passing(server) },
  "504":                            { fault: status(504), ...passing(server) },

  "200 with HTML":                  { fault: { kind: "html" }, ...unreadable(protocol) },
  "200 with an empty body":         { fault: { kind: "empty" }, ...unreadable(protocol) },
  "truncated JSON":                 { fault: { kind: "truncated" }, ...unreadable(protocol) },
  "JSON that is no object":         { fault: { kind: "not_json_object" }, ...unreadable(protocol) },
  "JSON that is no envelope":       { fault: { kind: "no_status_code" }, ...unreadable(protocol) },
  "wrong field types":              { fault: { kind: "wrong_types" }, ...unreadable(protocol), unchecked: ok(), effects: DONE },
  "unknown fields":                 { fault: { kind: "unknown_fields" }, ...fine },
  "unknown error code":             { fault: { kind: "unknown_code" }, ...refused(strange) },
  "the code in payload.error":      { fault: { kind: "payload_error" }, ...refused(strange) },
  "partner_invalid":                { fault: { kind: "unknown_code", code: "partner_invalid" }, ...renewed(partnerInvalid) },

  "cut before the headers":         { fault: { kind: "cut_headers" }, ...passing(network), firefoxGets: [repeated(ok()), repeated(error(...network, 2))] },
  "cut in the body":                { fault: { kind: "cut_body" }, ...passing(network) },
  "a redirect to another origin":   { fault: { kind: "redirect", to: "http://localhost:1" }, ...unreadable(protocol) },
  "no CORS headers":                { fault: { kind: "no_cors" }, ...passing(network), effects: DONE },

  "a repeated page":                { fault: { kind: "repeated_page" }, read: [ok(), ok()], iterated: [ok(3), { ...error(...protocol, 2), attempts: 1 }], only: LIST },
  "has_next for ever":              { fault: { kind: "endless" }, read: [ok(), ok()], iterated: [ok(3), { ...error(...protocol, 105), attempts: 1 }], only: LIST },
  "a body of 50 MB":                { fault: { kind: "huge" }, ...fine, iterated: [ok(), ok()] },
};

/** The operations, by the endpoint that is struck. */
export const OPERATIONS = {
  "tenants.list, awaited": { endpoint: LIST, write: false },
  "tenants.list, iterated": { endpoint: LIST, write: false },
  "tenants.get": { endpoint: INFO, write: false },
  "tenants.waitUntilActive": { endpoint: INFO, write: false },
  "request GET": { endpoint: ME, write: false },
  "tenants.create": { endpoint: ADD, write: true },
  "tenants.topUp": { endpoint: UPDATE_BALANCE, write: true },
  "tenants.topUp with recordBalance": { endpoint: UPDATE_BALANCE, write: true },
  "request POST": { endpoint: UPDATE_BALANCE, write: true },
} as const;

export type Operation = keyof typeof OPERATIONS;

/** Operations whose payload nobody checks, as the provider does not document it. */
const UNCHECKED: readonly string[] = [
  "request GET",
  "tenants.topUp",
  "tenants.topUp with recordBalance",
  "request POST",
];

export interface Cell {
  name: string;
  operation: Operation;
  fault: Fault;
  /** How often it strikes; absent: each time. */
  count?: number;
  effect: boolean;
  end: End;
  /** What the books show afterwards; absent for reads. */
  effects?: 0 | 1;
}

/** Two more pages follow. */
const iterated = (end: End): End => (end.error ? end : { ...end, requests: end.requests + 2 });

function endsOf(row: Row, operation: Operation): readonly End[] {
  if (row.only && row.only !== OPERATIONS[operation].endpoint) return [];
  if (row.unchecked && UNCHECKED.includes(operation)) return [row.unchecked, row.unchecked];
  if (OPERATIONS[operation].write) return row.write ?? [];
  const isGet = OPERATIONS[operation].endpoint.startsWith("GET ");
  if (row.firefoxGets && isGet && import.meta.env["BROWSER"] === "firefox") return row.firefoxGets;
  return (operation === "tenants.list, iterated" ? (row.iterated ?? row.read?.map(iterated)) : row.read) ?? [];
}

function* cellsOf(name: string, row: Row, operation: Operation): Generator<Cell> {
  const { write } = OPERATIONS[operation];
  const [once, always] = endsOf(row, operation);
  if (!once || !always) return;
  // Where it makes no difference how often it strikes, each time is enough.
  const same = JSON.stringify(once) === JSON.stringify(always);
  for (const effect of write ? (row.effects ?? [false, true]) : [true]) {
    const after = write && effect ? ", after the effect" : "";
    const cell = { operation, fault: row.fault, effect };
    const effects = (end: End) => (write ? ({ effects: effect || !end.error ? 1 : 0 } as const) : {});
    if (!same) yield { ...cell, name: `${name}, once${after}`, count: 1, end: once, ...effects(once) };
    yield { ...cell, name: `${name}${same ? "" : ", each time"}${after}`, end: always, ...effects(always) };
  }
}

export const CELLS: Cell[] = Object.entries(ROWS).flatMap(([name, row]) =>
  (Object.keys(OPERATIONS) as Operation[]).flatMap((operation) => [...cellsOf(name, row, operation)]),
);
