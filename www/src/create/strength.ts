// Loaded when a password is entered: its dictionaries are larger than the rest of the screen.
import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary } from "@zxcvbn-ts/language-common";

const zxcvbn = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });

/** How hard a password is to guess, from 0 to 4. The other values of the form are easy to guess. */
export const strengthOf = (password: string, otherValues: string[]) => zxcvbn.check(password, otherValues).score;
