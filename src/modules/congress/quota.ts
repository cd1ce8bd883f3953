import { reaches, type Share } from '../../kernel/rules/arithmetic.ts'
import type { Body } from './words.ts'

/** Arithmetic of seats: how many delegates, shared among electoral units. Integers; every step is said. */

/**
 * The least number of staff delegates: five per cent of the staff, not fewer than 30, and from 100 on a matter of agreement
 * (企业民主管理规定 第八条).
 * @param staff everybody employed
 */
export function leastDelegates(staff: number): { least: number; steps: string[] } {
  const share = Math.floor((5 * staff + 99) / 100)
  const least = Math.min(100, Math.max(30, share))
  return {
    least,
    steps: [
      `职工${staff}人的百分之五：5×${staff}÷100${(5 * staff) % 100 ? '，不足一人的进一' : ''}，为${share}人。`,
      share < 30
        ? `${share}人不足30人，至少选30人。`
        : share > 100
          ? `${share}人超过100人，至少选100人，超过100人的部分由企业与工会协商。`
          : `在30人至100人之间，至少选${share}人。`,
    ],
  }
}

export interface Quota {
  seats: number
  /** What the largest remainder was decided by: people × seats mod total. */
  remainder: number
}

/**
 * Shares seats among electoral units by their people: whole parts first, what is left to the largest remainders; equal
 * remainders go to the larger unit, then to the earlier one. Each unit gets one seat at least while there are enough.
 * @throws RangeError when there are fewer seats than units
 */
export function shareSeats(people: readonly number[], seats: number): Quota[] {
  if (seats < people.length) throw new RangeError('fewer seats than electoral units')
  const total = people.reduce((sum, n) => sum + n, 0)
  const quotas = people.map((n) => ({
    seats: Math.max(1, Math.floor((n * seats) / total)),
    remainder: (n * seats) % total,
  }))
  const given = (): number => quotas.reduce((sum, quota) => sum + quota.seats, 0)
  const byRemainder = people
    .map((_, index) => index)
    .toSorted(
      (one, other) => quotas[other]!.remainder - quotas[one]!.remainder || people[other]! - people[one]! || one - other,
    )
  for (const index of byRemainder) {
    if (given() >= seats) break
    if (people[index]! * seats >= total) quotas[index]!.seats++
  }
  // Small units that were lifted to one seat cost the largest ones theirs.
  while (given() > seats) {
    const largest = quotas.reduce((best, quota, index) => {
      const more = quota.seats - quotas[best]!.seats
      return more > 0 || (more === 0 && people[index]! < people[best]!) ? index : best
    }, 0)
    quotas[largest]!.seats--
  }
  for (let at = 0; given() < seats; at = (at + 1) % people.length) quotas[byRemainder[at]!]!.seats++
  return quotas
}

export interface Composition {
  /** In office. */
  delegates: number
  /** Seats that somebody left and nobody took since. */
  vacated: number
  frontLine: number
  managers: number
  women: number
}

export interface Check {
  id: string
  title: string
  holds: boolean
  /** The sum, in words. */
  words: string
}

/** What the make-up of the delegates is held against; the verdicts only warn. The rule card of each id has the article. */
export function compositionChecks(
  body: Body,
  made: Composition,
  people: { people: number; women: number; seats: number },
): Check[] {
  const { delegates, managers, women, frontLine, vacated } = made
  if (delegates === 0) return []
  const crosses = (left: number, right: number): string => (left > right ? '＞' : left === right ? '＝' : '＜')
  const checks: Check[] = [
    {
      id: body === 'staff' ? 'SC-MGR-20' : 'MC-MGR-20',
      title: '中层以上管理人员和领导人员不超过20%',
      holds: 100 * managers <= 20 * delegates,
      words: `代表${delegates}人，其中管理和领导人员${managers}人：100×${managers}＝${100 * managers}，20×${delegates}＝${20 * delegates}，${100 * managers}${crosses(100 * managers, 20 * delegates)}${20 * delegates}，${100 * managers <= 20 * delegates ? '未超过20%' : `超过20%，最多${Math.floor((20 * delegates) / 100)}人`}。`,
    },
    {
      id: body === 'staff' ? 'SC-WOMEN' : 'MC-COMP',
      title: '女代表比例与女职工比例相适应',
      holds: women * people.people >= people.women * delegates,
      words: `女代表${women}人、代表${delegates}人，女职工${people.women}人、共${people.people}人：${women}×${people.people}＝${women * people.people}，${people.women}×${delegates}＝${people.women * delegates}，${women * people.people >= people.women * delegates ? '不低于女职工所占比例' : `低于女职工所占比例，至少${Math.ceil((people.women * delegates) / people.people)}人`}。`,
    },
    frontLineCheck(body, frontLine, delegates, crosses),
  ]
  // 会员代表大会条例 第二十九条: more than a quarter vacant starts the three months of a by-election.
  if (body === 'members' && vacated > 0)
    checks.push({
      id: 'MC-FILL-REP',
      title: '代表空缺不超过名额的四分之一',
      holds: 4 * vacated <= people.seats,
      words: `名额${people.seats}人，离任后没有补选的${vacated}人：4×${vacated}＝${4 * vacated}，${4 * vacated}${crosses(4 * vacated, people.seats)}${people.seats}，${4 * vacated <= people.seats ? '未超过四分之一，由原选举单位及时补选' : '超过四分之一，三个月内补选'}。`,
    })
  if (body === 'staff') {
    const { least, steps } = leastDelegates(people.people)
    checks.unshift({
      id: 'SC-NUM',
      title: '代表名额',
      holds: people.seats >= least,
      words: `${steps.join('')}名额${people.seats}人，${people.seats >= least ? '达到' : '未达到'}。`,
    })
  }
  return checks
}

/** Members' delegates are workers in their majority; for the staff congress some provinces ask for half. */
function frontLineCheck(
  body: Body,
  count: number,
  delegates: number,
  crosses: (left: number, right: number) => string,
): Check {
  const share: Share = { p: 1, q: 2, strict: body === 'members' }
  const holds = reaches(count, delegates, share)
  const name = body === 'members' ? '过半数' : '半数以上'
  return {
    id: body === 'members' ? 'MC-COMP' : 'SC-FRONT-50',
    title: '以一线职工为主体',
    holds,
    words: `一线职工代表${count}人：2×${count}＝${2 * count}，代表${delegates}人，${2 * count}${crosses(2 * count, delegates)}${delegates}，${holds ? '达到' : '未达到'}${name}。`,
  }
}
