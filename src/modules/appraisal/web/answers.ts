import { SCALES, type Grade, type Scale } from '../words.ts'

/** Answers as they are typed: a scale in use, or one's own, 、 between them, points behind where they count: 好 100、一般 60. */
export interface DraftAnswers {
  scale: keyof typeof SCALES | 'own'
  own: string
}
/** A question beside the first; `same` answers as the first does. */
export interface DraftQuestion {
  title: string
  scale: DraftAnswers['scale'] | 'same'
  own: string
}

const split = (text: string): string[] =>
  text
    .split(/[、，,\n]+/)
    .map((one) => one.trim())
    .filter(Boolean)

/** Points from which an answer of one's own counts as good. */
const GOOD_FROM = 60

export function scaleOf({ scale, own }: DraftAnswers): Scale {
  if (scale !== 'own') return SCALES[scale]
  const grades = split(own).map((text): Grade => {
    const [, title, points] = /^(.*?)\s*(\d+)\s*分?$/.exec(text) ?? [text, text, undefined]
    return points === undefined || !title ? { title: text, points: null } : { title, points: Number(points) }
  })
  if (!grades.length || grades.some((grade) => grade.points === null)) return { grades, good: 0 }
  const good = grades.filter((grade) => grade.points! >= GOOD_FROM).length
  return { grades, good: Math.min(Math.max(good, 1), Math.max(grades.length - 1, 1)) }
}

const textOf = (grades: readonly Grade[]): string =>
  grades.map((grade) => (grade.points === null ? grade.title : `${grade.title} ${grade.points}`)).join('、')

/** A stored scale as it would be typed. */
export function answersOf(scale: Scale): DraftAnswers {
  const known = (Object.keys(SCALES) as (keyof typeof SCALES)[]).find(
    (one) => textOf(SCALES[one].grades) === textOf(scale.grades) && SCALES[one].good === scale.good,
  )
  return known ? { scale: known, own: '' } : { scale: 'own', own: textOf(scale.grades) }
}

/** A scale in a list of choices. */
export const scaleLabel = (scale: keyof typeof SCALES): string =>
  SCALES[scale].grades
    .map((grade) => (scale === 'consent' ? grade.title : `${grade.title} ${grade.points}`))
    .join(' · ')
