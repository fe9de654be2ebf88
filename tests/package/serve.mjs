// Serves the files of a folder: node serve.mjs FOLDER
import { createServer } from "node:http";
import sirv from "sirv";

const server = createServer(sirv(process.argv[2]));
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object") console.log(`serving http://127.0.0.1:${address?.port}/`);
});
