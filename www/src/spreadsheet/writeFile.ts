import type { Column, FileFormat, Table } from "./table";

const chunkSize = 1_000;

/** Writes rows as a file. The page stays usable meanwhile: the rows are read in parts, and a worker writes the file. */
export async function writeFile<Row>(
  format: FileFormat,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): Promise<Blob> {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  const send = (message: Table | FileFormat) => worker.postMessage(message);
  const written = new Promise<Blob>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Blob | Error>) => (data instanceof Blob ? resolve(data) : reject(data));
    worker.onerror = ({ message }) => reject(new Error(message));
  });
  const sendTable = async () => {
    send([columns.map(({ header }) => header)]);
    for (let start = 0; start < rows.length; start += chunkSize) {
      send(rows.slice(start, start + chunkSize).map((row) => columns.map(({ value }) => value(row))));
      await new Promise((resolve) => setTimeout(resolve));
    }
    send(format);
  };
  try {
    const [file] = await Promise.all([written, sendTable()]);
    return file;
  } finally {
    worker.terminate();
  }
}
