// The playground of the documentation: runs the examples of the quick start in a frame, on the sandbox in that frame.
import { javascript } from "@codemirror/lang-javascript";
import { basicSetup, EditorView } from "codemirror";
import { transform } from "sucrase";

/** The examples of the quick start, which the build puts here. */
declare const EXAMPLES: { title: string; code: string }[];

const find = <T extends HTMLElement>(selector: string, type: new () => T): T => {
  const element = document.querySelector(selector);
  if (!(element instanceof type)) throw new Error(`The page has no ${selector}.`);
  return element;
};
const select = find("#examples", HTMLSelectElement);
const output = find("#output", HTMLElement);

const editor = new EditorView({
  parent: find("#editor", HTMLElement),
  extensions: [
    basicSetup,
    javascript({ typescript: true }),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ "aria-label": "Code" }),
  ],
});

for (const { title } of EXAMPLES) select.add(new Option(title));
const show = () => {
  const insert = EXAMPLES[select.selectedIndex]?.code ?? "";
  editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert } });
};
select.addEventListener("change", show);
show();

const print = (text: string, className = "") => {
  const line = document.createElement("div");
  line.textContent = text;
  line.className = className;
  output.append(line);
};
const textOf = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value, undefined, 2));

/** The packages, beside this page. */
const imports = Object.fromEntries(
  ["omicall-partner", "omicall-partner-sandbox"].map((name) => [name, new URL(`${name}/dist/index.js`, location.href)]),
);

let frame: HTMLIFrameElement | undefined;

/** Runs the code in a new frame, so that nothing is left of the run before. */
function run() {
  output.replaceChildren();
  frame?.remove();
  let code: string;
  try {
    ({ code } = transform(editor.state.doc.toString(), { transforms: ["typescript"], disableESTransforms: true }));
  } catch (error) {
    return print(String(error), "error");
  }
  frame = document.createElement("iframe");
  frame.hidden = true;
  document.body.append(frame);
  const page = frame.contentWindow as (Window & typeof globalThis) | null;
  if (!page) return;
  for (const method of ["log", "info", "warn", "error"] as const) {
    page.console[method] = (...values: unknown[]) =>
      print(values.map((value) => (value instanceof page.Error ? String(value) : textOf(value))).join(" "), method);
  }
  page.addEventListener("error", ({ message }) => print(message, "error"));
  page.addEventListener("unhandledrejection", ({ reason }) => print(String(reason), "error"));
  const add = (type: string, text: string) => {
    const script = page.document.createElement("script");
    script.type = type;
    script.textContent = text;
    page.document.head.append(script);
  };
  add("importmap", JSON.stringify({ imports }));
  add("module", code);
}

find("#run", HTMLButtonElement).addEventListener("click", run);
