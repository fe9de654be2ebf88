// The playground of the documentation: runs the examples of the quick start in a frame, on the sandbox in that frame.
import { javascript } from "@codemirror/lang-javascript";
import { oneDark } from "@codemirror/theme-one-dark";
import { basicSetup, EditorView } from "codemirror";
import { format } from "node-inspect-extracted";
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

/** The code of each example, with the user's changes. */
const codes = EXAMPLES.map(({ code }) => code);
for (const { title } of EXAMPLES) select.add(new Option(title));

/** The page of the documentation around this one sets its theme: "os", "light" or "dark". */
const site = parent.document.documentElement;
const osIsDark = matchMedia("(prefers-color-scheme: dark)");

let editor: EditorView | undefined;

/** Shows the code of the chosen example, in the theme of the site. */
function show() {
  const example = select.selectedIndex;
  const theme = site.dataset["theme"] ?? "os";
  const isDark = theme === "dark" || (theme === "os" && osIsDark.matches);
  document.documentElement.style.colorScheme = isDark ? "dark" : "light";
  editor?.destroy();
  editor = new EditorView({
    parent: find("#editor", HTMLElement),
    doc: codes[example] ?? "",
    extensions: [
      basicSetup,
      javascript({ typescript: true }),
      isDark ? oneDark : [],
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": "Code" }),
      EditorView.updateListener.of(({ state }) => (codes[example] = state.doc.toString())),
    ],
  });
}

let frame: HTMLIFrameElement | undefined;

/** Ends the run and removes its output. */
function clear() {
  frame?.remove();
  output.replaceChildren();
}

clear();
show();
new MutationObserver(show).observe(site, { attributeFilter: ["data-theme"] });
osIsDark.addEventListener("change", show);
select.addEventListener("change", () => {
  clear();
  show();
});

const print = (text: string, className = "") => {
  const line = document.createElement("div");
  line.textContent = text;
  line.className = className;
  output.append(line);
};

/** The packages, beside this page. */
const imports = Object.fromEntries(
  ["omicall-partner", "omicall-partner-sandbox"].map((name) => [name, new URL(`${name}/dist/index.js`, location.href)]),
);

/** Runs the code in a new frame, so that nothing is left of the run before. */
function run() {
  clear();
  output.scrollIntoView({ block: "nearest" });
  let code: string;
  try {
    const typescript = codes[select.selectedIndex] ?? "";
    ({ code } = transform(typescript, { transforms: ["typescript"], disableESTransforms: true }));
  } catch (error) {
    return print(String(error), "error");
  }
  frame = document.createElement("iframe");
  frame.hidden = true;
  document.body.append(frame);
  const page = frame.contentWindow as (Window & typeof globalThis) | null;
  if (!page) return;
  /** An error as a line, with its code if it has one; any other value as it is. */
  const lineOf = (value: unknown) => {
    if (!(value instanceof page.Error)) return value;
    return "code" in value ? `${value.name} (${value.code}): ${value.message}` : String(value);
  };
  for (const method of ["log", "info", "warn", "error"] as const) {
    page.console[method] = (...values: unknown[]) => print(format(...values.map(lineOf)), method);
  }
  page.addEventListener("error", ({ error, message }) => print(format(lineOf(error ?? message)), "error"));
  page.addEventListener("unhandledrejection", ({ reason }) => print(format(lineOf(reason)), "error"));
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
