import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withhold, type Whole } from './withhold.ts'

const held = (sizes: Record<string, number>, wholes: Whole[], k = 5) =>
  Object.fromEntries(withhold(new Map(Object.entries(sizes)), wholes, k))

test('a small part takes the next smallest with it, since the whole less the rest would be it', () => {
  const wholes = [{ whole: 'all', parts: ['deep', 'relative', 'accident'] }]
  expect(held({ all: 63, deep: 3, relative: 40, accident: 20 }, wholes)).toEqual({ deep: 'small', accident: 'beside' })
  // Where no part is left, the whole goes.
  expect(held({ all: 7, deep: 3, relative: 4 }, wholes)).toEqual({ deep: 'small', relative: 'small', all: 'beside' })
  expect(held({ all: 60, deep: 20, relative: 40, accident: 0 }, wholes)).toEqual({})
})

test('two shown figures never differ by a small group', () => {
  const wholes = [{ whole: 'people', parts: ['ill'] }]
  expect(held({ people: 40, ill: 38 }, wholes)).toEqual({ ill: 'beside' })
  expect(held({ people: 40, ill: 40 }, wholes)).toEqual({})
  expect(held({ people: 40, ill: 35 }, wholes)).toEqual({})
})

test('a part held back beside another doesn’t come back out of its own parts', () => {
  const wholes = [
    { whole: 'all', parts: ['few', 'some'] },
    { whole: 'some', parts: ['men', 'women'] },
  ]
  // 20 − (8 + 10) would be the two.
  const found = held({ all: 20, few: 2, some: 18, men: 8, women: 10 }, wholes)
  expect(found).toEqual({ few: 'small', some: 'beside', men: 'beside' })
})

/** Everything that a reader can take apart: a part's possible sizes, given what is shown and how this rule works. */
function possible(
  part: string,
  whole: Whole,
  sizes: Map<string, number>,
  hidden: ReadonlyMap<string, string>,
  k: number,
): [number, number] {
  const total = sizes.get(whole.whole)!
  const known = whole.parts.filter((id) => !hidden.has(id)).reduce((sum, id) => sum + sizes.get(id)!, 0)
  const others = whole.parts.filter((id) => hidden.has(id) && id !== part)
  const least = others.reduce((sum, id) => sum + (hidden.get(id) === 'small' ? 1 : k), 0)
  const bounded = others.every((id) => hidden.get(id) === 'small')
  // A reader who is told that the parts make the whole knows more than one who isn't; be that reader.
  const complete = total === whole.parts.reduce((sum, id) => sum + sizes.get(id)!, 0)
  const most = bounded && complete ? others.length * (k - 1) : Number.POSITIVE_INFINITY
  return [Math.max(1, total - known - most), Math.min(k - 1, total - known - least)]
}

test('whatever the table and the threshold, every size from 1 to k−1 stays possible for each small part', () => {
  const size = fc.integer({ min: 0, max: 30 })
  const table = fc.record({
    k: fc.integer({ min: 3, max: 10 }),
    parts: fc.array(size, { minLength: 1, maxLength: 6 }),
    uncounted: fc.oneof(fc.constant(0), size),
  })
  fc.assert(
    fc.property(table, ({ k, parts, uncounted }) => {
      const ids = parts.map((_, at) => `p${at}`)
      const sizes = new Map(parts.map((each, at) => [ids[at]!, each]))
      sizes.set(
        'all',
        parts.reduce((sum, each) => sum + each, uncounted),
      )
      const whole = { whole: 'all', parts: ids }
      const pairs = ids.map((id) => ({ whole: 'all', parts: [id] }))
      const hidden = withhold(sizes, [whole, ...pairs], k)
      for (const [id, each] of sizes) expect(hidden.get(id) === 'small').toBe(each > 0 && each < k)
      if (hidden.has('all')) return
      for (const id of ids) {
        if (hidden.get(id) === 'small') expect(possible(id, whole, sizes, hidden, k)).toEqual([1, k - 1])
        const difference = sizes.get('all')! - sizes.get(id)!
        if (!hidden.has(id) && sizes.get(id)! > 0) expect(difference > 0 && difference < k).toBe(false)
      }
      // The remainder of the whole that no part tells is as much of a group.
      const rest = sizes.get('all')! - ids.filter((id) => !hidden.has(id)).reduce((sum, id) => sum + sizes.get(id)!, 0)
      expect(rest > 0 && rest < k).toBe(false)
    }),
    { numRuns: 2000 },
  )
})
