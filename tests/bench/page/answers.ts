// Ready-made answers: what the sandbox said, kept as bytes.
export interface Body {
  payload: { items: Record<string, unknown>[] };
  [field: string]: unknown;
}

const kept = new Map<number, Promise<ArrayBuffer>>();

async function load(size: number): Promise<ArrayBuffer> {
  const response = await fetch(`/answers/${size}.json`);
  if (!response.ok) throw new Error(`There is no answer of ${size} tenants.`);
  return response.arrayBuffer();
}

export function bytesOf(size: number): Promise<ArrayBuffer> {
  const bytes = kept.get(size) ?? load(size);
  kept.set(size, bytes);
  return bytes;
}

/** With the headers that a page on another origin sees of the sandbox's answers. */
export const answer = (bytes: ArrayBuffer) =>
  new Response(bytes, {
    headers: { "content-type": "application/json", "content-length": `${bytes.byteLength}` },
  });

export const parsed = (bytes: ArrayBuffer) => JSON.parse(new TextDecoder().decode(bytes)) as Body;
export const bytesFrom = (body: Body) => new TextEncoder().encode(JSON.stringify(body)).buffer;
