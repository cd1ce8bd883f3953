import type { Actor } from '../access/actor.ts'
import type { Db, Tx } from '../db/database.ts'
import type { RuleCard } from '../rules/card.ts'

/**
 * What a person may do to a thing that goes through hands. 退回 sends it back to be mended, 否决 ends it; 转办 gives the
 * waiting to somebody else, 加签 asks one more person before the 同意, 会签 is that person's answer, 催办 only reminds.
 */
const VERBS = ['提交', '撤回', '同意', '退回', '否决', '转办', '加签', '会签', '催办', '公示', '终止'] as const
export type Verb = (typeof VERBS)[number]

/** A lifecycle as data: a chain of states, who moves it on, what must be there, which clock runs. */
export interface Machine {
  /** `<module>.<name>`, also the kind of its to-dos. */
  id: string
  /** Kind under which its acts are kept: `aid-case`. */
  objectKind: string
  /** 困难帮扶审批 */
  title: string
  initial: string
  states: Readonly<Record<string, State>>
  /** Whether the actor may see the thing and with it the acts. */
  visible: (db: Db | Tx, actor: Actor, objectId: number) => Promise<boolean>
}

export interface State {
  title: string
  /** Nothing moves on from here. */
  final?: boolean
  moves: readonly Move[]
  /** Whom the state waits for; a final state waits for nobody. */
  waiting?: Waiting
}

export interface Move {
  verb: Verb
  /** State it leads to. 转办, 加签, 会签 and 催办 stay where they are and name none. */
  to?: string
  permission: string
  /** 退回 and 否决 always need words; others when set. */
  wordsRequired?: boolean
  /** What must be present, key → what to tell the person who lacks it: `{notice: '公示满五个工作日'}`. */
  requires?: Readonly<Record<string, string>>
}

export interface Waiting {
  /** Holders of this permission on the thing's unit, or whoever submitted it. */
  for: { permission: string } | 'submitter'
  /** 待审批: stands before the thing's title in the to-do. */
  title: string
  /** A card with a clock that starts when the state is entered. */
  deadline?: RuleCard
}

const STAYS: readonly Verb[] = ['转办', '加签', '会签', '催办']
const EXPLAINS: readonly Verb[] = ['退回', '否决', '终止']

export const staysPut = (verb: Verb): boolean => STAYS.includes(verb)
export const needsWords = (move: Move): boolean => move.wordsRequired === true || EXPLAINS.includes(move.verb)

const machines = new Map<string, Machine>()

/**
 * Identity that checks the data once and makes the machine's acts readable at /api/acts.
 * @throws Error naming what can't be right
 */
export function machine(declared: Machine): Machine {
  const wrong = (what: string): Error => new Error(`machine ${declared.id}: ${what}`)
  if (!declared.states[declared.initial]) throw wrong(`no state ${declared.initial}`)
  const reached = new Set([declared.initial])
  for (const [name, state] of Object.entries(declared.states)) {
    if (state.final && (state.moves.length || state.waiting)) throw wrong(`${name} is final but goes on`)
    if (!state.final && !state.moves.length) throw wrong(`${name} is a dead end; call it final`)
    const verbs = state.moves.map((move) => move.verb)
    if (new Set(verbs).size !== verbs.length) throw wrong(`${name} offers a verb twice`)
    for (const move of state.moves) {
      if (staysPut(move.verb) !== (move.to === undefined))
        throw wrong(`${name}: ${move.verb} ${move.to ? 'must stay' : 'leads nowhere'}`)
      if (move.to !== undefined) {
        if (!declared.states[move.to]) throw wrong(`${name}: ${move.verb} leads to ${move.to}, which is no state`)
        reached.add(move.to)
      }
    }
  }
  for (const name of Object.keys(declared.states)) if (!reached.has(name)) throw wrong(`${name} is never reached`)
  if (machines.has(declared.id)) throw wrong('declared twice')
  machines.set(declared.id, declared)
  return declared
}

/** Whether the actor may read the acts of a kind of thing; a kind nobody declared is nobody's to read. */
export async function mayReadActs(db: Db, actor: Actor, objectKind: string, objectId: number): Promise<boolean> {
  for (const known of machines.values())
    if (known.objectKind === objectKind && (await known.visible(db, actor, objectId))) return true
  return false
}
