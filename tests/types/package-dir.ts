import { join } from "node:path";

/** The folder of the package under test: PACKAGE_DIR, or by default the package built in this repository. */
export const packageDir = process.env["PACKAGE_DIR"] ?? join(import.meta.dirname, "..", "..", "pkg");
