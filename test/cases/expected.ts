import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { GENRES, type Genre } from '../../src/kernel/register/declaration.ts'
import { unionKinds, unitTypes } from '../../src/modules/organisation/types.ts'

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

/** A figure a real report printed. Money in yuan, rates in per cent. */
const comparedFigure = z.strictObject({
  id: z.string(),
  metric: z.string(),
  kind: z.string(),
  value: z.number(),
  unit: z.string(),
  qualifier: z.enum(['exact', '余', '近', '以上', '以内', '区间']),
  min: z.number().optional(),
  max: z.number().optional(),
  /** 届.次: the second number and the metric that states it. */
  session: z.strictObject({ metric: z.string(), value: z.number() }).optional(),
  period: z.strictObject({ from: day, to: day }),
})
const figure = z.union([
  comparedFigure,
  /** the report's own number was blotted out */
  z.strictObject({ id: z.string(), masked: z.literal(true) }),
  /** the report says «several» */
  z.strictObject({ id: z.string(), vague: z.literal(true) }),
])
const setting = z.strictObject({
  year: z.int(),
  genre: z.enum(Object.keys(GENRES) as [Genre, ...Genre[]]),
  unitType: z.enum(unitTypes),
  unitKind: z.enum(unionKinds),
})

export type Compared = z.infer<typeof comparedFigure>
export interface Case {
  id: string
  setting: z.infer<typeof setting>
  figures: z.infer<typeof figure>[]
}

const read = (id: string, name: string): unknown =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, id, name), 'utf8'))

export const readCase = (id: string): Case => ({
  id,
  setting: setting.parse(read(id, 'case.json')),
  figures: z.array(figure).parse(read(id, 'expected.json')),
})

/** Whether a printed value is what the report's wording allows. */
export function fits(value: number, wanted: Compared): boolean {
  switch (wanted.qualifier) {
    case 'exact':
      return value === wanted.value
    // «ten-odd» is more than ten and not twenty.
    case '余':
      return value > wanted.value && value < 2 * wanted.value
    case '近':
      return value < wanted.value && value >= 0.9 * wanted.value
    case '以上':
      return value >= wanted.value
    case '以内':
      return value > 0 && value <= wanted.value
    case '区间':
      return value >= wanted.min! && value <= wanted.max!
  }
}

/** 人, 名 and 位 count the same; a session (届.次) is compared by both of its numbers. */
export function sameUnit(one: string, other: string): boolean {
  const plain = (unit: string): string => (['名', '位'].includes(unit) ? '人' : unit === '届.次' ? '届' : unit)
  return plain(one) === plain(other)
}
