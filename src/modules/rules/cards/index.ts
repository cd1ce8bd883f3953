import { cardsOn, type RuleCard } from '../../../kernel/rules/card.ts'
import { congressCards } from './congress.ts'
import { electionCards } from './elections.ts'
import { foundingCards } from './founding.ts'
import { generalCards } from './general.ts'
import { homeCards } from './homes.ts'
import { letterCards } from './letters.ts'
import { membershipCards } from './membership.ts'
import { opennessCards } from './openness.ts'
import { personalDataCards } from './personal-data.ts'
import { spendingCards } from './spending.ts'
import { termCards } from './terms.ts'
import { womenCards } from './women.ts'

/** Every card that ships, in the order of the rules page. */
export const cards: readonly RuleCard[] = [
  ...generalCards,
  ...foundingCards,
  ...membershipCards,
  ...termCards,
  ...electionCards,
  ...congressCards,
  ...womenCards,
  ...homeCards,
  ...letterCards,
  ...opennessCards,
  ...personalDataCards,
  ...spendingCards,
]

/** The version of a rule in force on a day; null when there was none. */
export const cardOn = (id: string, day: string): RuleCard | null =>
  cardsOn(cards, day).find((card) => card.id === id) ?? null
