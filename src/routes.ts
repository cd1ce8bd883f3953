import type { Routes } from './kernel/http/app.ts'

/** Everything the server answers, in the order it is added. */
export const routes: readonly Routes[] = []
