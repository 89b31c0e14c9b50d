/** Arguments with which Node runs TypeScript in a separate process: Node 22 strips types by itself, Node 20 needs the loader. */
export const typeArguments: readonly string[] = process.features.typescript
  ? ['--disable-warning=ExperimentalWarning']
  : ['--import', import.meta.resolve('tsx')];
