/** Marks in the compiler's Lua whose names its members have: the firmware's own may become anything. Only the types tell. */
import { relative } from "node:path";
import ts from "typescript";
import * as lua from "typescript-to-lua";
import { root } from "./sources";
import { UserError } from "./user-error";

/** Declared here, and in every object that is asked for it; declared here, and not in every object; NodeMCU's or the language's. */
export type Origin = "own" | "optional" | "foreign";

/** The name of a member, as it stands in a table, in `table.member`, in `table:member()`, or where the compiler keeps it for later. */
export interface Marked extends lua.Node {
  origin?: Origin;
}

/** With these visitors the compiler marks every member that stands in the source. */
export const markMembers: lua.Visitors = {
  [ts.SyntaxKind.PropertyAccessExpression]: (node: ts.PropertyAccessExpression, context) => {
    const made = context.superTransformExpression(node);
    if (lua.isTableIndexExpression(made)) (made.index as Marked).origin = originOf(context.checker.getSymbolAtLocation(node.name));
    return made;
  },
  [ts.SyntaxKind.ElementAccessExpression]: (node: ts.ElementAccessExpression, context) => {
    const isText = partsOf(context.checker.getTypeAtLocation(node.argumentExpression)).some(({ flags }) => (flags & ts.TypeFlags.StringLike) !== 0);
    if (isText) throw new UserError(`${placeOf(node)}: a text chooses no member in Lua, where members have numbers: choose with if`);
    return context.superTransformExpression(node);
  },
  [ts.SyntaxKind.CallExpression]: (node: ts.CallExpression, context) => {
    const made = context.superTransformExpression(node);
    if (lua.isMethodCallExpression(made) && ts.isPropertyAccessExpression(node.expression)) {
      (made.name as Marked).origin = originOf(context.checker.getSymbolAtLocation(node.expression.name));
    }
    refuseForeign(node, context.checker);
    return made;
  },
  [ts.SyntaxKind.ObjectLiteralExpression]: (node: ts.ObjectLiteralExpression, context) => {
    const made = context.superTransformExpression(node);
    const type = context.checker.getContextualType(node) ?? context.checker.getTypeAtLocation(node);
    for (const field of lua.isTableExpression(made) ? made.fields : []) {
      const { key } = field;
      if (key !== undefined && lua.isStringLiteral(key)) (key as Marked).origin = originOf(...partsOf(type).map((one) => one.getProperty(key.value)));
    }
    return made;
  },
};

/** @param symbols of the member in each type that the object may have */
function originOf(...symbols: (ts.Symbol | undefined)[]): Origin {
  const known = symbols.filter((one) => one !== undefined);
  if (known.some(({ declarations }) => declarations?.some((one) => one.getSourceFile().isDeclarationFile) === true)) return "foreign";
  return known.some(({ flags }) => (flags & ts.SymbolFlags.Optional) !== 0) ? "optional" : "own";
}

function partsOf(type: ts.Type): ts.Type[] {
  return type.isUnion() ? type.types : [type];
}

/** NodeMCU knows the names that it declares, not the numbers of the firmware's. @throws UserError */
function refuseForeign(call: ts.CallExpression, checker: ts.TypeChecker): void {
  const declared = checker.getResolvedSignature(call)?.declaration;
  if (declared?.getSourceFile().isDeclarationFile !== true) return;
  for (const [i, parameter] of declared.parameters.entries()) {
    const asked = ts.isParameter(parameter) ? partsOf(checker.getTypeAtLocation(parameter)).filter(isObject).flatMap((one) => one.getProperties()) : [];
    for (const given of i < call.arguments.length ? choicesOf(call.arguments[i]) : []) {
      const members = partsOf(checker.getTypeAtLocation(given)).filter(isObject).flatMap((one) => asked.map(({ name }) => one.getProperty(name)));
      const own = members.find((one) => one !== undefined && originOf(one) !== "foreign");
      if (own === undefined || ts.isObjectLiteralExpression(given)) continue;
      throw new UserError(`${placeOf(given)}: "${own.name}" is the firmware's name of a member, of which Lua has a number: write the table where NodeMCU is given it`);
    }
  }
}

/** As `file:line`. */
function placeOf(node: ts.Node): string {
  const { fileName, text } = node.getSourceFile();
  return `${relative(root, fileName)}:${text.slice(0, node.getStart()).split("\n").length}`;
}

function isObject({ flags }: ts.Type): boolean {
  return (flags & ts.TypeFlags.Object) !== 0;
}

function choicesOf(node: ts.Expression): ts.Expression[] {
  if (ts.isParenthesizedExpression(node)) return choicesOf(node.expression);
  return ts.isConditionalExpression(node) ? [...choicesOf(node.whenTrue), ...choicesOf(node.whenFalse)] : [node];
}

/** @returns for each type of the sources the names that its objects may be asked for. */
export function memberGroups(program: ts.Program): string[][] {
  const groups: string[][] = [];
  const checker = program.getTypeChecker();
  const visit = (node: ts.Node): void => {
    if (ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node) || ts.isTypeLiteralNode(node) || ts.isIntersectionTypeNode(node)) {
      groups.push(checker.getPropertiesOfType(checker.getTypeAtLocation(node)).map(({ name }) => name));
    }
    ts.forEachChild(node, visit);
  };
  program.getSourceFiles().filter((one) => !one.isDeclarationFile).forEach(visit);
  return groups;
}

/** @returns whether a list at the top of a file is declared `readonly`, so that nobody can change it by whatever name. */
export function readonlyLists(program: ts.Program): (file: string, name: string) => boolean {
  const checker = program.getTypeChecker();
  const found = new Set<string>();
  for (const { fileName, statements } of program.getSourceFiles()) {
    for (const { name } of statements.filter(ts.isVariableStatement).flatMap((one) => one.declarationList.declarations)) {
      if (checker.getTypeAtLocation(name).symbol?.name === "ReadonlyArray") found.add(`${fileName} ${name.getText()}`);
    }
  }
  return (file, name) => found.has(`${file} ${name}`);
}
