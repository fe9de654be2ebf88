/** The kind of a fault, with its parameters. */
export type FaultKind =
  | {
      /** The real response, delayed. With `effect` the endpoint is executed before the delay, otherwise after it. */
      kind: "delay";
      /** Milliseconds. */
      ms: number;
    }
  | {
      /** No response at all. */
      kind: "hang";
    }
  | {
      /** An HTTP error. */
      kind: "status";
      /** From 400 to 599. */
      status: number;
      /** Default: `"html"`. */
      body?: ErrorBody | undefined;
      /** The value of the header `Retry-After`, or `"date+3"` for an HTTP date 3 seconds in the future. */
      retry_after?: string | undefined;
    }
  | {
      /** HTTP 200 and an HTML page. */
      kind: "html";
    }
  | {
      /** HTTP 200 and an empty body. */
      kind: "empty";
    }
  | {
      /** HTTP 200 and the first half of the JSON, as a complete body. */
      kind: "truncated";
    }
  | {
      /** HTTP 200 and an array. */
      kind: "not_json_object";
    }
  | {
      /** HTTP 200 and an envelope without `status_code`. */
      kind: "no_status_code";
    }
  | {
      /** A payload with a field of the wrong type. */
      kind: "wrong_types";
    }
  | {
      /** The real response, with an additional field in the envelope, the payload and each item. */
      kind: "unknown_fields";
    }
  | {
      /** An error of the API. */
      kind: "unknown_code";
      /** The code, in `message`. Default: `"sandbox_unknown_code"`. */
      code?: string | undefined;
    }
  | {
      /** An error of the API without `message`. */
      kind: "payload_error";
      /** The code, in `payload.error`. Default: `"sandbox_unknown_code"`. */
      code?: string | undefined;
    }
  | {
      /** The connection is cut before the response. */
      kind: "cut_headers";
    }
  | {
      /** The connection is cut after the headers and half of the body. */
      kind: "cut_body";
    }
  | {
      /** A redirect (307), with the path and query of the request. */
      kind: "redirect";
      /** The origin that it leads to. */
      to: string;
    }
  | {
      /** The real response without CORS headers. */
      kind: "no_cors";
    }
  | {
      /** Lists only: page 1 in place of every page. */
      kind: "repeated_page";
    }
  | {
      /** Lists only: other items on every page, and always a next page. */
      kind: "endless";
    }
  | {
      /** A long response, in chunks. */
      kind: "huge";
      /** The length of a field of the payload. Default: 52,428,800. */
      bytes?: number | undefined;
    };
