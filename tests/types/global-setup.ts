import type { TestProject } from "vitest/node";
import { readTypes } from "./read-types.ts";
import type { Types } from "./shapes.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** The types that the package declares, read again for every run. */
    types: Types;
  }
}

export function setup(project: TestProject): void {
  project.provide("types", readTypes());
}
