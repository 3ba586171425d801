/**
 * On a chip every function, and every element of a list that is declared readonly, is made anew whenever it is asked for.
 * Only the types tell where that loses something: what would be lost is refused here, before anything is compiled.
 */
import { relative } from "node:path";
import ts from "typescript";
import { root } from "./sources";
import { UserError } from "./user-error";

/** @throws UserError with a line for each place where something would be lost */
export function checkMadeAnew(program: ts.Program): void {
  const checker = program.getTypeChecker();
  const faults: string[] = [];
  const visit = (node: ts.Node): void => {
    const fault = compared(checker, node) ?? memberOfFunction(checker, node) ?? givenAway(checker, node);
    if (fault !== null) faults.push(`${placeOf(node)}: ${fault}`);
    ts.forEachChild(node, visit);
  };
  program.getSourceFiles().filter((one) => !one.isDeclarationFile).forEach(visit);
  for (const { name, type } of listsOf(program)) {
    const open = openIn(checker, type, new Set());
    if (open === null) continue;
    faults.push(`${placeOf(name)}: the list ${name.getText()} is readonly, but ${open} is not, and would be forgotten when it is changed: declare that readonly too, or take the readonly from the list`);
  }
  if (faults.length > 0) throw new UserError(faults.join("\n"));
}

/** @returns the places, as `file:line`, of lists at the top of a file that are declared readonly. */
export function readonlyLists(program: ts.Program): Set<string> {
  return new Set(listsOf(program).map(({ name }) => placeOf(name)));
}

function listsOf(program: ts.Program): { name: ts.BindingName; type: ts.Type }[] {
  const checker = program.getTypeChecker();
  return program.getSourceFiles().filter((one) => !one.isDeclarationFile)
    .flatMap(({ statements }) => statements.filter(ts.isVariableStatement).flatMap((one) => [...one.declarationList.declarations]))
    .map(({ name }) => ({ name, type: checker.getTypeAtLocation(name) }))
    .filter(({ type }) => type.symbol?.name === "ReadonlyArray");
}

const unchanging = ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike | ts.TypeFlags.BooleanLike | ts.TypeFlags.EnumLike | ts.TypeFlags.Null | ts.TypeFlags.Undefined;

/** @returns what in a type can be changed, null if nothing can */
function openIn(checker: ts.TypeChecker, type: ts.Type, seen: Set<ts.Type>): string | null {
  if (seen.has(type) || (type.flags & unchanging) !== 0) return null;
  seen.add(type);
  const first = (types: readonly ts.Type[]): string | null => types.map((one) => openIn(checker, one, seen)).find((open) => open !== null) ?? null;
  if (type.isUnion()) return first(type.types);
  if (checker.isArrayType(type) || checker.isTupleType(type)) return isReadonlyList(type) ? first(checker.getTypeArguments(type as ts.TypeReference)) : checker.typeToString(type);
  const members = checker.getPropertiesOfType(type);
  const isFunction = type.getCallSignatures().length > 0;
  if ((type.flags & ts.TypeFlags.Object) === 0 || (members.length === 0 && !isFunction) || checker.getIndexInfosOfType(type).length > 0) return checker.typeToString(type);
  const open = members.find((one) => !one.declarations?.every((declaration) => (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Readonly) !== 0));
  return open === undefined ? first(members.map((one) => checker.getTypeOfSymbol(one))) : `the member ${open.name} of ${checker.typeToString(type)}`;
}

function isReadonlyList(type: ts.Type): boolean {
  return type.symbol?.name === "ReadonlyArray" || (type as ts.TupleTypeReference).target.readonly;
}

/** What the same place gives twice is not the same. */
function compared(checker: ts.TypeChecker, node: ts.Node): string | null {
  const isComparison = ts.isBinaryExpression(node) && /^[=!]==?$/.test(node.operatorToken.getText());
  const isSearch = ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && /^(indexOf|lastIndexOf)$/.test(node.expression.name.text);
  const sides = isComparison ? [node.left, node.right] : isSearch ? node.arguments : ts.isCaseClause(node) ? [node.expression] : [];
  if (sides.length === 0 || !sides.every((one) => hasObject(checker.getTypeAtLocation(one)))) return null;
  return "objects or functions are compared, and the same one may have been made twice: compare a number or a text of theirs";
}

function hasObject(type: ts.Type): boolean {
  if (type.isUnion()) return type.types.some(hasObject);
  // Any is what the compiler has refused.
  return (type.flags & (unchanging | ts.TypeFlags.Void | ts.TypeFlags.Never | ts.TypeFlags.Any)) === 0;
}

/** To the compiler what is readonly may be given as what is not. A function has nothing that could be changed. */
function givenAway(checker: ts.TypeChecker, node: ts.Node): string | null {
  if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node) && !ts.isElementAccessExpression(node) && !ts.isCallExpression(node)) return null;
  const [given, asked] = [checker.getTypeAtLocation(node), checker.getContextualType(node)].map((one) => (one === undefined ? undefined : checker.getNonNullableType(one)));
  if (given === undefined || asked === undefined || (given.flags & ts.TypeFlags.Object) === 0 || given.getCallSignatures().length > 0) return null;
  if (openIn(checker, given, new Set()) !== null || openIn(checker, asked, new Set()) === null) return null;
  return `${node.getText()} is readonly, but is given as ${checker.typeToString(asked)}, and would be forgotten when it is changed: ask for something readonly there`;
}

/** `once.calls = 0` would be kept by a function that is gone. */
function memberOfFunction(checker: ts.TypeChecker, node: ts.Node): string | null {
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken || !ts.isPropertyAccessExpression(node.left)) return null;
  if (checker.getTypeAtLocation(node.left.expression).getCallSignatures().length === 0) return null;
  return `${node.left.getText()} is a member of a function, which would forget it: keep it in a variable`;
}

/** As `file:line`. */
function placeOf(node: ts.Node): string {
  const file = node.getSourceFile();
  return `${relative(root, file.fileName)}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}
