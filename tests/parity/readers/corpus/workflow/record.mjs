// Writes what GitHub's own libraries make of expressions.json and of the workflows beside it, into recorded.json.
//
//   npm install @actions/workflow-parser@0.3.61   (it brings @actions/expressions; anywhere above this file's copy)
//   node record.mjs
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { register } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Evaluator, Lexer, Parser, data } from "@actions/expressions";

// The library is made for bundlers, which ask no type of what is JSON.
const hook = `export const load = (url, context, next) =>
  next(url, url.endsWith(".json") ? { ...context, importAttributes: { type: "json" } } : context)`;
register("data:text/javascript," + encodeURIComponent(hook));
const { NoOperationTraceWriter, convertWorkflowTemplate, parseWorkflow } = await import("@actions/workflow-parser");

const here = dirname(fileURLToPath(import.meta.url));

function known(value) {
  if (value === null) return new data.Null();
  if (typeof value === "string") return new data.StringData(value);
  if (typeof value === "number") return new data.NumberData(value);
  if (typeof value === "boolean") return new data.BooleanData(value);
  return new data.Dictionary(...Object.entries(value).map(([key, inner]) => ({ key, value: known(inner) })));
}

function evaluated(text, context) {
  try {
    const contexts = Object.keys(context);
    const functions = ["contains", "startswith", "endswith", "format"].map((name) => ({ name, minArgs: 1, maxArgs: 255 }));
    const tree = new Parser(new Lexer(text).lex().tokens, contexts, functions).parse();
    return new Evaluator(tree, known(context)).evaluate().coerceString();
  } catch (error) {
    return { refused: String(error.message) };
  }
}

function plain(token) {
  return token === undefined ? undefined : JSON.parse(JSON.stringify(token));
}

async function parsed(name) {
  const content = readFileSync(join(here, name), "utf8");
  const result = parseWorkflow({ name, content }, new NoOperationTraceWriter());
  const template = await convertWorkflowTemplate(result.context, result.value, undefined, { errorPolicy: 1 });
  return { errors: result.context.errors.getErrors().map((error) => error.message), template: plain(template) };
}

const { context, texts } = JSON.parse(readFileSync(join(here, "expressions.json"), "utf8"));
const workflows = readdirSync(here).filter((name) => name.endsWith(".yml")).sort();
const recorded = { expressions: Object.fromEntries(texts.map((text) => [text, evaluated(text, context)])), workflows: {} };
for (const name of workflows) recorded.workflows[name] = await parsed(name);
writeFileSync(join(here, "recorded.json"), JSON.stringify(recorded, null, 1) + "\n");
