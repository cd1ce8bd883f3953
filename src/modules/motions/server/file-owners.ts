import type { FileOwner } from '../../../kernel/files/files.ts'
import { forbidden } from '../../../kernel/contract/problem.ts'
import { allows } from '../../../kernel/access/access.ts'
import { motionDetail } from './list.ts'
import { motionFor } from './load.ts'
import { suggestionFor } from './suggestions.ts'

/** Files of a motion: whoever sees it opens them; whoever has it in hand adds some. */
export const motionFiles: FileOwner = {
  kind: 'motion',
  mayRead: async ({ db }, actor, id) => {
    await motionFor(db, actor, id)
  },
  mayChange: async ({ db, today }, actor, id) => {
    const motion = (await motionDetail(db, actor, id, today())) as {
      unitId: number
      title: string
      may: { attach: boolean }
    }
    if (!motion.may.attach) throw forbidden('给这份提案添加附件')
    return { unitId: motion.unitId, title: `提案“${motion.title}”` }
  },
}

export const suggestionFiles: FileOwner = {
  kind: 'suggestion',
  mayRead: async ({ db }, actor, id) => {
    await suggestionFor(db, actor, id)
  },
  mayChange: async ({ db }, actor, id) => {
    const suggestion = await suggestionFor(db, actor, id)
    const own = suggestion.proposerId === actor.personId && suggestion.state === 'received'
    if (!own && !(await allows(db, actor, 'motions.supervise', suggestion.unitId)))
      throw forbidden('给这条建议添加附件')
    return { unitId: suggestion.unitId, title: `建议“${suggestion.title}”` }
  },
}
