// All declarations of the package: none of them is `any`, and every exported name has a test.
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
/** The declarations that the core's build generates; those of the package are made from them. */
const generated = join(root, "pkg", "wasm", "omicall_partner.d.ts");
/** Names of the generated glue, of the core, and of the types of the platform, which are not public. */
const glue = [
  ...["FetchInit", "FetchInput", "FetchResponse", "SignalOf", "WasmModule"],
  ...[
    "authenticate",
    "Core",
    "ErrorName",
    "Rejection",
    "InitInput",
    "InitOutput",
    "SyncInitInput",
    "default",
    "initSync",
  ],
];

const { program: all, checker, exported } = program();
const own = all.getSourceFiles().filter((file) => !all.isSourceFileDefaultLibrary(file));

/** A node and all its descendants. */
function nodes(node: ts.Node): ts.Node[] {
  const list = [node];
  ts.forEachChild(node, (child) => void list.push(...nodes(child)));
  return list;
}

const positionOf = (node: ts.Node) => {
  const { line } = node.getSourceFile().getLineAndCharacterOfPosition(node.getStart());
  return `${line + 1}: ${node.getText()}`;
};

test("the declarations are one file without errors", () => {
  expect(own.map(({ fileName }) => fileName)).toEqual([declarations]);
  const errors = ts
    .getPreEmitDiagnostics(all)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  expect(errors).toEqual([]);
});

test("no type is any, neither written nor resolved", () => {
  const found = own.flatMap(nodes).filter((node) => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) return true;
    // An unresolved name and a missing type annotation also resolve to any.
    const isField = ts.isPropertySignature(node) || ts.isPropertyDeclaration(node) || ts.isParameter(node);
    if (isField ? ts.isPrivateIdentifier(node.name) : !ts.isTypeNode(node)) return false;
    return (checker.getTypeAtLocation(node).flags & ts.TypeFlags.Any) !== 0;
  });
  expect(found.map(positionOf)).toEqual([]);
});

test("no export is any", () => {
  const found = exported.filter((symbol) => {
    const isType = (symbol.flags & ts.SymbolFlags.Type) !== 0;
    const type = isType ? checker.getDeclaredTypeOfSymbol(symbol) : checker.getTypeOfSymbol(symbol);
    return (type.flags & ts.TypeFlags.Any) !== 0;
  });
  expect(found.map(({ name }) => name)).toEqual([]);
});

test("the cases import every export", () => {
  const cases = readdirSync(join(here, "cases")).map((file) => readFileSync(join(here, "cases", file), "utf8"));
  const imports = cases.flatMap((code) => [...code.matchAll(/import (?:type )?\{([^}]*)\} from "omicall-partner"/g)]);
  const named = new Set(imports.flatMap(([, names = ""]) => names.split(",").map((name) => name.trim())));
  expect(exported.map(({ name }) => name).filter((name) => !named.has(name))).toEqual([]);
});

/** The types that the core reads and never writes: options, and the parameters of quotes. */
const optionTypes = [
  ...["NumberQuoteParams", "PackageQuoteParams"],
  ...["AuthenticateOptions", "CallOptions", "ClientOptions", "ListOptions", "PurchaseOptions", "RequestOptions"],
  ...["TopUpOptions", "WaitOptions", "WasmSource"],
];

/** The types whose values the other tests pass to the core or check. */
const tested = [
  ...["CreatedTenant", "Tenant", "TenantPage", "TopUpReceipt", "Reconciliation", "ActivationProgress", "ClientEvent"],
  ...["AccessToken", "Agency", "NumberPage", "PackageOffer", "Partner", "PurchaseReceipt", "Quote"],
  ...["CreateTenantParams", "ListNumbersParams", "ListTenantsParams", "TopUpParams"],
  ...["BuyNumberParams", "ExtendPackageParams", "UpgradePackageParams"],
  ...optionTypes,
  // The error classes have its fields.
  "Failure",
  // A part of the union that ClientOptions has.
  "Language",
  // TenantPage has its fields.
  "PagePosition",
];

/** The names of all types in a shape. */
function typeNamesIn(shape: Shape, names = new Set<string>()): Set<string> {
  if (shape.is === "type") {
    if (names.has(shape.name)) return names;
    return typeNamesIn(resolved(types, shape), names.add(shape.name));
  }
  const parts =
    shape.is === "object"
      ? Object.values(shape.fields).map((field) => field.shape)
      : "of" in shape
        ? [shape.of].flat()
        : [];
  for (const part of parts) typeNamesIn(part, names);
  return names;
}

const { exported: fromCore } = program(generated);
const ofCore = fromCore.map(({ name }) => name).filter((name) => !glue.includes(name));

test("every type of the core is public, and a test checks its values", () => {
  expect(ofCore.length).toBeGreaterThan(15);
  expect(ofCore.filter((name) => !(name in types))).toEqual([]);
  const names = tested.flatMap((name) => [...typeNamesIn({ is: "type", name })]);
  expect(ofCore.filter((name) => !names.includes(name))).toEqual([]);
});

test("every type of the core has a round-trip test", () => {
  const rust = readFileSync(join(root, "tests", "web", "round_trips.rs"), "utf8");
  const [, list = ""] = /^round_trips! \{\n([^}]*)\}/m.exec(rust) ?? [];
  const names = [...list.matchAll(/^ +(\w+): written/gm)].map(([, name]) => name);
  expect(names.sort()).toEqual(
    [...ofCore.filter((name) => !optionTypes.includes(name)), "ErrorName", "Rejection"].sort(),
  );
});
