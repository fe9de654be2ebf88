export const batchPath = (id: string) => `/batches/${encodeURIComponent(id)}`;
