// Before anything is measured: every contender gives the right data, checks what it says it checks, and is what it is called.
import { checks, contenders } from "./site.mjs";

/** @import { Browser } from "./browser.mjs" */
/** @import { Api } from "./api.mjs" */
/** @import { Contender, Site } from "./site.mjs" */
/** @import { Verdict } from "../page/api.js" */

/** Counts, as `functionsMade`, what a page makes of text by the constructor `Function`. */
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

/** Whether a contender runs code that it makes itself. @param {Contender} contender */
const generates = (contender) => contender.endsWith("-zod");

/** What is wrong with a contender. @param {Contender} contender @param {Verdict} verdict @param {number} functionsMade */
export function complaints(contender, { refusesWrongType, refusesRefusal }, functionsMade) {
  const wanted = checks(contender);
  return [
    ...(refusesWrongType === wanted ? [] : [`${wanted ? "takes" : "refuses"} a field of the wrong type`]),
    ...(refusesRefusal === wanted ? [] : [`${wanted ? "takes" : "refuses"} an answer that is a refusal`]),
    // The first one is zod's question whether it may.
    ...(functionsMade > 1 === generates(contender) ? [] : [`makes ${functionsMade} functions of text`]),
    ...(functionsMade > 0 && !generates(contender) ? ["asks for code generation"] : []),
  ].map((complaint) => `${contender} ${complaint}.`);
}

/** @param {Browser} browser @param {Site} site @param {Api} api @param {number} size of an answer @param {string[]} ids */
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
    all.push(...complaints(contender, verdict, await page.evaluate("functionsMade")));
    await context.close();
  }
  return all;
}
