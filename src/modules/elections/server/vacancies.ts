import type { Actor } from '../../../kernel/access/actor.ts'
import { allows } from '../../../kernel/access/access.ts'
import { notFound } from '../../../kernel/contract/problem.ts'
import type { Db } from '../../../kernel/db/database.ts'
import { termsOf, type Officer, type Term } from '../../organisation/public.ts'
import { extensionsOf, type Extension } from './extension.ts'

export interface Vacancy {
  post: string
  /** Who left, when and why. */
  name: string
  since: string
  reason: string | null
}
export interface RunningTerm extends Omit<Term, 'officers'> {
  officers: { name: string; post: string }[]
  vacancies: Vacancy[]
  extensions: Extension[]
}

/** Terms that run at a union with the places that fell vacant and the extensions allowed. @throws Problem 404 */
export async function runningTerms(db: Db, actor: Actor, unitId: number): Promise<RunningTerm[]> {
  if (!(await allows(db, actor, 'elections.read', unitId))) throw notFound('单位')
  const [terms, extensions] = await Promise.all([termsOf(db, unitId), extensionsOf(db, unitId)])
  return terms
    .filter((term) => !term.endedOn)
    .map((term) => ({
      ...term,
      officers: term.officers.filter((one) => !one.toOn).map(({ name, post }) => ({ name, post })),
      vacancies: vacanciesOf(term.officers),
      extensions: extensions.filter((one) => one.termId === term.id),
    }))
}

/**
 * Places of a term that somebody left and nobody took since: each who left is matched with one who came to the same post
 * on that day or later. The oldest vacancy is filled first.
 */
export function vacanciesOf(officers: readonly Officer[]): Vacancy[] {
  const came = officers.toSorted((one, other) => one.fromOn.localeCompare(other.fromOn) || one.id - other.id)
  const taken = new Set<number>()
  return officers
    .filter((one) => one.toOn)
    .toSorted((one, other) => one.toOn!.localeCompare(other.toOn!) || one.id - other.id)
    .flatMap((left) => {
      const successor = came.find(
        (one) =>
          one.id !== left.id &&
          one.post === left.post &&
          // Whoever was elected beside the one who left took nobody's place.
          one.fromOn > left.fromOn &&
          one.fromOn >= left.toOn! &&
          !taken.has(one.id),
      )
      if (successor) taken.add(successor.id)
      return successor ? [] : [{ post: left.post, name: left.name, since: left.toOn!, reason: left.reason }]
    })
}
