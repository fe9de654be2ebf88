import fc from "fast-check";
import { connect } from "omicall-partner";
import { afterEach, expect, test, vi } from "vitest";
import { checkRules, generatePassword } from "../../www/src/create/password";

afterEach(() => vi.restoreAllMocks());

const isAllowed = (password: string) => checkRules(password).every(({ isMet }) => isMet);

test("the rules are those of the SDK", async () => {
  using client = await connect({ baseUrl: "https://api.example.com", token: "t" });
  const others = { email: "a@example.com", fullName: "A", ownerName: "B", phone: "0912345678" };
  const { validate } = client.schemas.createTenant["~standard"];
  const visible = fc.constantFrom(..."aZ09!é");
  const password = fc.string({ unit: visible, minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(password, (password) => {
      expect(isAllowed(password)).toBe(validate({ ...others, password }).issues === undefined);
    }),
    { numRuns: 1_000 },
  );
});

test("generated passwords meet the rules, differ, and can be read aloud", () => {
  const passwords = Array.from({ length: 1_000 }, generatePassword);
  expect(passwords.filter((password) => !isAllowed(password))).toEqual([]);
  expect(new Set(passwords)).toHaveLength(passwords.length);
  for (const password of passwords) expect(password).toMatch(/^[A-HJ-NP-Za-kmnp-z2-9!#$%&*?]{16}$/);
});

test("every character is equally likely", () => {
  // A generator with a seed (Numerical Recipes), so that the counts are the same in each run.
  let state = 2026;
  vi.spyOn(crypto, "getRandomValues").mockImplementation((array) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    if (array instanceof Uint8Array) array[0] = state >>> 24;
    return array;
  });
  const counts = new Map<string, number>();
  for (let i = 0; i < 20_000; i++)
    for (const character of generatePassword()) counts.set(character, (counts.get(character) ?? 0) + 1);
  const letters = [..."ABCDEFGHJKLMNPQRSTUVWXYZ"].map((letter) => counts.get(letter) ?? 0);
  expect(Math.max(...letters) / Math.min(...letters)).toBeLessThan(1.1);
});
