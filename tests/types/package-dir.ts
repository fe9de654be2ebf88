import { join } from "node:path";

/** The folder of the package under test: the one that was built here, or the one that PACKAGE_DIR names. */
export const packageDir = process.env["PACKAGE_DIR"] ?? join(import.meta.dirname, "..", "..", "pkg");
