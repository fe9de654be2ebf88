/** `using`, also in projects without the library `esnext.disposable`, which TypeScript has from 5.2 on. The declarations merge. */
declare global {
  interface SymbolConstructor {
    readonly dispose: unique symbol;
  }
  interface Disposable {
    [Symbol.dispose](): void;
  }
}
export {};
