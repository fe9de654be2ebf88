// Stored responses of the sandbox, kept as bytes.
export interface Body {
  payload: { items: Record<string, unknown>[] };
  [field: string]: unknown;
}

const cache = new Map<number, Promise<ArrayBuffer>>();

async function load(size: number): Promise<ArrayBuffer> {
  const response = await fetch(`/responses/${size}.json`);
  if (!response.ok) throw new Error(`There is no response of ${size} tenants.`);
  return response.arrayBuffer();
}

export function bytesOf(size: number): Promise<ArrayBuffer> {
  const bytes = cache.get(size) ?? load(size);
  cache.set(size, bytes);
  return bytes;
}

/** With the headers of the sandbox's responses that a page on another origin can read. */
export const responseOf = (bytes: ArrayBuffer) =>
  new Response(bytes, {
    headers: { "content-type": "application/json", "content-length": `${bytes.byteLength}` },
  });

export const parsed = (bytes: ArrayBuffer) => JSON.parse(new TextDecoder().decode(bytes)) as Body;
export const bytesFrom = (body: Body) => new TextEncoder().encode(JSON.stringify(body)).buffer;
