// Loaded when a password is entered: its dictionaries are larger than the rest of the screen.
import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary } from "@zxcvbn-ts/language-common";

const zxcvbn = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });

/** How hard a password is to guess, from 0 to 4. The other values of the form, and their words, are easy to guess. */
export function strengthOf(password: string, otherValues: string[]) {
  const words = otherValues.flatMap((value) => [value, ...value.split(/[^\p{L}\p{N}]+/u)]);
  return zxcvbn.check(password, words).score;
}
