// The size of the built package. `npm run size` shows it, and `npm run size -- --record` writes the record anew.
import { beforeAll, describe, expect, test } from "vitest";
import { ceilings, describeChange, hasGrown, otherTools, readRecord } from "../../scripts/budget.mjs";
import { endpointNames, measureEndpoints } from "../../scripts/endpoints.mjs";
import { measure, type Report, type Size } from "../../scripts/measure.mjs";

let report: Report;

beforeAll(async () => {
  report = await measure();
});

test("what an app ships is within its budget", () => {
  expect(report.total.brotli, "total, brotli").toBeLessThanOrEqual(ceilings.total);
});

test("it has not grown unnoticed", () => {
  const record = readRecord();
  const others = otherTools(record, report);
  if (others.length > 0) {
    console.log(`The record was made by other tools, so only the budget counts: ${others.join(", ")}.`);
    expect(record.total.brotli, "the record's total, brotli").toBeLessThanOrEqual(ceilings.total);
    return;
  }
  if (hasGrown(report, record))
    console.log("The package is smaller: `npm run size -- --record` makes the record so too.");
  const advice = "If that is what the change is worth, `npm run size -- --record` writes the new record.";
  if (hasGrown(record, report)) expect.fail(`The package has grown.\n${describeChange(record, report)}\n\n${advice}`);
});

test("the functions are those of the shipped file", () => {
  expect(report.exact).toBe(true);
  const functions = Object.values(report.functions).reduce((sum, size) => sum + size, 0);
  const code = report.sections.code?.raw ?? 0;
  // The section's head: its kind, its length and the number of functions.
  expect(code - functions).toBeGreaterThan(2);
  expect(code - functions).toBeLessThan(10);
});

describe("one more endpoint", () => {
  let costs: Record<string, Size>;

  beforeAll(async () => {
    costs = await measureEndpoints(report);
  });

  test.each(endpointNames())("%s costs little", (name) => {
    expect(costs[name]?.brotli, "brotli").toBeGreaterThan(0);
    expect(costs[name]?.brotli, "brotli").toBeLessThanOrEqual(ceilings.endpoint);
  });
});
