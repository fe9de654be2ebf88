// Verified before the measurements: every contender returns the right data, checks what it claims to check, and generates code
// only if its name says so.
import { checks, contenders } from "./site.mjs";

/** @import { Browser } from "./browser.mjs" */
/** @import { Api } from "./api.mjs" */
/** @import { Contender, Site } from "./site.mjs" */
/** @import { Verdict } from "../page/api.js" */

/** Counts, in `functionsMade`, the functions that a page creates from text with the constructor `Function`. */
export const countFunctions = `
  globalThis.functionsMade = 0;
  globalThis.Function = new Proxy(Function, {
    construct(target, args) {
      functionsMade++;
      return Reflect.construct(target, args);
    },
    apply(target, self, args) {
      functionsMade++;
      return Reflect.apply(target, self, args);
    },
  });
`;

/** Whether a contender generates code. @param {Contender} contender */
const generates = (contender) => contender.endsWith("-zod");

/** The problems of a contender. @param {Contender} contender @param {Verdict} verdict @param {number} functionsMade */
export function problems(contender, { rejectsWrongType, rejectsErrorEnvelope }, functionsMade) {
  const expected = checks(contender);
  return [
    ...(rejectsWrongType === expected ? [] : [`${expected ? "accepts" : "rejects"} a field of the wrong type`]),
    ...(rejectsErrorEnvelope === expected ? [] : [`${expected ? "accepts" : "rejects"} an error envelope`]),
    // zod creates the first one to test whether code generation is allowed.
    ...(functionsMade > 1 === generates(contender) ? [] : [`creates ${functionsMade} functions from text`]),
    ...(functionsMade > 0 && !generates(contender) ? ["tests for code generation"] : []),
  ].map((problem) => `${contender} ${problem}.`);
}

/** @param {Browser} browser @param {Site} site @param {Api} api @param {number} size the number of tenants in the response @param {string[]} ids */
export async function verify(browser, site, api, size, ids) {
  /** @type {string[]} */
  const all = [];
  for (const contender of contenders) {
    const context = await browser.context();
    const page = await context.page();
    await page.send("Page.addScriptToEvaluateOnNewDocument", { source: countFunctions });
    await page.goto(`${site.url}/`);
    await page.bench("open", contender, api.url, api.token);
    const verdict = await page.bench("verify", size, ids);
    all.push(...problems(contender, verdict, await page.evaluate("functionsMade")));
    await context.close();
  }
  return all;
}
