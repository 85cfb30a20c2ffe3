export * from './config.ts'
export * from './programme/recipe.ts'
export * from './programme/sample-data.ts'
export * from './programme/walk.ts'
