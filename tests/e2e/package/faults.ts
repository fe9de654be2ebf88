// The fault matrix: the effect of each fault on each operation. A new fault is one more row here, and a kind in the sandbox.
// All operations share the code that handles a response, so not every pair of a fault and an operation is tested: see `CELLS`.
import type { PartnerError } from "omicall-partner";
import {
  ADD,
  AGENCY,
  BUY,
  EXTEND,
  INFO,
  LIST,
  ME,
  NUMBERS,
  PACKAGES,
  TEMPLATES,
  UPDATE_BALANCE,
  UPGRADE,
} from "./support";
import type { Fault } from "./support";

type Name = PartnerError["name"];

/** The expected result of a call. */
export interface Expected {
  /** The number of requests that the SDK sends. On connections that are not reused, the sandbox receives as many. */
  requests: number;
  /** The sandbox receives more, because the browser itself repeats the request. */
  repeated?: true;
  /** The attempts for the last page, where there are several pages. */
  attempts?: number;
  /** Absent: the call resolves. */
  error?: { name: Name; code: string };
  /** The cause of an unknown outcome. */
  cause?: { name: Name; code: string };
}

const ok = (requests = 1): Expected => ({ requests });
const error = (name: Name, code: string, requests = 1): Expected => ({ requests, error: { name, code } });
const repeated = (expected: Expected): Expected => ({ ...expected, repeated: true });
const unknown = (name: Name, code: string): Expected => ({
  requests: 1,
  error: { name: "OutcomeUnknownError", code: "outcome_unknown" },
  cause: { name, code },
});

export interface Row {
  fault: Fault;
  /** Reads: the fault is injected into the first attempt, or into every attempt. One retry is allowed. */
  read?: [once: Expected, always: Expected];
  /** Writes: the fault is injected into the first attempt, or into every attempt. */
  write?: [once: Expected, always: Expected];
  /** Calls whose payload is not checked, where their result differs. */
  unchecked?: Expected;
  /** The iterated list, where its result differs from that of a read by more than two further pages. */
  iterated?: [once: Expected, always: Expected];
  /** A GET in Firefox, which repeats GETs by itself. */
  firefoxGets?: [once: Expected, always: Expected];
  /**
   * Whether writes are executed before the fault happens. Default: both cases. A fault that responds with an error must not
   * execute them, and one that responds with success must.
   */
  effects?: readonly boolean[];
  /** Whether the fault is for lists only. */
  forLists?: true;
}

const NOT_EXECUTED = [false];
const EXECUTED = [true];

const timeout = ["TimeoutError", "timeout"] as const;
const network = ["NetworkError", "network"] as const;
const server = ["ServerError", "server_error"] as const;
const protocol = ["ProtocolError", "protocol"] as const;
const limited = ["RateLimitError", "rate_limited"] as const;
const unauthorized = ["AuthenticationError", "unauthorized"] as const;
const forbidden = ["AuthenticationError", "forbidden"] as const;
const partnerInvalid = ["AuthenticationError", "partner_invalid"] as const;
const unknownCode = ["ApiError", "sandbox_unknown_code"] as const;
const api = (code: string) => ["ApiError", code] as const;

type ErrorKind = readonly [name: Name, code: string];

/** A transient error: a read is retried, the outcome of a write is unknown. */
const transient = (kind: ErrorKind): Pick<Row, "read" | "write"> => ({
  read: [ok(2), error(...kind, 2)],
  write: [unknown(...kind), unknown(...kind)],
});
/** A permanent error: a read is not retried, the outcome of a write is unknown. */
const permanent = (kind: ErrorKind): Pick<Row, "read" | "write"> => ({
  read: [error(...kind), error(...kind)],
  write: [unknown(...kind), unknown(...kind)],
});
/** The server rejected the call without executing it. */
const rejected = (kind: ErrorKind): Pick<Row, "read" | "write" | "effects"> => ({
  read: [error(...kind), error(...kind)],
  write: [error(...kind), error(...kind)],
  effects: NOT_EXECUTED,
});
/** The server rejected the token: every call, writes too, is sent once more with a new token. */
const tokenRejected = (kind: ErrorKind): Pick<Row, "read" | "write" | "effects"> => ({
  read: [ok(2), error(...kind, 2)],
  write: [ok(2), error(...kind, 2)],
  effects: NOT_EXECUTED,
});
/** No error. */
const harmless: Pick<Row, "read" | "write" | "effects"> = {
  read: [ok(), ok()],
  write: [ok(), ok()],
  effects: EXECUTED,
};

const status = (status: number, more: Record<string, unknown> = {}) => ({ kind: "status", status, ...more });

const rows = <Name extends string>(rows: Record<Name, Row>) => rows;

// prettier-ignore
const ROWS = rows({
  "delay":                          { fault: { kind: "delay", ms: 20 }, ...harmless },
  "hang":                           { fault: { kind: "hang" }, ...transient(timeout) },

  "400":                            { fault: status(400), ...rejected(api("http_400")) },
  "400 with JSON":                  { fault: status(400, { body: "json" }), ...rejected(api("http_400")) },
  "401":                            { fault: status(401), ...tokenRejected(unauthorized) },
  "401 without a body":             { fault: status(401, { body: "empty" }), ...tokenRejected(unauthorized) },
  "403":                            { fault: status(403), ...rejected(forbidden) },
  "404":                            { fault: status(404), ...rejected(api("http_404")) },
  "408":                            { fault: status(408), ...transient(api("http_408")) },
  "429":                            { fault: status(429), ...rejected(limited), ...{ read: [ok(2), error(...limited, 2)] } },
  "429, Retry-After 0":             { fault: status(429, { retry_after: "0" }), ...rejected(limited), ...{ read: [ok(2), error(...limited, 2)] } },
  "429, Retry-After now":           { fault: status(429, { retry_after: "date+0" }), ...rejected(limited), ...{ read: [ok(2), error(...limited, 2)] } },
  "429, Retry-After 61":            { fault: status(429, { retry_after: "61" }), ...rejected(limited) },
  "429, Retry-After in two minutes": { fault: status(429, { retry_after: "date+120" }), ...rejected(limited) },
  "429, Retry-After soon":          { fault: status(429, { retry_after: "soon" }), ...rejected(limited), ...{ read: [ok(2), error(...limited, 2)] } },
  "500":                            { fault: status(500), ...transient(server) },
  "500 with JSON":                  { fault: status(500, { body: "json" }), ...transient(server) },
  "501":                            { fault: status(501), ...permanent(server) },
  "502 with an HTML page":          { fault: status(502, { body: "html" }), ...transient(server) },
  "503":                            { fault: status(503, { body: "empty" }), ...transient(server) },
  "503, Retry-After 0":             { fault: status(503, { retry_after: "0" }), ...transient(server) },
  "504":                            { fault: status(504), ...transient(server) },

  "200 with HTML":                  { fault: { kind: "html" }, ...permanent(protocol) },
  "200 with an empty body":         { fault: { kind: "empty" }, ...permanent(protocol) },
  "truncated JSON":                 { fault: { kind: "truncated" }, ...permanent(protocol) },
  "JSON that is not an object":     { fault: { kind: "not_json_object" }, ...permanent(protocol) },
  "JSON that is not an envelope":   { fault: { kind: "no_status_code" }, ...permanent(protocol) },
  "wrong field types":              { fault: { kind: "wrong_types" }, ...permanent(protocol), unchecked: ok(), effects: EXECUTED },
  "unknown fields":                 { fault: { kind: "unknown_fields" }, ...harmless },
  "unknown error code":             { fault: { kind: "unknown_code" }, ...rejected(unknownCode) },
  "the code in payload.error":      { fault: { kind: "payload_error" }, ...rejected(unknownCode) },
  "partner_invalid":                { fault: { kind: "unknown_code", code: "partner_invalid" }, ...tokenRejected(partnerInvalid) },

  "cut before the headers":         { fault: { kind: "cut_headers" }, ...transient(network), firefoxGets: [repeated(ok()), repeated(error(...network, 2))] },
  "cut in the body":                { fault: { kind: "cut_body" }, ...transient(network) },
  "a redirect to another origin":   { fault: { kind: "redirect", to: "http://localhost:1" }, ...permanent(protocol) },
  "no CORS headers":                { fault: { kind: "no_cors" }, ...transient(network), effects: EXECUTED },

  "a repeated page":                { fault: { kind: "repeated_page" }, read: [ok(), ok()], iterated: [ok(3), { ...error(...protocol, 2), attempts: 1 }], forLists: true },
  "has_next without end":           { fault: { kind: "endless" }, read: [ok(), ok()], iterated: [ok(3), { ...error(...protocol, 105), attempts: 1 }], forLists: true },
  "a body of 50 MB":                { fault: { kind: "huge" }, ...harmless, iterated: [ok(), ok()] },
});

type RowName = keyof typeof ROWS;

/** The endpoints that give a list page by page. */
export const LISTS: readonly string[] = [LIST, NUMBERS];

/** The operations, with the endpoint into which the fault is injected. */
export const OPERATIONS = {
  "tenants.list, awaited": { endpoint: LIST, write: false },
  "tenants.list, iterated": { endpoint: LIST, write: false },
  "tenants.get": { endpoint: INFO, write: false },
  "tenants.waitUntilActive": { endpoint: INFO, write: false },
  "account.me": { endpoint: ME, write: false },
  "account.agency": { endpoint: AGENCY, write: false },
  "packages.list": { endpoint: PACKAGES, write: false },
  "packages.templates": { endpoint: TEMPLATES, write: false },
  "numbers.list, awaited": { endpoint: NUMBERS, write: false },
  "numbers.list, iterated": { endpoint: NUMBERS, write: false },
  "request GET": { endpoint: ME, write: false },
  "tenants.create": { endpoint: ADD, write: true },
  "tenants.topUp": { endpoint: UPDATE_BALANCE, write: true },
  "tenants.topUp with recordBalance": { endpoint: UPDATE_BALANCE, write: true },
  "packages.upgrade": { endpoint: UPGRADE, write: true },
  "packages.extend with recordEvidence": { endpoint: EXTEND, write: true },
  "numbers.buy": { endpoint: BUY, write: true },
  "numbers.buy with recordEvidence": { endpoint: BUY, write: true },
  "request POST": { endpoint: UPDATE_BALANCE, write: true },
} as const;

export type Operation = keyof typeof OPERATIONS;

/** One operation of each sort. Every fault is injected into these. */
const TYPICAL_OPERATIONS: readonly Operation[] = [
  "tenants.get", // a read whose payload is checked
  "tenants.list, iterated", // a read of several pages
  "request GET", // a read whose payload is not checked
  "tenants.create", // a write that reconcile() can look up
  "tenants.topUp with recordBalance", // a write with evidence
  "numbers.buy", // a write without evidence
];

/** One fault for each way in which a call can end, and those whose effect depends on the payload. All operations have these. */
const TYPICAL_FAULTS: readonly RowName[] = [
  "401", // a new token
  "429", // rejected, and retried if it is a read
  "unknown error code", // rejected
  "500", // transient
  "truncated JSON", // permanent
  "cut in the body", // a network error
  "wrong field types",
  "unknown fields",
  "a repeated page",
  "has_next without end",
];

/** Faults that the browser itself may handle. Firefox has only these and the typical ones, and only the typical operations. */
const NETWORK_FAULTS: readonly RowName[] = [
  "delay",
  "hang",
  "cut before the headers",
  "cut in the body",
  "a redirect to another origin",
  "no CORS headers",
  "a body of 50 MB",
];

const isFirefox = import.meta.env["BROWSER"] === "firefox";

/** Operations whose payload is not checked, because the provider does not document it. */
const UNCHECKED: readonly string[] = [
  "packages.templates",
  "request GET",
  "tenants.topUp",
  "tenants.topUp with recordBalance",
  "packages.upgrade",
  "packages.extend with recordEvidence",
  "numbers.buy",
  "numbers.buy with recordEvidence",
  "request POST",
];

export interface Cell {
  name: string;
  row: RowName;
  operation: Operation;
  fault: Fault;
  /** How many requests it affects; absent: all of them. */
  count?: number;
  effect: boolean;
  expected: Expected;
  /** How often the write was executed, by the data of the sandbox; absent for reads. */
  effects?: 0 | 1;
}

/** Two further pages follow. */
const iterated = (expected: Expected): Expected =>
  expected.error ? expected : { ...expected, requests: expected.requests + 2 };

function expectedOf(row: Row, operation: Operation): readonly Expected[] {
  if (row.forLists && !LISTS.includes(OPERATIONS[operation].endpoint)) return [];
  if (row.unchecked && UNCHECKED.includes(operation)) return [row.unchecked, row.unchecked];
  if (OPERATIONS[operation].write) return row.write ?? [];
  const isGet = OPERATIONS[operation].endpoint.startsWith("GET ");
  const read = row.firefoxGets && isGet && isFirefox ? row.firefoxGets : row.read;
  return (operation.endsWith(", iterated") ? (row.iterated ?? read?.map(iterated)) : read) ?? [];
}

function* cellsOf(name: RowName, operation: Operation): Generator<Cell> {
  const { write } = OPERATIONS[operation];
  const row = ROWS[name];
  const [once, always] = expectedOf(row, operation);
  if (!once || !always) return;
  // Where the number of affected requests makes no difference, the case "each time" is enough.
  const same = JSON.stringify(once) === JSON.stringify(always);
  for (const effect of write ? (row.effects ?? [false, true]) : [true]) {
    const after = write && effect ? ", after the effect" : "";
    const cell = { row: name, operation, fault: row.fault, effect };
    const effects = (expected: Expected) => (write ? ({ effects: effect || !expected.error ? 1 : 0 } as const) : {});
    if (!same) yield { ...cell, name: `${name}, once${after}`, count: 1, expected: once, ...effects(once) };
    yield { ...cell, name: `${name}${same ? "" : ", each time"}${after}`, expected: always, ...effects(always) };
  }
}

/** All pairs of a fault and an operation. */
export const ALL_CELLS: Cell[] = (Object.keys(ROWS) as RowName[]).flatMap((name) =>
  (Object.keys(OPERATIONS) as Operation[]).flatMap((operation) => [...cellsOf(name, operation)]),
);

/** The tested ones. */
export const CELLS = ALL_CELLS.filter(({ row, operation }) => {
  const [isTypicalFault, isTypicalOperation] = [TYPICAL_FAULTS.includes(row), TYPICAL_OPERATIONS.includes(operation)];
  if (isFirefox) return isTypicalOperation && (isTypicalFault || NETWORK_FAULTS.includes(row));
  return isTypicalOperation || isTypicalFault;
});
