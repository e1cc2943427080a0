import { resolve } from "node:path";
import ts from "typescript";

/** A part of a Pulumi package schema that says what a property holds. */
export interface TypeSpec {
  type?: "string" | "number" | "integer" | "boolean" | "array" | "object";
  $ref?: string;
  items?: TypeSpec;
  additionalProperties?: TypeSpec;
  oneOf?: TypeSpec[];
}

export interface PropertySpec extends TypeSpec {
  description?: string;
  secret?: boolean;
  deprecationMessage?: string;
  /** The provider replaces the resource when this changes: what its documentation says. */
  willReplaceOnChanges?: boolean;
}

export interface ObjectSpec {
  type: "object";
  description: string;
  properties: Record<string, PropertySpec>;
  required?: string[];
}

export interface EnumSpec {
  type: "string";
  description: string;
  enum: { name?: string; value: string; description: string }[];
}

/**
 * Reads exported interfaces of the package's sources as schema types: docstrings become descriptions, `?` means
 * optional, an alias of the elements of a list of documented texts an enum, `Integer` an integer, `PropertyMap` an object of anything,
 * `Archive` one of Pulumi's.
 */
export class InterfaceReader {
  /** Every named type that an interface read so far refers to, by its token. */
  readonly types: Record<string, ObjectSpec | EnumSpec> = {};
  readonly #packageName: string;
  readonly #program: ts.Program;
  readonly #checker: ts.TypeChecker;

  constructor(packageName: string, files: readonly string[]) {
    this.#packageName = packageName;
    this.#program = ts.createProgram([...files], {
      strict: true,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      allowImportingTsExtensions: true,
      noEmit: true,
      types: [],
    });
    this.#checker = this.#program.getTypeChecker();
  }

  /** The exported interface of that name in that file. */
  read(file: string, name: string): ObjectSpec {
    const source = this.#program.getSourceFile(resolve(file));
    const declaration = source?.statements.find(
      (statement): statement is ts.InterfaceDeclaration =>
        ts.isInterfaceDeclaration(statement) && statement.name.text === name,
    );
    if (declaration === undefined) throw new Error(`${file} exports no interface ${name}`);
    return this.#objectSpecOf(declaration);
  }

  #objectSpecOf(declaration: ts.InterfaceDeclaration): ObjectSpec {
    const members = this.#checker.getPropertiesOfType(this.#checker.getTypeAtLocation(declaration));
    // What `Omit` leaves has its declaration only in the list.
    const signatures = members.flatMap((member) => member.valueDeclaration ?? member.declarations?.[0] ?? []);
    const properties = signatures.filter(ts.isPropertySignature);
    const required = properties.filter((property) => property.questionToken === undefined).map(nameOf);
    return {
      type: "object",
      description: descriptionOf(declaration),
      properties: Object.fromEntries(properties.map((property) => [nameOf(property), this.#propertySpecOf(property)])),
      ...(required.length > 0 ? { required } : {}),
    };
  }

  #propertySpecOf(property: ts.PropertySignature): PropertySpec {
    if (property.type === undefined) throw new Error(`${nameOf(property)} has no type`);
    const tags = ts.getJSDocTags(property).map((tag) => [tag.tagName.text, textOf(tag.comment)] as const);
    const deprecated = tags.find(([tag]) => tag === "deprecated");
    return {
      ...this.#typeSpecOf(property.type),
      description: descriptionOf(property),
      ...(tags.some(([tag]) => tag === "secret") ? { secret: true } : {}),
      ...(deprecated ? { deprecationMessage: deprecated[1] } : {}),
    };
  }

  #typeSpecOf(node: ts.TypeNode): TypeSpec {
    switch (node.kind) {
      case ts.SyntaxKind.StringKeyword:
        return { type: "string" };
      case ts.SyntaxKind.NumberKeyword:
        return { type: "number" };
      case ts.SyntaxKind.BooleanKeyword:
        return { type: "boolean" };
    }
    if (ts.isTypeOperatorNode(node)) return this.#typeSpecOf(node.type);
    if (ts.isParenthesizedTypeNode(node)) return this.#typeSpecOf(node.type);
    if (ts.isArrayTypeNode(node)) return { type: "array", items: this.#typeSpecOf(node.elementType) };
    if (ts.isUnionTypeNode(node) && this.#literalsOf(node)) throw new Error(`Give ${node.getText()} a name and docs`);
    if (ts.isUnionTypeNode(node)) return { oneOf: node.types.map((type) => this.#typeSpecOf(type)) };
    if (ts.isTypeReferenceNode(node)) return this.#referenceSpecOf(node);
    throw new Error(`The schema has no word for the type ${node.getText()}`);
  }

  #referenceSpecOf(node: ts.TypeReferenceNode): TypeSpec {
    const name = node.typeName.getText();
    const [first, second] = node.typeArguments ?? [];
    if (name === "Integer") return { type: "integer" };
    if (name === "Archive") return { $ref: "pulumi.json#/Archive" };
    if (name === "Value") return anything;
    if (name === "PropertyMap") return { type: "object", additionalProperties: anything };
    if (["Readonly", "Input", "Output"].includes(name) && first) return this.#typeSpecOf(first);
    if (name === "Record" && second) return { type: "object", additionalProperties: this.#typeSpecOf(second) };
    return this.#namedSpecOf(name, this.#declarationOf(node.typeName));
  }

  #namedSpecOf(name: string, declaration: ts.Declaration): TypeSpec {
    // SDKs add `Args` to the names of what a program writes.
    const token = `${this.#packageName}:index:${name.replace(/Args$/, "")}`;
    const reference = { $ref: `#/types/${token}` };
    if (token in this.types) return this.types[token]?.type === "string" ? asText(reference) : reference;
    if (ts.isInterfaceDeclaration(declaration)) {
      // Put down first, so that a type that refers to itself ends the walk.
      this.types[token] = { type: "object", description: "", properties: {} };
      this.types[token] = this.#objectSpecOf(declaration);
      return reference;
    }
    if (!ts.isTypeAliasDeclaration(declaration)) throw new Error(`${name} is neither an interface nor an alias`);
    if (this.#literalsOf(declaration.type) === undefined) return this.#typeSpecOf(declaration.type);
    const values = this.#wordsOf(declaration).map(({ text, description }) => enumValue(text, description));
    this.types[token] = { type: "string", description: descriptionOf(declaration), enum: values };
    return asText(reference);
  }

  /** The elements of the list that a type is made of: `(typeof list)[number]`. */
  #wordsOf(declaration: ts.TypeAliasDeclaration): { text: string; description: string }[] {
    const indexed = ts.isIndexedAccessTypeNode(declaration.type) ? declaration.type.objectType : declaration.type;
    const query = ts.isParenthesizedTypeNode(indexed) ? indexed.type : indexed;
    const list = ts.isTypeQueryNode(query) ? this.#declarationOf(query.exprName) : undefined;
    const value = list && ts.isVariableDeclaration(list) ? list.initializer : undefined;
    const elements = value && ts.isAsExpression(value) ? value.expression : value;
    if (elements === undefined || !ts.isArrayLiteralExpression(elements))
      throw new Error(`${declaration.name.text} must be made of a list of texts, so that each can have a docstring`);
    return elements.elements.filter(ts.isStringLiteral).map((element) => ({
      text: element.text,
      description: leadingDocstringOf(element),
    }));
  }

  /** The texts that a type allows, if it allows nothing else. */
  #literalsOf(node: ts.TypeNode): string[] | undefined {
    const type = this.#checker.getTypeFromTypeNode(node);
    const members = type.isUnion() ? type.types : [type];
    const literals = members.filter((member) => member.isStringLiteral());
    return literals.length === members.length ? literals.map(({ value }) => value) : undefined;
  }

  #declarationOf(name: ts.EntityName): ts.Declaration {
    const symbol = this.#checker.getSymbolAtLocation(name);
    const target = symbol && symbol.flags & ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(symbol) : symbol;
    const declaration = target?.declarations?.[0];
    if (declaration === undefined) throw new Error(`${name.getText()} is declared nowhere`);
    return declaration;
  }
}

const anything: TypeSpec = { $ref: "pulumi.json#/Any" };

/** An enum whose words may also come as any text: from a configuration value, say, or another resource's output. */
export function asText(reference: TypeSpec): TypeSpec {
  return { type: "string", oneOf: [{ type: "string" }, reference] };
}

/** A word that an enum allows, with a name that every language can take: `V1_6_2`, `KuberayOperator`. */
export function enumValue(value: string, description: string): EnumSpec["enum"][number] {
  if (/^[A-Za-z]\w*$/.test(value)) return { value, description };
  const words = value.slice(value.lastIndexOf("/") + 1).split("-");
  const name = /^\d/.test(value) ? `V${value.replaceAll(".", "_")}` : words.map(capitalized).join("");
  return { name, value, description };
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function nameOf(property: ts.PropertySignature): string {
  return (property.name as ts.Identifier).text;
}

/** The comment before an element of a list. */
function leadingDocstringOf(element: ts.StringLiteral): string {
  const text = element.getSourceFile().getFullText();
  const comments = ts.getLeadingCommentRanges(text, element.getFullStart()) ?? [];
  const docstring = comments.map(({ pos, end }) => /^\/\*\*(.*)\*\/$/s.exec(text.slice(pos, end))?.[1]).at(-1);
  if (docstring === undefined) throw new Error(`"${element.text}" has no docstring`);
  return docstring.replaceAll(/\s*\n\s*\*?\s*/g, " ").trim();
}

/** The docstring of a declaration with its line breaks taken out; a public thing without one is an error. */
function descriptionOf(declaration: ts.Node & { readonly name?: ts.Node | undefined }): string {
  const [documentation] = ts.getJSDocCommentsAndTags(declaration).filter(ts.isJSDoc);
  const description = textOf(documentation?.comment);
  if (description === "") throw new Error(`${declaration.name?.getText()} has no docstring`);
  return description;
}

function textOf(comment: string | ts.NodeArray<ts.JSDocComment> | undefined): string {
  const text = ts.getTextOfJSDocComment(comment) ?? "";
  return text
    .split(/\n{2,}/)
    .map((paragraph) => (/^\s*[-*|]/m.test(paragraph) ? paragraph : paragraph.replaceAll(/\s*\n\s*/g, " ")))
    .join("\n\n")
    .trim();
}
