import { addMonths, parts, type Day } from '../../kernel/calendar/days.ts'

/**
 * The day the law lets somebody retire. Since 2025 it is put off step by step: men and women of 55 by a month for every four
 * months, up to 63 and 58; women of 50 by a month for every two, up to 55 (全国人大常委会关于实施渐进式延迟法定退休年龄的决定, 2024-09-13).
 * A proposal: which of the two ages a woman's post has, and whether somebody goes earlier or later, is for the employer to say.
 */
export const CATEGORIES = {
  m60: { title: '男职工（原 60 周岁）', years: 60, step: 4, most: 36 },
  f55: { title: '女职工（原 55 周岁）', years: 55, step: 4, most: 36 },
  f50: { title: '女职工（原 50 周岁）', years: 50, step: 2, most: 60 },
} as const
export type Category = keyof typeof CATEGORIES

const FIRST = 2025 * 12

/** @returns the age as it was before 2025, and as it is now */
export function retirementDay(category: Category, bornOn: Day): { original: Day; statutory: Day; delayMonths: number } {
  const { years, step, most } = CATEGORIES[category]
  const original = addMonths(bornOn, years * 12)
  const { year, month } = parts(original)
  const since = year * 12 + (month - 1) - FIRST
  const delayMonths = since < 0 ? 0 : Math.min(most, Math.floor(since / step) + 1)
  return { original, statutory: addMonths(original, delayMonths), delayMonths }
}
