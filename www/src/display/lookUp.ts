/** Looks up a name that the server sent. Names like "__proto__" must not find the properties that every object inherits. */
export function lookUp<Value>(values: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}
