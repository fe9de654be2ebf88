// Sets the names in the site: a document is named by its title instead of its file, and the packages' exports are named "API" and
// "Sandbox API".
import { join } from "node:path";
import { Converter, ReflectionKind } from "typedoc";

/** Documents whose title is not a good name. */
const names = new Map([
  ["README.vi", "Tiếng Việt"],
  ["CHANGELOG", "Changes"],
]);

/** @param {import("typedoc").Application} app */
export function load(app) {
  // The version in the site is that of this package. With two entry points, typedoc takes the package.json of the workspace.
  app.options.packageDir = join(import.meta.dirname, "../pkg");
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_, document) => {
    const text = document.content.map((part) => part.text).join("");
    document.name = names.get(document.name) ?? /^# (.+)$/m.exec(text)?.[1] ?? document.name;
  });
  app.converter.on(Converter.EVENT_CREATE_DECLARATION, (_, declaration) => {
    if (!declaration.kindOf(ReflectionKind.Module)) return;
    declaration.name = declaration.name.includes("sandbox") ? "Sandbox API" : "API";
  });
}
