// Converts the package's declarations to shapes with the TypeScript API, so that no type is written down twice.
import { join } from "node:path";
import ts from "typescript";
import { packageDir } from "./package-dir.ts";
import type { Field, Shape, Types } from "./shapes.ts";

export const declarations = join(packageDir, "dist", "index.d.ts");

const options: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: [],
};

/** The declarations as a TypeScript program, and their exports. */
export function program(file = declarations) {
  const program = ts.createProgram([file], options);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) throw new Error(`${file} exports nothing`);
  return { program, checker, exported: checker.getExportsOfModule(module) };
}

/** Every type that the package exports, error classes included. */
export function readTypes(): Types {
  const { program: all, checker, exported } = program();
  const named = new Map(exported.map((symbol) => [symbol, symbol.name]));
  const isLib = (symbol: ts.Symbol) =>
    symbol.declarations?.some((node) => all.isSourceFileDefaultLibrary(node.getSourceFile())) ?? false;

  function shape(type: ts.Type, expand = false): Shape {
    const symbol = type.aliasSymbol ?? type.getSymbol();
    const name = symbol && named.get(symbol);
    if (name !== undefined && !expand) return { is: "type", name };
    const [readonly] = type.aliasSymbol?.name === "Readonly" ? (type.aliasTypeArguments ?? []) : [];
    if (readonly) return shape(readonly);
    const { flags } = type;
    // declarations.test.ts reports `any`.
    if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return { is: "unknown" };
    if (flags & ts.TypeFlags.String) return { is: "string" };
    if (flags & ts.TypeFlags.Number) return { is: "number" };
    if (flags & ts.TypeFlags.Boolean) return { is: "boolean" };
    if (flags & ts.TypeFlags.Null) return { is: "null" };
    if (flags & ts.TypeFlags.Undefined) return { is: "undefined" };
    if (flags & ts.TypeFlags.BooleanLiteral) return { is: "literal", value: checker.typeToString(type) === "true" };
    if (type.isLiteral() && typeof type.value !== "object") return { is: "literal", value: type.value };
    if (type.isUnion()) return { is: "union", of: type.types.map((one) => shape(one)) };
    // `string & {}`, which keeps TypeScript from reducing a union with known strings to `string`.
    if (type.isIntersection() && type.types.some((one) => one.flags & ts.TypeFlags.String)) return { is: "string" };
    const item = checker.isArrayType(type) ? type.getNumberIndexType() : undefined;
    if (item) return { is: "list", of: shape(item) };
    if (type.getCallSignatures().length > 0) return { is: "function" };
    const values = type.getStringIndexType();
    if (values) return { is: "dictionary", of: shape(values) };
    if (symbol && isLib(symbol)) return { is: "global", name: symbol.name };
    // Without symbols and private members.
    const properties = checker.getPropertiesOfType(type).filter(({ name }) => !/^(__|#)/.test(name));
    return { is: "object", fields: Object.fromEntries(properties.map((property) => [property.name, field(property)])) };
  }

  function field(property: ts.Symbol): Field {
    const optional = (property.flags & ts.SymbolFlags.Optional) !== 0;
    // The written type, because the checker's type of an optional property includes undefined.
    const [declaration] = optional ? (property.declarations ?? []) : [];
    const written = (declaration as ts.PropertySignature | ts.PropertyDeclaration | undefined)?.type;
    return {
      shape: shape(written ? checker.getTypeFromTypeNode(written) : checker.getTypeOfSymbol(property)),
      optional,
    };
  }

  const isType = ({ flags }: ts.Symbol) => (flags & ts.SymbolFlags.Type) !== 0;
  return Object.fromEntries(
    exported.filter(isType).map((symbol) => [symbol.name, shape(checker.getDeclaredTypeOfSymbol(symbol), true)]),
  );
}
