/** @typedef {{ median: number, q1: number, q3: number }} Summary */

/** @param {number[]} sorted @param {number} at from 0 to 1 */
function quantile(sorted, at) {
  const position = at * (sorted.length - 1);
  const [below = NaN, above = below] = sorted.slice(Math.floor(position), Math.floor(position) + 2);
  return below + (above - below) * (position % 1);
}

/** The median and the quartiles. @param {number[]} samples @returns {Summary} */
export function summary(samples) {
  const sorted = samples.toSorted((a, b) => a - b);
  return { median: quantile(sorted, 0.5), q1: quantile(sorted, 0.25), q3: quantile(sorted, 0.75) };
}

/** A copy in random order. @template T @param {readonly T[]} items */
export function shuffled(items) {
  const result = [...items];
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [result[i], result[j]] = [/** @type {T} */ (result[j]), /** @type {T} */ (result[i])];
  }
  return result;
}
