import { z } from 'zod'
import { Problem } from '../contract/problem.ts'

/** Chinese sentences for what zod finds; a schema may give a better one of its own (`z.string('请填写姓名')`). */
z.config(z.locales.zhCN())

/**
 * Checks input against its schema and returns the typed value.
 * @throws Problem 422 `invalid-input` with one sentence per field
 */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const fields: Record<string, string> = {}
  for (const issue of result.error.issues) fields[issue.path.join('.') || '_'] ??= issue.message
  throw new Problem(422, 'invalid-input', '有内容未填写正确，请按提示修改后再提交。', fields)
}

/** A path or query number. */
export const id = z.coerce.number().int().positive()
export const year = z.coerce.number().int().min(1949).max(2100)
export const day = z.iso.date('请按 2026-03-05 的样式填写日期')
