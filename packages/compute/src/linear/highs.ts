let loaded: ReturnType<typeof load> | undefined

async function load() {
  const { default: highsModule } = await import('highs')
  // The package says its types are CommonJS, but what an ES module gets is the loader itself.
  return (highsModule as unknown as typeof highsModule.default)()
}

/** HiGHS (WASM), loaded when first needed. */
export function highsLoaded(): ReturnType<typeof load> {
  loaded ??= load()
  return loaded
}
