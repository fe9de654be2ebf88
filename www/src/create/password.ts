// Also counted as any kind: a character outside ASCII. The server decides about it, as in the SDK's validation.
const rules = {
  length: (password: string) => password.length >= 8,
  upperCase: (password: string) => /[A-Z]|[^\0-\x7f]/.test(password),
  lowerCase: (password: string) => /[a-z]|[^\0-\x7f]/.test(password),
  digit: (password: string) => /[0-9]|[^\0-\x7f]/.test(password),
  special: (password: string) => /[^A-Za-z0-9]/.test(password),
};

export type PasswordRule = keyof typeof rules;

/** The provider's rules, and whether a password meets them. */
export const checkRules = (password: string) =>
  Object.entries(rules).map(([rule, isMet]) => ({ rule: rule as PasswordRule, isMet: isMet(password) }));

/** Without those that are mistaken for each other, such as 0 and O, or that a spreadsheet reads as a formula. */
const alphabets = ["ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnpqrstuvwxyz", "23456789", "!#$%&*?"];
const anyCharacter = alphabets.join("");
const passwordLength = 16;

/** A random password that meets the provider's rules and can be read aloud. */
export function generatePassword(): string {
  const others = Array.from({ length: passwordLength - alphabets.length }, () => anyCharacter);
  return shuffle([...alphabets, ...others].map((alphabet) => alphabet.charAt(randomBelow(alphabet.length)))).join("");
}

/** A random integer from 0 to `limit - 1`, at most 256. The remainder of a byte would favour the small ones. */
function randomBelow(limit: number): number {
  const [byte = 0] = crypto.getRandomValues(new Uint8Array(1));
  return byte < 256 - (256 % limit) ? byte % limit : randomBelow(limit);
}

/** Fisher–Yates. */
function shuffle(items: string[]): string[] {
  for (let last = items.length - 1; last > 0; last--) {
    const other = randomBelow(last + 1);
    const moved = items[last];
    items[last] = items[other] ?? "";
    items[other] = moved ?? "";
  }
  return items;
}
