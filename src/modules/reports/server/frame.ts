import type { Genre } from '../../../kernel/register/declaration.ts'
import type { Block } from '../body.ts'
import type { Run } from '../clause.ts'
import type { Order } from './generate.ts'

const text = (words: string): Run[] => [{ text: words }]
type Wording = 'upperUnion' | 'partyBody' | 'administration' | 'motto' | 'idea' | 'guiding'
const profileText = (order: Order, key: Wording): string | null =>
  order.unit.profile?.[key]?.trim().replace(/[。，]$/, '') || null

/** Time, leadership, centre, line: all from the unit's profile; a missing part is left out, never filled with a formula. */
export function openingBlocks(order: Order): Block[] {
  const leaders = [profileText(order, 'upperUnion'), profileText(order, 'partyBody')].filter((name) => name !== null)
  const when =
    order.genre === 'half-year'
      ? `${order.year}年上半年`
      : order.genre === 'plan'
        ? `${order.year + 1}年`
        : `${order.year}年`
  const support = profileText(order, 'administration')
  const guiding = profileText(order, 'guiding')
  const idea = profileText(order, 'idea')
  const circumstances = [
    leaders.length ? `在${leaders.join('和')}的领导下` : '',
    support ? `在${support}的支持下` : '',
    guiding ?? '',
    idea ? `按照“${idea}”的工作思路` : '',
  ].filter(Boolean)
  const who = `${when}，${order.genre === 'congress' ? '本届工会委员会' : order.unit.name}`
  const did = order.genre === 'plan' ? '安排了以下工作' : '开展了各项工作'
  // «某工会开展了…», but «某工会在…的领导下，…，开展了…».
  const lead = circumstances.length ? `${who}${circumstances.join('，')}，${did}` : `${who}${did}`
  const bridge: Record<Genre, string> = {
    annual: '现将一年来的主要工作总结如下：',
    congress: '现将一年来的工作向大会报告，请予审议。',
    'half-year': '现将上半年工作总结如下：',
    women: '现将一年来的女职工工作总结如下：',
    briefing: '现将有关情况汇报如下：',
    deeds: '主要事迹如下：',
    plan: '具体计划如下：',
  }
  return [
    {
      id: 'opening',
      kind: 'paragraph',
      section: 'opening',
      runs: text(`${lead}。${bridge[order.genre]}`),
    },
  ]
}

export function closingBlocks(order: Order): Block[] {
  const motto = profileText(order, 'motto')
  const blocks: Block[] = []
  if (motto && order.genre !== 'plan')
    blocks.push({
      id: 'closing',
      kind: 'paragraph',
      section: 'closing',
      runs: text(`今后，我们将以“${motto}”为目标，继续做好工会各项工作。`),
    })
  if (order.genre === 'congress')
    blocks.push({
      id: 'thanks',
      kind: 'paragraph',
      section: 'closing',
      runs: text('以上报告，请各位代表审议。谢谢大家！'),
    })
  return blocks
}
