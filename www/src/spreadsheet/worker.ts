// Writes a file in a thread of its own: 100,000 rows take seconds, and the page has to stay usable.
import { toCsv } from "./csv";
import type { FileFormat, Table } from "./table";
import { toXlsx } from "./xlsx";

const rows: Table[number][] = [];

const write = async (format: FileFormat) => (format === "csv" ? toCsv(rows) : toXlsx(rows));

/** Takes rows and, after the last of them, the format of the file. Answers with the file, or the error. */
self.addEventListener("message", ({ data }: MessageEvent<Table | FileFormat>) => {
  if (typeof data !== "string") rows.push(...data);
  else write(data).then(self.postMessage, self.postMessage);
});
