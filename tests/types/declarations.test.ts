// The declarations as a whole: nothing in them is `any`, and nothing in them goes untested.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, inject, test } from "vitest";
import { declarations, program } from "./read-types.ts";
import { resolved } from "./shapes.ts";
import type { Shape } from "./shapes.ts";

const types = inject("types");
const here = import.meta.dirname;
const root = join(here, "..", "..");
/** What the core's build generates; the package's declarations are made of it. */
const generated = join(root, "pkg", "wasm", "omicall_partner.d.ts");
/** The glue that loads the core, and the core itself: not for users. */
const glue = ["Core", "InitInput", "InitOutput", "SyncInitInput", "default", "initSync"];

const { program: all, checker, exported } = program();
const own = all.getSourceFiles().filter((file) => !all.isSourceFileDefaultLibrary(file));

/** A node and all below it. */
function nodes(node: ts.Node): ts.Node[] {
  const list = [node];
  ts.forEachChild(node, (child) => void list.push(...nodes(child)));
  return list;
}

const place = (node: ts.Node) => {
  const { line } = node.getSourceFile().getLineAndCharacterOfPosition(node.getStart());
  return `${line + 1}: ${node.getText()}`;
};

test("they are one file, without errors of its own", () => {
  expect(own.map(({ fileName }) => fileName)).toEqual([declarations]);
  const errors = ts
    .getPreEmitDiagnostics(all)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  expect(errors).toEqual([]);
});

test("nothing is any, neither as it is written nor as it is understood", () => {
  const found = own.flatMap(nodes).filter((node) => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) return true;
    // What cannot be found counts as any too, and what has no type.
    const isField = ts.isPropertySignature(node) || ts.isPropertyDeclaration(node) || ts.isParameter(node);
    if (isField ? ts.isPrivateIdentifier(node.name) : !ts.isTypeNode(node)) return false;
    return (checker.getTypeAtLocation(node).flags & ts.TypeFlags.Any) !== 0;
  });
  expect(found.map(place)).toEqual([]);
});

test("nothing that is exported is any", () => {
  const found = exported.filter((symbol) => {
    const isType = (symbol.flags & ts.SymbolFlags.Type) !== 0;
    const type = isType ? checker.getDeclaredTypeOfSymbol(symbol) : checker.getTypeOfSymbol(symbol);
    return (type.flags & ts.TypeFlags.Any) !== 0;
  });
  expect(found.map(({ name }) => name)).toEqual([]);
});

test("the cases name everything that is exported", () => {
  const cases = readdirSync(join(here, "cases")).map((file) => readFileSync(join(here, "cases", file), "utf8"));
  const imports = cases.flatMap((code) => [...code.matchAll(/import (?:type )?\{([^}]*)\} from "omicall-partner"/g)]);
  const named = new Set(imports.flatMap(([, names = ""]) => names.split(",").map((name) => name.trim())));
  expect(exported.map(({ name }) => name).filter((name) => !named.has(name))).toEqual([]);
});

/** What the other tests hand to the core, and what they get from it. */
const looked = [
  ...["CreatedTenant", "Tenant", "TenantPage", "TopUpReceipt", "Reconciliation", "ActivationProgress", "ClientEvent"],
  ...["CreateTenantParams", "ListTenantsParams", "TopUpParams"],
  // In the page, whose fields it has.
  "PagePosition",
];

/** A shape's type, and those inside. */
function reached(shape: Shape, names = new Set<string>()): Set<string> {
  if (shape.is === "type") {
    if (names.has(shape.name)) return names;
    return reached(resolved(types, shape), names.add(shape.name));
  }
  const parts =
    shape.is === "object"
      ? Object.values(shape.fields).map((field) => field.shape)
      : "of" in shape
        ? [shape.of].flat()
        : [];
  for (const part of parts) reached(part, names);
  return names;
}

const { exported: fromCore } = program(generated);
const ofCore = fromCore.map(({ name }) => name).filter((name) => !glue.includes(name));

test("every type of the core is public, and a test looks at its values", () => {
  expect(ofCore.length).toBeGreaterThan(15);
  expect(ofCore.filter((name) => !(name in types))).toEqual([]);
  const names = looked.flatMap((name) => [...reached({ is: "type", name })]);
  expect(ofCore.filter((name) => !names.includes(name))).toEqual([]);
});

test("every type of the core has a round trip", () => {
  const rust = readFileSync(join(root, "tests", "web", "round_trips.rs"), "utf8");
  const [, list = ""] = /^round_trips! \{\n([^}]*)\}/m.exec(rust) ?? [];
  const names = [...list.matchAll(/^ +(\w+): written/gm)].map(([, name]) => name);
  expect(names.sort()).toEqual([...ofCore].sort());
});
